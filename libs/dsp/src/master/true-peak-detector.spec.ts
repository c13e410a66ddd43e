import { gainToDecibels } from '../decibels';
import { sine } from '../testing/signals';
import { StereoBlock } from '../stereo-block';
import { TruePeakDetector } from './true-peak-detector';

function truePeakDb(signal: StereoBlock, piece = signal.left.length): number {
  const detector = new TruePeakDetector();
  const peaks = new Float32Array(piece);
  for (let at = 0; at < signal.left.length; at += piece)
    detector.process(signal.left.subarray(at, at + piece), signal.right.subarray(at, at + piece), peaks);
  return gainToDecibels(detector.maximum);
}

/** A sine that fades in and out over 10 ms, as the signals of EBU Tech 3341 do: a hard start would have peaks of its own. */
function burst(rate: number, frequency: number, amplitude: number, phaseDegrees: number): StereoBlock {
  const block = sine(rate, 0.2, frequency, gainToDecibels(amplitude), (phaseDegrees * Math.PI) / 180);
  const ramp = rate / 100;
  const frames = block.left.length;
  for (let i = 0; i < frames; i++) {
    const gain = Math.min(1, i / ramp, (frames - i) / ramp);
    block.left[i]! *= gain;
    block.right[i]! *= gain;
  }
  return block;
}

/** Test signals 15 to 19 of EBU Tech 3341 (2016): -6 dBTP, the last +3; tolerance +0.2 / -0.4 dB. */
describe.each([44_100, 48_000])('TruePeakDetector at %i Hz', (rate) => {
  it.each([
    ['15', rate / 4, 0.5, 0, -6],
    ['16', rate / 4, 0.5, 45, -6],
    ['17', rate / 6, 0.5, 60, -6],
    ['18', rate / 8, 0.5, 67.5, -6],
    ['19', rate / 4, 1.41, 45, 3],
  ])('reads signal %s', (_, frequency, amplitude, phase, expected) => {
    const measured = truePeakDb(burst(rate, frequency, amplitude, phase));
    expect(measured).toBeLessThan(expected + 0.2);
    expect(measured).toBeGreaterThan(expected - 0.4);
  });

  it('sees a peak between samples that no sample shows', () => {
    const signal = burst(rate, rate / 4, 0.5, 45);
    expect(gainToDecibels(Math.max(...signal.left))).toBeLessThan(-8.9);
    expect(truePeakDb(signal)).toBeGreaterThan(-6.3);
  });

  it('gives the same whatever the pieces', () => {
    const signal = burst(rate, 9_000, 0.7, 20);
    expect(truePeakDb(signal, 131)).toBe(truePeakDb(signal));
  });
});
