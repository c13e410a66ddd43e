import { note, track } from '../score/testing/sample-score';
import type { Mode, Note } from '../score/score';
import { MODE_INTERVALS, transposeKey } from '../theory/key';
import { findKey, keyFits, sameKey } from './find-key';

/** The scale up and down over a drone of tonic and fifth. */
function scaleNotes(tonic: number, mode: Mode): Note[] {
  const up = MODE_INTERVALS[mode].map((interval) => 60 + tonic + interval);
  const line = [...up, 72 + tonic, ...[...up].reverse()];
  const fifth = MODE_INTERVALS[mode][4] ?? 7;
  return [
    ...line.map((pitch, index) => note(index * 480, 480, pitch)),
    note(0, line.length * 240, 36 + tonic),
    note(0, line.length * 240, 36 + tonic + fifth),
  ];
}

describe('findKey', () => {
  it.each(['major', 'minor'] as const)('finds all twelve %s keys', (mode) => {
    for (let tonic = 0; tonic < 12; tonic++) {
      const key = transposeKey({ tonic: 'C', mode }, tonic);
      expect(findKey(scaleNotes(tonic, mode))?.key).toEqual(key);
    }
  });

  it.each(['dorian', 'phrygian', 'lydian', 'mixolydian', 'locrian'] as const)(
    'tells %s from major and minor when it is asked for',
    (mode) => {
      for (let tonic = 0; tonic < 12; tonic++) {
        const found = findKey(scaleNotes(tonic, mode), ['major', 'minor', mode]);
        expect(found?.key).toEqual(transposeKey({ tonic: 'C', mode }, tonic));
      }
    },
  );

  it('does not call minor music dorian because dorian was asked for', () => {
    expect(findKey(scaleNotes(2, 'minor'), ['major', 'minor', 'dorian'])?.key).toEqual({ tonic: 'D', mode: 'minor' });
  });

  it('gives the correlation of Krumhansl, by hand: a lone tonic', () => {
    // r of (1,0,...,0) with the major profile: (6.35 - mean) / (sqrt(sum of squared deviations) * sqrt(11/12)).
    const profile = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    const mean = profile.reduce((sum, value) => sum + value) / 12;
    const deviation = Math.sqrt(profile.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    const fit = keyFits([note(0, 480, 60)], ['major']).find(({ key }) => key.tonic === 'C');
    expect(fit?.correlation).toBeCloseTo((6.35 - mean) / (deviation * Math.sqrt(11 / 12)), 9);
  });

  it('weighs by duration', () => {
    const held = [note(0, 9600, 62), note(0, 9600, 66), note(0, 9600, 69)];
    expect(findKey([...held, note(0, 10, 60), note(0, 10, 65)])?.key).toEqual({ tonic: 'D', mode: 'major' });
  });

  it('has no answer without notes', () => {
    expect(findKey(track({ id: 'x', instrument: 'flute', notes: [] }).notes)).toBeUndefined();
  });

  it('knows enharmonic keys as one', () => {
    expect(sameKey({ tonic: 'C#', mode: 'minor' }, { tonic: 'Db', mode: 'minor' })).toBe(true);
    expect(sameKey({ tonic: 'C', mode: 'minor' }, { tonic: 'C', mode: 'major' })).toBe(false);
  });
});
