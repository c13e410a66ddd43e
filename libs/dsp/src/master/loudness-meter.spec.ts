import { concat, sine } from '../testing/signals';
import { stereoBlock } from '../stereo-block';
import { LoudnessMeter } from './loudness-meter';

function lufs(sampleRate: number, parts: readonly (readonly [levelDb: number, seconds: number])[]): number {
  const signal = concat(parts.map(([level, seconds]) => sine(sampleRate, seconds, 1000, level)));
  const meter = new LoudnessMeter(sampleRate);
  meter.add(signal.left, signal.right);
  return meter.integratedLufs();
}

/** Test signals 1 to 5 of EBU Tech 3341 (2016), table 1: expected -23.0 (or as said) within 0.1 LU. */
describe.each([44_100, 48_000])('LoudnessMeter at %i Hz', (rate) => {
  it.each([
    ['1: a sine of -23 dBFS', [[-23, 20]], -23],
    ['2: a sine of -33 dBFS', [[-33, 20]], -33],
    [
      '3: quiet ends fall below the relative gate',
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      '4: silence falls below the absolute gate',
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      -23,
    ],
    [
      '5: levels within the gate are averaged',
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ] as const)('%s', (_, parts, expected) => {
    expect(Math.abs(lufs(rate, parts) - expected)).toBeLessThan(0.1);
  });

  it('reads -3.01 LUFS for a full-scale sine of 997 Hz on one channel (BS.1770-4 annex 1)', () => {
    const { left } = sine(rate, 5, 997, 0);
    const meter = new LoudnessMeter(rate);
    meter.add(left, new Float32Array(left.length));
    expect(meter.integratedLufs()).toBeCloseTo(-3.01, 1);
  });

  it('gives the same whatever the pieces', () => {
    const signal = sine(rate, 3, 440, -20);
    const meter = new LoudnessMeter(rate);
    for (let at = 0; at < signal.left.length; at += 777)
      meter.add(signal.left.subarray(at, at + 777), signal.right.subarray(at, at + 777));
    const whole = new LoudnessMeter(rate);
    whole.add(signal.left, signal.right);
    expect(meter.integratedLufs()).toBeCloseTo(whole.integratedLufs(), 9);
  });

  it('knows no loudness of silence, nor of less than a gating block', () => {
    const meter = new LoudnessMeter(rate);
    expect(meter.integratedLufs()).toBe(-Infinity);
    const { left, right } = stereoBlock(rate);
    meter.add(left, right);
    expect(meter.integratedLufs()).toBe(-Infinity);
  });
});
