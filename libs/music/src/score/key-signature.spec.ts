import { keySignatureFifths } from './key-signature';
import type { Mode } from './score';

describe('keySignatureFifths', () => {
  it.each<[string, Mode, number]>([
    ['C', 'major', 0],
    ['D', 'minor', -1],
    ['D', 'dorian', 0],
    ['F#', 'major', 6],
    ['Gb', 'major', -6],
    ['E', 'phrygian', 0],
    ['F', 'lydian', 0],
    ['G', 'mixolydian', 0],
    ['B', 'locrian', 0],
    ['C#', 'minor', 4],
    ['G#', 'minor', 5],
    ['G#', 'major', -4],
    ['Gb', 'minor', 3],
  ])('%s %s has %i', (tonic, mode, fifths) => {
    expect(keySignatureFifths({ tonic, mode })).toBe(fifths);
  });

  it('refuses what is no note', () => {
    expect(() => keySignatureFifths({ tonic: 'H', mode: 'major' })).toThrow(/key.tonic "H"/);
  });
});
