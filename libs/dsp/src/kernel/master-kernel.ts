import { MASTER_KERNEL } from '../generated/master-kernel';
import { StereoBlock } from '../stereo-block';
import {
  GAINS,
  INTERPOLATORS,
  MASTER_FRAMES,
  MASTER_LEFT,
  MASTER_RIGHT,
  PEAK_TAPS,
  PEAKS,
  SECTIONS,
  SUMS,
} from './master-layout';
import { WebAssembly } from './web-assembly';

/** What assembly/master.ts exports. */
interface MasterFunctions {
  memory: { buffer: ArrayBuffer };
  /** Adds the input, in whole steps of 24 bits, to the sums; frames beyond, up to a multiple of four, are added, too. */
  addSteps(frames: number): void;
  /** K-weights frames of the input; `sum` and the squares of both channels. */
  weigh(from: number, to: number, sum: number): number;
  /** Writes the peaks of the input; the highest of `highest` and them all. */
  detect(frames: number, reach: number, floor: number, highest: number): number;
  startLimiter(windowFrames: number, releaseShare: number): void;
  /** Writes the gains that the peaks times `scale` need; the least of them. */
  gains(frames: number, scale: number, ceiling: number): number;
}

const COMPILED = new WebAssembly.Module(Buffer.from(MASTER_KERNEL, 'base64'));

/** The memory and the functions of one bus, meter or limiter, for MASTER_FRAMES frames at a time. */
export class MasterKernel {
  readonly functions = new WebAssembly.Instance(COMPILED, {}).exports as MasterFunctions;
  private readonly channels: StereoBlock;
  /** For each frame its peak, behind the peak of the frame before. */
  readonly peaks: Float32Array;
  readonly gains: Float64Array;
  /** Sums of a bus. */
  readonly sums: { left: Int32Array; right: Int32Array };
  /** Three interpolators of PEAK_TAPS taps. */
  readonly interpolators: Float32Array;
  /** Two filter sections: b0, b1, b2, a1, a2 of each. */
  readonly sections: Float64Array;

  constructor() {
    const { buffer } = this.functions.memory;
    const channel = (address: number) => new Float32Array(buffer, address, PEAK_TAPS + MASTER_FRAMES + PEAK_TAPS);
    this.channels = { left: channel(MASTER_LEFT), right: channel(MASTER_RIGHT) };
    this.peaks = new Float32Array(buffer, PEAKS, 1 + MASTER_FRAMES);
    this.gains = new Float64Array(buffer, GAINS, MASTER_FRAMES);
    this.sums = {
      left: new Int32Array(buffer, SUMS, MASTER_FRAMES),
      right: new Int32Array(buffer, SUMS + MASTER_FRAMES * 4, MASTER_FRAMES),
    };
    this.interpolators = new Float32Array(buffer, INTERPOLATORS, 3 * PEAK_TAPS);
    this.sections = new Float64Array(buffer, SECTIONS, 10);
  }

  /** Writes the next frames over the last, behind those kept for the interpolators. */
  put(left: Float32Array, right: Float32Array): void {
    this.channels.left.set(left, PEAK_TAPS);
    this.channels.right.set(right, PEAK_TAPS);
  }
}
