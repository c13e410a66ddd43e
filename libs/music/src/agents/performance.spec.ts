import fc from 'fast-check';
import { instrument } from '../instruments/instrument';
import { overlaps } from '../measures/overlaps';
import { rangeViolations } from '../measures/range-violations';
import { randomStream } from '../random/random-stream';
import { playableNotes, playedTick, playedVelocity } from './performance';

const END = 4000;
const notes = fc.array(
  fc.record({
    startTick: fc.integer({ min: 0, max: END - 1 }),
    durationTicks: fc.integer({ min: 0, max: 900 }),
    pitch: fc.integer({ min: 0, max: 127 }),
    velocity: fc.integer({ min: 1, max: 127 }),
  }),
  { maxLength: 60 },
);

describe('playableNotes', () => {
  it('gives what the instrument can play, in order and by the end', () => {
    fc.assert(
      fc.property(notes, fc.constantFrom('flute', 'acoustic-grand-piano', 'standard-kit'), (written, id) => {
        const player = instrument(id);
        const played = playableNotes(written, player, END);
        expect(overlaps({ id: 'track', notes: played })).toEqual([]);
        expect(rangeViolations({ id: 'track', instrument: id, notes: played })).toEqual([]);
        played.forEach((note, index) => {
          const before = played[index - 1];
          expect(note.durationTicks).toBeGreaterThan(0);
          expect(note.startTick + note.durationTicks).toBeLessThanOrEqual(END);
          if (!before) return;
          expect(before.startTick).toBeLessThanOrEqual(note.startTick);
          if (!player.polyphonic) expect(before.startTick + before.durationTicks).toBeLessThanOrEqual(note.startTick);
        });
      }),
    );
  });

  it('keeps what is playable as it is', () => {
    const chord = [60, 64, 67].map((pitch) => ({ startTick: 0, durationTicks: 480, pitch, velocity: 80 }));
    expect(playableNotes(chord, instrument('acoustic-grand-piano'), END)).toEqual(chord);
    expect(playableNotes(chord, instrument('flute'), END)).toHaveLength(1);
  });
});

describe('a performance', () => {
  it('is louder with energy, within MIDI’s bounds, and never early over a bar line', () => {
    const random = randomStream(1, 'performance');
    for (let round = 0; round < 200; round++) {
      expect(playedVelocity(90, 100, random)).toBeGreaterThan(playedVelocity(90, 20, random));
      expect(playedVelocity(127, 100, random)).toBeLessThanOrEqual(127);
      expect(playedVelocity(1, 0, random)).toBeGreaterThanOrEqual(1);
      const tick = playedTick(1920, 8, 1920, random);
      expect(tick).toBeGreaterThanOrEqual(1920);
      expect(tick).toBeLessThanOrEqual(1928);
    }
  });
});
