import type { Score } from '../score/score';
import { barLengthTicks } from '../score/timeline';
import { note, sampleScore, track } from '../score/testing/sample-score';
import { measureMeter } from './measure-meter';

/** Sixteen bars of kick on the first unit, snare on the stressed ones and soft hats on all units of the meter. */
function groove(numerator: number, denominator: number, stressed: number[]): Score {
  const unit = 1920 / denominator;
  const barTicks = barLengthTicks({ numerator, denominator });
  const notes = Array.from({ length: 16 }, (_, bar) => bar * barTicks).flatMap((start) =>
    Array.from({ length: numerator }, (_, index) => start + index * unit).flatMap((tick, index) => [
      ...(index === 0 ? [note(tick, 60, 36, 120)] : []),
      ...(stressed.includes(index) ? [note(tick, 60, 38, 100)] : []),
      note(tick, 60, 42, 40),
    ]),
  );
  return sampleScore({
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    sections: [{ id: 'a', name: 'a', startBar: 0, bars: 16, energy: 50 }],
    chords: [],
    tracks: [track({ id: 'drums', role: 'drums', instrument: 'standard-kit', notes })],
  });
}

describe('measureMeter', () => {
  it.each([
    [4, 4, [2]],
    [3, 4, [1, 2]],
    [5, 4, [3]],
    [6, 8, [3]],
    [7, 8, [2, 4]],
  ] as [number, number, number[]][])('hears %i/%i whatever is asked', (numerator, denominator, stressed) => {
    const score = groove(numerator, denominator, stressed);
    for (const asked of [
      { numerator: 4, denominator: 4 },
      { numerator: 3, denominator: 4 },
      { numerator, denominator },
    ]) {
      expect(measureMeter(score, asked)).toMatchObject({ numerator, denominator });
    }
  });

  it('leaves it to the asker whether twos are counted as fours', () => {
    for (const [real, numerator] of [
      [2, 4],
      [4, 2],
      [4, 4],
      [2, 2],
    ] as const) {
      expect(measureMeter(groove(real, 4, [real / 2]), { numerator, denominator: 4 })).toMatchObject({ numerator });
    }
  });

  it('does not take two fours for a twelve', () => {
    expect(measureMeter(groove(2, 4, [1]), { numerator: 12, denominator: 8 })).toMatchObject({ denominator: 4 });
  });

  it('is not led astray by fills', () => {
    const score = groove(4, 4, [2]);
    const bar = 1920;
    const fill = [3, 7, 11].flatMap((at) =>
      Array.from({ length: 16 }, (_, step) => note(at * bar + step * 120, 60, 50 - (step >> 2), 120)),
    );
    const drums = score.tracks[0]!;
    const kept = drums.notes.filter(({ startTick }) => ![3, 7, 11].includes(Math.floor(startTick / bar)));
    drums.notes = [...kept, ...fill].sort(
      (left, right) => left.startTick - right.startTick || left.pitch - right.pitch,
    );
    for (const numerator of [3, 4])
      expect(measureMeter(score, { numerator, denominator: 4 })).toMatchObject({ numerator: 4 });
  });

  it('keeps to the bar asked for where music repeats every two bars', () => {
    const score = groove(6, 8, [3]);
    const drums = score.tracks[0]!;
    const bar = 1440;
    drums.notes = drums.notes.map((one) =>
      Math.floor(one.startTick / bar) % 2 && one.pitch === 36 ? { ...one, pitch: 41 } : one,
    );
    expect(measureMeter(score, { numerator: 6, denominator: 8 })).toMatchObject({ numerator: 6, denominator: 8 });
  });

  it.each([120, 240, 480])('hears none in even strokes every %i ticks', (ticks) => {
    const strokes = Array.from({ length: 7680 / ticks }, (_, index) => note(index * ticks, 100, 70));
    const even = sampleScore({ tracks: [track({ id: 'a', instrument: 'flute', notes: strokes })] });
    expect(measureMeter(even, { numerator: 4, denominator: 4 })).toBeUndefined();
  });
});
