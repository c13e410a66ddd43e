import { decibelsToGain, gainToDecibels } from '../decibels';
import { BLOCK_FRAMES, sliceBlock, stereoBlock } from '../stereo-block';
import { concat, levelAt, noise, peak, sameBits, sine } from '../testing/signals';
import { TruePeakDetector } from './true-peak-detector';
import { TruePeakLimiter } from './true-peak-limiter';

const RATE = 44_100;
const CEILING = decibelsToGain(-1);

describe('TruePeakLimiter', () => {
  it.each([
    ['loud noise', () => noise(RATE, 6)],
    ['a loud sine near a quarter of the rate', () => sine(RATE, 1, 10_900, 6)],
    [
      'single clicks',
      () => {
        const block = stereoBlock(RATE);
        for (let i = 500; i < RATE; i += 4000) block.left[i] = i % 8000 === 500 ? 2 : -3;
        return block;
      },
    ],
    ['bursts after silence', () => concat([stereoBlock(5000), noise(3000, 9), stereoBlock(9000), noise(3000, 3)])],
  ])('keeps %s below the ceiling', (_, make) => {
    const signal = make();
    const limiter = new TruePeakLimiter(RATE, CEILING);
    for (let at = 0; at < signal.left.length; at += BLOCK_FRAMES)
      limiter.process(sliceBlock(signal, at, Math.min(signal.left.length, at + BLOCK_FRAMES)));
    expect(peak(signal)).toBeLessThanOrEqual(CEILING);
    const detector = new TruePeakDetector();
    detector.process(signal.left, signal.right, new Float32Array(signal.left.length));
    expect(gainToDecibels(detector.maximum)).toBeLessThan(-0.9);
  });

  it('only delays what is below the ceiling', () => {
    const signal = noise(10_000, -6, 3);
    const before = signal.left.slice();
    const limiter = new TruePeakLimiter(RATE, CEILING);
    limiter.process(signal);
    expect(signal.left.subarray(limiter.latencyFrames).every((sample, i) => sample === before[i])).toBe(true);
    expect(signal.left.subarray(0, limiter.latencyFrames).every((sample) => sample === 0)).toBe(true);
  });

  it('works the same whatever the pieces', () => {
    const whole = noise(20_000, 4);
    const pieces = noise(20_000, 4);
    new TruePeakLimiter(RATE, CEILING).process(whole);
    const limiter = new TruePeakLimiter(RATE, CEILING);
    for (let at = 0; at < 20_000; at += 333) limiter.process(sliceBlock(pieces, at, Math.min(20_000, at + 333)));
    expect(sameBits(pieces, whole)).toBe(true);
  });

  it('adds less than 0.1 % of harmonics to a sine 3 dB above the ceiling', () => {
    const signal = sine(RATE, 2, 1000, 2);
    new TruePeakLimiter(RATE, CEILING).process(signal);
    const level = (frequency: number) => levelAt(signal.left, RATE, frequency, RATE, 2 * RATE);
    expect(level(1000)).toBeCloseTo(-1, 0);
    for (const harmonic of [2000, 3000, 5000]) expect(level(harmonic)).toBeLessThan(-61);
  });
});
