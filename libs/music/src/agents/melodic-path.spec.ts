import { chordTones } from '../theory/chord-tones';
import type { HarmonySpan } from './harmony-timeline';
import { melodicPath, type WantedNote } from './melodic-path';

const SCALE = [0, 2, 4, 5, 7, 9, 11];
const chord: HarmonySpan = {
  ...chordTones('C'),
  symbol: 'C',
  scale: SCALE,
  restful: [0, 4, 7],
  startTick: 0,
  endTick: 1920,
};
const DEMAND = { lowest: 60, highest: 79, intervals: { repeat: 1, step: 5, third: 2.5, leap: 1 } };
const line = (pitches: number[], stresses: number[] = []): WantedNote[] =>
  pitches.map((wanted, index) => ({ wanted, chord, stress: stresses[index] ?? 0 }));

describe('melodicPath', () => {
  it('leaves a line alone that is good as it is', () => {
    expect(melodicPath(line([64, 65, 67, 65, 64]), DEMAND)).toEqual([64, 65, 67, 65, 64]);
  });

  it('moves a stressed foreign tone to the chord, and keeps the same tone in passing', () => {
    expect(melodicPath(line([64, 65, 67], [5, 0, 5]), DEMAND)).toEqual([64, 65, 67]);
    const [first] = melodicPath(line([65, 67], [5, 0]), DEMAND);
    expect([64, 67]).toContain(first);
  });

  it('leaves foreign tones by step', () => {
    const pitches = melodicPath(line([60, 69, 60, 71, 64], [5, 0, 5, 0, 5]), DEMAND);
    pitches.slice(0, -1).forEach((pitch, index) => {
      const size = Math.abs((pitches[index + 1] ?? 0) - pitch);
      if (!chord.tones.includes(pitch % 12)) expect(size).toBeLessThanOrEqual(2);
    });
  });

  it('stays in range and within what a note is confined to', () => {
    const notes = line([40, 90, 64]).map((note, index) => (index === 2 ? { ...note, confinedTo: [7] } : note));
    const pitches = melodicPath(notes, DEMAND);
    for (const pitch of pitches) {
      expect(pitch).toBeGreaterThanOrEqual(60);
      expect(pitch).toBeLessThanOrEqual(79);
    }
    expect((pitches[2] ?? 0) % 12).toBe(7);
    expect(melodicPath([], DEMAND)).toEqual([]);
  });
});
