import { decibelsToGain, gainToDecibels } from '../decibels';
import { BLOCK_FRAMES, blocksOf, sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { Fade, fadeOut } from './fade';
import { LimitedMix } from './limited-mix';
import { LoudnessMeter } from './loudness-meter';
import { TRUE_PEAK_MARGIN_DB, TruePeakDetector } from './true-peak-detector';

/** What the master aims at: integrated loudness in LUFS, highest true peak in dBTP, and a closing fade. */
export interface MasterTarget {
  loudnessLufs: number;
  truePeakDb: number;
  fade?: Fade;
}

/** What was measured on the audio that the master made. Levels of silence are `-Infinity`. */
export interface MasterReport {
  loudnessLufs: number;
  truePeakDb: number;
  /** Integrated loudness before gain and limiter. */
  unmasteredLufs: number;
  /** Gain before the limiter. */
  gainDb: number;
  /** Most that the limiter took away, 0 or more. */
  reductionDb: number;
}

/** A limiter that takes away more than this at its deepest is heard as distortion: the master then stays below its loudness. */
export const MAX_REDUCTION_DB = 12;
/** Most that the gain is raised to make up for the limiter. */
const MAX_MAKE_UP_DB = 6;
/** Loudness is sought until it is this near, in LU. */
const TOLERANCE_LU = 0.05;
const MAX_PASSES = 6;

/**
 * Masters a mix in place: fade, gain to the target loudness, true-peak limiter. Yields after each few milliseconds of
 * work, with the share that is done, 0 to 1. The gain is found by measuring behind the limiter, for what that takes away
 * is missing in the loudness; where it would take away more than MAX_REDUCTION_DB, the gain stays there and
 * `loudnessLufs` tells how far it came.
 */
export function* master(mix: StereoBlock, sampleRate: number, target: MasterTarget): Generator<number, MasterReport> {
  const frames = mix.left.length;
  const ceilingDb = target.truePeakDb - TRUE_PEAK_MARGIN_DB;
  const limited = new LimitedMix(mix, sampleRate);
  const before = new LoudnessMeter(sampleRate);
  for (const { start, end } of blocksOf(frames)) {
    const block = sliceBlock(mix, start, end);
    if (target.fade) fadeOut(block, start, target.fade);
    before.add(block.left, block.right);
    yield (0.1 * end) / frames;
  }
  const unmasteredLufs = before.integratedLufs();
  const audible = unmasteredLufs !== -Infinity;
  const firstGainDb = audible ? target.loudnessLufs - unmasteredLufs : 0;
  // Peaks that the limiter would not meet at the highest gain that may be tried, nor with a ceiling that gave way, need no closer look.
  const floor = audible ? decibelsToGain(ceilingDb - firstGainDb - MAX_MAKE_UP_DB - 1) : 0;
  for (const { start, end } of blocksOf(frames)) {
    limited.detect(sliceBlock(mix, start, end), floor);
    yield 0.1 + (0.2 * end) / frames;
  }
  if (!audible)
    return {
      loudnessLufs: -Infinity,
      truePeakDb: gainToDecibels(limited.truePeak),
      unmasteredLufs,
      gainDb: 0,
      reductionDb: 0,
    };

  const highestGainDb = Math.min(
    firstGainDb + MAX_MAKE_UP_DB,
    ceilingDb + MAX_REDUCTION_DB - gainToDecibels(limited.truePeak),
  );
  let gainDb = Math.min(firstGainDb, highestGainDb);
  let ceiling = decibelsToGain(ceilingDb);
  let report = yield* measure(limited, sampleRate, gainDb, ceiling, 0);
  for (let pass = 1; pass < MAX_PASSES; pass++) {
    const missing = target.loudnessLufs - report.loudnessLufs;
    const excessDb = report.truePeakDb - ceilingDb;
    const loudEnough = Math.abs(missing) <= TOLERANCE_LU || (missing > 0 && gainDb >= highestGainDb);
    if (loudEnough && excessDb <= 0) break;
    if (!loudEnough) gainDb = Math.min(gainDb + missing, highestGainDb);
    // A gain that moves shifts the peaks between samples a little: the ceiling gives way by what was measured.
    if (excessDb > 0) ceiling *= decibelsToGain(-excessDb - 0.01);
    report = yield* measure(limited, sampleRate, gainDb, ceiling, pass);
  }
  for (const { start, end, block } of limited.blocks(decibelsToGain(gainDb), ceiling)) {
    mix.left.set(block.left, start);
    mix.right.set(block.right, start);
    yield 0.9 + (0.1 * end) / frames;
  }
  return { ...report, unmasteredLufs };
}

function* measure(
  limited: LimitedMix,
  sampleRate: number,
  gainDb: number,
  ceiling: number,
  pass: number,
): Generator<number, Omit<MasterReport, 'unmasteredLufs'>> {
  const meter = new LoudnessMeter(sampleRate);
  const detector = new TruePeakDetector();
  const peaks = new Float32Array(BLOCK_FRAMES);
  let reductionDb = 0;
  for (const part of limited.blocks(decibelsToGain(gainDb), ceiling)) {
    meter.add(part.block.left, part.block.right);
    detector.process(part.block.left, part.block.right, peaks, detector.maximum);
    reductionDb = Math.max(reductionDb, part.reductionDb);
    yield 0.3 + (0.6 * (pass + part.end / limited.frames)) / MAX_PASSES;
  }
  const end = stereoBlock(TruePeakDetector.LATENCY_FRAMES);
  detector.process(end.left, end.right, peaks);
  return { loudnessLufs: meter.integratedLufs(), truePeakDb: gainToDecibels(detector.maximum), gainDb, reductionDb };
}
