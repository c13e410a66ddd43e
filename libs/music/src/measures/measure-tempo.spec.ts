import fc from 'fast-check';
import { randomStream } from '../random/random-stream';
import type { Score } from '../score/score';
import { note, sampleScore, track } from '../score/testing/sample-score';
import { measureTempo } from './measure-tempo';

/** The sample four times over, each onset moved by up to `jitter` ticks. */
function song(milliBpm: number, jitter = 0): Score {
  const score = sampleScore({
    tempos: [{ tick: 0, milliBpm }],
    sections: [{ id: 'a', name: 'a', startBar: 0, bars: 16, energy: 50 }],
  });
  const random = randomStream('jitter', milliBpm);
  score.tracks.forEach((one) => {
    one.notes = [0, 1, 2, 3].flatMap((turn) =>
      one.notes.map((original) => ({
        ...original,
        startTick: Math.max(0, original.startTick + turn * 7680 + random.integer(-jitter, jitter)),
      })),
    );
  });
  return score;
}

describe('measureTempo', () => {
  it('finds the real tempo from the onsets, whatever tempo near it is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50_000, max: 200_000 }), fc.integer({ min: 80, max: 125 }), (milliBpm, percent) => {
        const found = measureTempo(song(milliBpm), (milliBpm / 1000) * (percent / 100));
        expect(Math.abs(found!.bpm / (milliBpm / 1000) - 1)).toBeLessThan(0.002);
      }),
      { numRuns: 40 },
    );
  });

  it('bears humanised timing', () => {
    const found = measureTempo(song(82_000, 20), 90);
    expect(found?.bpm).toBeGreaterThan(81.6);
    expect(found?.bpm).toBeLessThan(82.4);
    expect(found?.strength).toBeGreaterThan(0.5);
  });

  it('counts quarter notes in compound meters', () => {
    const eighths = Array.from({ length: 96 }, (_, index) => note(index * 240, 200, 60, index % 3 === 0 ? 110 : 50));
    const score = sampleScore({
      meters: [{ tick: 0, numerator: 6, denominator: 8 }],
      tempos: [{ tick: 0, milliBpm: 150_000 }],
      sections: [{ id: 'a', name: 'a', startBar: 0, bars: 16, energy: 50 }],
      tracks: [track({ id: 'a', instrument: 'flute', notes: eighths })],
    });
    expect(measureTempo(score, 140)?.bpm).toBeCloseTo(150, 0);
  });

  it('takes the nearest of equal pulses where music is sparse', () => {
    const pads = Array.from({ length: 12 }, (_, bar) => note(bar * 1920, 1900, 60));
    const score = sampleScore({
      tempos: [{ tick: 0, milliBpm: 70_000 }],
      sections: [{ id: 'a', name: 'a', startBar: 0, bars: 12, energy: 50 }],
      tracks: [track({ id: 'a', instrument: 'pad-2-warm', notes: pads })],
    });
    expect(measureTempo(score, 70)?.bpm).toBeCloseTo(70, 1);
  });

  it('does not pretend to hear a tempo in a handful of onsets', () => {
    expect(
      measureTempo(sampleScore({ tracks: [track({ id: 'a', instrument: 'flute', notes: [note(0, 10, 60)] })] }), 82),
    ).toBeUndefined();
  });
});
