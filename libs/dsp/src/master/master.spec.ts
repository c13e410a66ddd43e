import { BLOCK_FRAMES, StereoBlock } from '../stereo-block';
import { concat, noise, rmsDb, sine } from '../testing/signals';
import { stereoBlock } from '../stereo-block';
import { LoudnessMeter } from './loudness-meter';
import { master, MasterReport, MasterTarget, MAX_REDUCTION_DB } from './master';
import { TruePeakDetector } from './true-peak-detector';

const RATE = 44_100;
const TARGET = { loudnessLufs: -14, truePeakDb: -1 };

function run(mix: StereoBlock, target: MasterTarget = TARGET): MasterReport {
  const work = master(mix, RATE, target);
  let step = work.next();
  let done = 0;
  while (!step.done) {
    expect(step.value).toBeGreaterThanOrEqual(done);
    done = step.value;
    step = work.next();
  }
  expect(done).toBeLessThanOrEqual(1);
  return step.value;
}

function measure(mix: StereoBlock): { lufs: number; truePeakDb: number } {
  const meter = new LoudnessMeter(RATE);
  meter.add(mix.left, mix.right);
  const detector = new TruePeakDetector();
  detector.process(mix.left, mix.right, new Float32Array(mix.left.length));
  return { lufs: meter.integratedLufs(), truePeakDb: 20 * Math.log10(detector.maximum) };
}

/** Noise with a drum-like click every half second: 20 dB between loudness and peak. */
function peaky(seconds: number, clickDb: number): StereoBlock {
  const mix = noise(seconds * RATE, -34);
  for (let at = 0; at < mix.left.length; at += RATE / 2)
    for (let i = 0; i < 400; i++) mix.left[at + i]! += 10 ** (clickDb / 20) * Math.exp(-i / 60) * Math.sin(i / 4);
  return mix;
}

describe('master', () => {
  it.each([
    ['a quiet sine', () => sine(RATE, 5, 440, -40)],
    ['loud noise', () => noise(5 * RATE, 0)],
    ['a peaky mix', () => peaky(6, -10)],
  ])('brings %s to -14 LUFS and at most -1 dBTP', (_, make) => {
    const mix = make();
    const report = run(mix);
    const measured = measure(mix);
    expect(Math.abs(measured.lufs - TARGET.loudnessLufs)).toBeLessThan(0.3);
    expect(measured.truePeakDb).toBeLessThanOrEqual(TARGET.truePeakDb);
    expect(report.loudnessLufs).toBeCloseTo(measured.lufs, 2);
    expect(report.truePeakDb).toBeCloseTo(measured.truePeakDb, 2);
  });

  it('stays below the loudness rather than crush a mix, and says so', () => {
    const mix = peaky(6, 0);
    const report = run(mix, { loudnessLufs: -6, truePeakDb: -1 });
    expect(report.reductionDb).toBeLessThanOrEqual(MAX_REDUCTION_DB + 0.1);
    expect(report.loudnessLufs).toBeLessThan(-7);
    expect(report.loudnessLufs).toBeCloseTo(measure(mix).lufs, 2);
  });

  it('leaves silence alone', () => {
    const mix = stereoBlock(RATE);
    expect(run(mix)).toEqual({
      loudnessLufs: -Infinity,
      truePeakDb: -Infinity,
      unmasteredLufs: -Infinity,
      gainDb: 0,
      reductionDb: 0,
    });
    expect(mix.left.every((sample) => sample === 0)).toBe(true);
  });

  it('masters a mix shorter than a block', () => {
    const mix = noise(100, -20);
    expect(run(mix).loudnessLufs).toBe(-Infinity);
  });

  it('closes with a fade', () => {
    const mix = sine(RATE, 6, 440, -20);
    run(mix, { ...TARGET, fade: { startFrame: 3 * RATE, endFrame: 5 * RATE } });
    const level = (second: number) => rmsDb(mix, second * RATE - 400, second * RATE + 400);
    expect(level(4) - level(2)).toBeCloseTo(-6, 0);
    expect(mix.left.subarray(5 * RATE).every((sample) => sample === 0)).toBe(true);
    expect(mix.left.length).toBeGreaterThan(BLOCK_FRAMES);
  });

  it('keeps the balance of left and right', () => {
    const left = sine(RATE, 3, 440, -30);
    const mix = concat([left]);
    for (let i = 0; i < mix.right.length; i++) mix.right[i]! *= 0.25;
    run(mix);
    expect(mix.left.every((sample, i) => Math.abs(sample * 0.25 - mix.right[i]!) < 1e-6)).toBe(true);
  });
});
