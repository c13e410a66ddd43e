import fc from 'fast-check';
import {
  barAtTick,
  barLengthTicks,
  barStartTick,
  beatLengthTicks,
  durationSeconds,
  endTick,
  keyAt,
  positionAt,
  secondsToTick,
  sectionAt,
  sectionRange,
  tempoAt,
  tickToSeconds,
  totalBars,
} from './timeline';
import { sampleScore } from './testing/sample-score';
import { scoreArbitrary } from './testing/score-arbitrary';

describe('timeline', () => {
  const mixed = {
    meters: [
      { tick: 0, numerator: 4, denominator: 4 },
      { tick: 2 * 1920, numerator: 7, denominator: 8 },
    ],
  };

  it('reckons bars through a change of meter', () => {
    expect([0, 1, 2, 3, 4].map((bar) => barStartTick(mixed, bar))).toEqual([0, 1920, 3840, 5520, 7200]);
    expect([0, 1919, 1920, 5519, 5520].map((tick) => barAtTick(mixed, tick))).toEqual([0, 0, 1, 2, 3]);
  });

  it.each([
    [4, 4, 1920, 480],
    [3, 4, 1440, 480],
    [6, 8, 1440, 720],
    [7, 8, 1680, 240],
    [3, 8, 720, 240],
    [2, 2, 1920, 960],
  ])('%i/%i has bars of %i and beats of %i ticks', (numerator, denominator, bar, beat) => {
    expect(barLengthTicks({ numerator, denominator })).toBe(bar);
    expect(beatLengthTicks({ numerator, denominator })).toBe(beat);
  });

  it('gives bar, beat and tick of a place', () => {
    expect(positionAt(mixed, 1920 + 480 * 2 + 7)).toEqual({ bar: 1, beat: 2, tick: 7 });
  });

  it('knows length, sections and what is in force', () => {
    const score = sampleScore({
      tempos: [
        { tick: 0, milliBpm: 60_000 },
        { tick: 1920, milliBpm: 120_000 },
      ],
    });
    expect(totalBars(score)).toBe(4);
    expect(endTick(score)).toBe(7680);
    expect(durationSeconds(score)).toBeCloseTo(4 + 6, 9);
    expect(tickToSeconds(score, 2400)).toBeCloseTo(4.5, 9);
    expect(tempoAt(score, 1919).milliBpm).toBe(60_000);
    expect(keyAt(score, 5000).tonic).toBe('D');
    expect(sectionAt(score, 3840)?.id).toBe('b-1');
    expect(sectionAt(score, 7680)).toBeUndefined();
    expect(sectionRange(score, score.sections[1]!)).toEqual({ startTick: 3840, endTick: 7680 });
  });

  it('turns ticks into seconds and back, and bars into ticks and back', () => {
    fc.assert(
      fc.property(scoreArbitrary(0), fc.nat(20_000), fc.nat(30), (score, tick, bar) => {
        expect(secondsToTick(score, tickToSeconds(score, tick))).toBeCloseTo(tick, 4);
        expect(barAtTick(score, barStartTick(score, bar))).toBe(bar);
        expect(barAtTick(score, barStartTick(score, bar + 1) - 1)).toBe(bar);
      }),
    );
  });
});
