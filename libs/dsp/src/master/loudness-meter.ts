import { decibelsToGain, gainToDecibels } from '../decibels';
import { exp2, log2, sinPi } from '../kernel/mathematics';
import { MasterKernel } from '../kernel/master-kernel';
import { blocksOf } from '../stereo-block';

/** A second-order filter section: b0, b1, b2, a1, a2, normalised to a0 = 1. */
type Section = readonly [number, number, number, number, number];

/** tan(pi x) for 0 <= x < 0.5. */
function tangent(x: number): number {
  return sinPi(x) / sinPi(0.5 - x);
}

/** First stage of K-weighting, a high shelf, for any rate: ITU-R BS.1770-4 annex 1, table 1, as an analogue prototype put through the bilinear transform (libebur128). */
function shelf(sampleRate: number): Section {
  const quality = 0.7071752369554196;
  const k = tangent(1681.974450955533 / sampleRate);
  const vh = decibelsToGain(3.999843853973347);
  const vb = exp2(0.4996667741545416 * log2(vh));
  const a0 = 1 + k / quality + k * k;
  return [
    (vh + (vb * k) / quality + k * k) / a0,
    (2 * (k * k - vh)) / a0,
    (vh - (vb * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  ];
}

/** Second stage, the RLB high-pass: BS.1770-4 annex 1, table 2. */
function highPass(sampleRate: number): Section {
  const quality = 0.5003270373238773;
  const k = tangent(38.13547087602444 / sampleRate);
  const a0 = 1 + k / quality + k * k;
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0];
}

/** Mean square to LUFS: BS.1770-4, equation 2. */
const toLufs = (meanSquare: number): number => -0.691 + gainToDecibels(meanSquare) / 2;
const toMeanSquare = (lufs: number): number => decibelsToGain(2 * (lufs + 0.691));

const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** A gating block is 400 ms long and begins every 100 ms. */
const STEPS_PER_BLOCK = 4;

/** Integrated loudness of a stereo signal by ITU-R BS.1770-4, fed in pieces of any length. */
export class LoudnessMeter {
  private readonly kernel = new MasterKernel();
  private readonly stepFrames: number;
  private readonly steps: number[] = [];
  private sum = 0;
  private framesInStep = 0;

  constructor(sampleRate: number) {
    this.stepFrames = Math.round(sampleRate / 10);
    this.kernel.sections.set([...shelf(sampleRate), ...highPass(sampleRate)]);
  }

  /** Takes the next frames. */
  add(left: Float32Array, right: Float32Array): void {
    for (const { start, end } of blocksOf(left.length)) {
      this.kernel.put(left.subarray(start, end), right.subarray(start, end));
      for (let from = 0; from < end - start;) {
        const to = Math.min(end - start, from + this.stepFrames - this.framesInStep);
        this.sum = this.kernel.functions.weigh(from, to, this.sum);
        this.framesInStep += to - from;
        from = to;
        if (this.framesInStep === this.stepFrames) {
          this.steps.push(this.sum / this.stepFrames);
          this.sum = 0;
          this.framesInStep = 0;
        }
      }
    }
  }

  /** Integrated loudness in LUFS of all frames so far; `-Infinity` where nothing passes the gate, as in silence or in less than 400 ms. */
  integratedLufs(): number {
    const blocks: number[] = [];
    for (let i = 0; i + STEPS_PER_BLOCK <= this.steps.length; i++) {
      let sum = 0;
      for (let j = 0; j < STEPS_PER_BLOCK; j++) sum += this.steps[i + j]!;
      blocks.push(sum / STEPS_PER_BLOCK);
    }
    const audible = meanAbove(blocks, toMeanSquare(ABSOLUTE_GATE_LUFS));
    const gate = Math.max(toMeanSquare(ABSOLUTE_GATE_LUFS), toMeanSquare(toLufs(audible) + RELATIVE_GATE_LU));
    return toLufs(meanAbove(blocks, gate));
  }
}

function meanAbove(values: readonly number[], threshold: number): number {
  let sum = 0;
  let count = 0;
  for (const value of values)
    if (value > threshold) {
      sum += value;
      count++;
    }
  return count === 0 ? 0 : sum / count;
}
