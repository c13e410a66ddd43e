import type { Score } from './score';
import { note, sampleScore } from './testing/sample-score';
import { inputErrorOf } from './testing/score-arbitrary';
import { parseScore, validateScore } from './validate-score';

describe('validateScore', () => {
  it('accepts the sample', () => {
    expect(() => validateScore(sampleScore())).not.toThrow();
  });

  const faults: [string, string, (score: Score) => void][] = [
    ['a fraction', 'tracks[1].notes[0].startTick', (score) => void (score.tracks[1]!.notes[0]!.startTick = 0.5)],
    ['a velocity of 0', 'tracks[1].notes[0].velocity', (score) => void (score.tracks[1]!.notes[0]!.velocity = 0)],
    ['a tempo out of range', 'tempos[0].milliBpm', (score) => void (score.tempos[0]!.milliBpm = 5_000_000)],
    ['another resolution', 'ppq', (score) => void (score.ppq = 96)],
    ['a denominator of 3', 'meters[0].denominator', (score) => void (score.meters[0]!.denominator = 3)],
    ['a tonic that is no note', 'keys[0].tonic', (score) => void (score.keys[0]!.tonic = 'H')],
    ['a first tempo that is late', 'tempos[0].tick', (score) => void (score.tempos[0]!.tick = 10)],
    ['two keys at one tick', 'keys[1].tick', (score) => void score.keys.push({ tick: 0, tonic: 'C', mode: 'major' })],
    [
      'a meter inside a bar',
      'meters[1].tick',
      (score) => void score.meters.push({ tick: 100, numerator: 3, denominator: 4 }),
    ],
    ['a tempo after the end', 'tempos[1].tick', (score) => void score.tempos.push({ tick: 7680, milliBpm: 90_000 })],
    ['a gap in the form', 'sections[1].startBar', (score) => void (score.sections[1]!.startBar = 3)],
    ['a section id twice', 'sections[1].id', (score) => void (score.sections[1]!.id = 'a-1')],
    ['a track id twice', 'tracks[1].id', (score) => void (score.tracks[1]!.id = 'drums')],
    ['chords that overlap', 'chords[1].startTick', (score) => void (score.chords[1]!.startTick = 1900)],
    ['an unknown instrument', 'tracks[3].instrument', (score) => void (score.tracks[3]!.instrument = 'kazoo')],
    ['notes out of order', 'tracks[1].notes[1]', (score) => void score.tracks[1]!.notes.reverse().splice(2)],
    ['a note after the end', 'tracks[1].notes[7]', (score) => void (score.tracks[1]!.notes[7]!.durationTicks = 961)],
    ['a note below the flute', 'tracks[3].notes[2].pitch', (score) => void (score.tracks[3]!.notes[2]!.pitch = 40)],
    [
      'equal pitches that overlap',
      'tracks[1].notes[1].startTick',
      (score) => void (score.tracks[1]!.notes[0]!.durationTicks = 961),
    ],
    [
      'a bend out of range',
      'tracks[0].controls[0].value',
      (score) => void score.tracks[0]!.controls.push({ tick: 0, controller: -1, value: 9000 }),
    ],
    [
      'a control value out of range',
      'tracks[0].controls[0].value',
      (score) => void score.tracks[0]!.controls.push({ tick: 0, controller: 1, value: 128 }),
    ],
    ['a fade longer than the song', 'master.fadeOutTicks', (score) => void (score.master.fadeOutTicks = 7681)],
  ];
  it.each(faults)('refuses %s at %s', (_name, field, spoil) => {
    const score = structuredClone(sampleScore());
    spoil(score);
    expect(inputErrorOf(() => validateScore(score)).field).toBe(field);
  });

  it('sees an overlap behind a shorter note of the same pitch', () => {
    const score = sampleScore();
    score.tracks[3]!.notes = [note(0, 1000, 74), note(100, 100, 74), note(500, 100, 74)];
    expect(inputErrorOf(() => validateScore(score)).field).toBe('tracks[3].notes[1].startTick');
  });
});

describe('parseScore', () => {
  it.each(['', '{', 'null', '[]', '{"title":"x"}'])('refuses %j', (text) => {
    expect(inputErrorOf(() => parseScore(text)).field).toMatch(/^(score|title|style)$/);
  });

  it('refuses a field it does not know', () => {
    expect(() => parseScore(JSON.stringify({ ...sampleScore(), extra: 1 }))).toThrow(/extra/);
  });
});
