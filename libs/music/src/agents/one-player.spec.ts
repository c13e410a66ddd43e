import fc from 'fast-check';
import { DRUM_KEYS } from '../instruments/drum-key';
import { instrument } from '../instruments/instrument';
import { fitsDrummer, fitsSixStrings, fitsTwoHands } from '../instruments/playing-limits';
import type { Note } from '../score/score';
import { drummedByOnePlayer, heldByOnePlayer, withBreaths } from './one-player';

const note = (startTick: number, durationTicks: number, pitch: number): Note => ({
  startTick,
  durationTicks,
  pitch,
  velocity: 80,
});
const soundingAt = (notes: readonly Note[], tick: number) =>
  notes.filter((each) => each.startTick <= tick && each.startTick + each.durationTicks > tick).map(({ pitch }) => pitch); // prettier-ignore

describe('one player', () => {
  const chords = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 40, max: 84 })),
    { maxLength: 40 },
  );
  const notesOf = (list: readonly [number, number, number][]) =>
    list.map(([at, length, pitch]) => note(at * 240, length * 240, pitch)).sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch); // prettier-ignore

  it.each([
    ['acoustic-grand-piano', fitsTwoHands],
    ['acoustic-guitar-steel', fitsSixStrings],
  ] as const)('of a %s holds whatever is written', (id, fits) => {
    fc.assert(
      fc.property(chords, (list) => {
        const held = heldByOnePlayer(notesOf(list), instrument(id));
        for (let tick = 100; tick < 240 * 22; tick += 240)
          expect(fits([...new Set(soundingAt(held, tick))])).toBe(true);
      }),
    );
  });

  it('lets the bass go for the chord, with the tune as it is', () => {
    const line = [note(0, 960, 88)];
    const held = heldByOnePlayer(
      [note(0, 960, 36), note(480, 480, 60), note(480, 480, 64)],
      instrument('acoustic-grand-piano'),
      line,
    );
    expect(held.map(({ pitch, durationTicks }) => [pitch, durationTicks])).toEqual([
      [36, 480],
      [60, 480],
      [64, 480],
    ]);
  });

  it('has nothing to let go of where an instrument has no such limit', () => {
    const notes = [note(0, 960, 36), note(0, 960, 60), note(0, 960, 96)];
    expect(heldByOnePlayer(notes, instrument('string-ensemble-1'))).toEqual(notes);
  });

  it('has two sticks', () => {
    const { snare, crash, kick } = DRUM_KEYS;
    const hat = DRUM_KEYS['closed-hi-hat'];
    const struck = [note(0, 60, kick), note(2, 60, snare), note(4, 60, hat), note(6, 60, crash), note(480, 60, hat)];
    const drummed = drummedByOnePlayer(struck, instrument('standard-kit'));
    expect(drummed.map(({ pitch }) => pitch)).toEqual([kick, snare, crash, hat]);
    expect(fitsDrummer(drummed.slice(0, 3).map(({ pitch }) => pitch))).toBe(true);
    expect(drummedByOnePlayer(struck, instrument('electronic-kit'))).toEqual(struck);
  });

  it('breathes', () => {
    const tempos = [{ tick: 0, milliBpm: 60_000 }];
    const line = Array.from({ length: 30 }, (_, beat) => note(beat * 480, 480, 72));
    const breathed = withBreaths(line, instrument('flute'), { tempos });
    const pauses = breathed.flatMap((each, index) => {
      const next = breathed[index + 1];
      return next && next.startTick - each.startTick - each.durationTicks >= 96 ? [index + 1] : [];
    });
    for (const [index, beat] of pauses.entries()) expect(beat - (pauses[index - 1] ?? 0)).toBeLessThanOrEqual(10);
    expect(pauses.length).toBeGreaterThanOrEqual(2);
    expect(withBreaths(line, instrument('violin'), { tempos })).toEqual(line);
    expect(withBreaths([note(0, 480 * 20, 72)], instrument('oboe'), { tempos })[0]?.durationTicks).toBeLessThan(4800);
  });
});
