import { testScore } from '../testing/score';
import { initialKey, mixTags, r128Gain, replayGain, stemTags } from './audio-tags';

describe('audio tags', () => {
  it('say of a stem whose it is', () => {
    const score = testScore({ title: 'Song' });
    expect(stemTags(score, score.tracks[1]!)).toEqual({ ...mixTags(score), title: 'Song (bass)' });
    expect(mixTags(score)).toEqual({ title: 'Song', bpm: 120, key: { tonic: 'C', mode: 'major' } });
  });

  it.each([
    ['C', 'major', 'C'],
    ['Bb', 'mixolydian', 'Bb'],
    ['F#', 'lydian', 'F#'],
    ['A', 'minor', 'Am'],
    ['Eb', 'phrygian', 'Ebm'],
    ['B', 'locrian', 'Bm'],
  ] as const)('name the key of %s %s %s', (tonic, mode, key) => expect(initialKey({ tonic, mode })).toBe(key));

  it('bring music to -18 LUFS by ReplayGain and to -23 by R128, within what 16 bits hold', () => {
    const tags = (loudnessLufs: number) => ({ ...mixTags(testScore()), level: { loudnessLufs, truePeakDb: -6 } });
    expect(replayGain(tags(-14))).toEqual([
      ['REPLAYGAIN_TRACK_GAIN', '-4.00 dB'],
      ['REPLAYGAIN_TRACK_PEAK', '0.501187'],
    ]);
    expect(r128Gain(tags(-14))).toEqual([['R128_TRACK_GAIN', '-2304']]);
    expect(r128Gain(tags(-300))).toEqual([['R128_TRACK_GAIN', '32767']]);
    expect([replayGain(mixTags(testScore())), r128Gain(mixTags(testScore()))]).toEqual([[], []]);
  });
});
