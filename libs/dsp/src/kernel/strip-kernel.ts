import { STRIP_KERNEL } from '../generated/strip-kernel';
import { sliceBlock, StereoBlock } from '../stereo-block';
import { GROUP_FRAMES, INPUT_LEFT, INPUT_RIGHT, MAX_FRAMES, OUTPUT_LEFT, OUTPUT_RIGHT } from './strip-layout';
import { WebAssembly } from './web-assembly';

/** What assembly/strip.ts exports. All work on the input and output in the instance's memory; counts of frames are multiples of GROUP_FRAMES. */
interface StripFunctions {
  memory: { buffer: ArrayBuffer };
  /** Applies gains to the input, what is below `silence` becoming 0, and copies it to the output; 1 where all is exactly 0. */
  fade(frames: number, gainLeft: number, gainRight: number, silence: number): number;
  /** Rounds the output to steps of 24 bits; how many samples were clipped. */
  quantise(frames: number): number;
  startChorus(centreFrames: number, depthFrames: number, turnsPerFrame: number, gain: number): void;
  startDelay(frames: number, feedback: number, gain: number, kept: number): void;
  startReverb(
    dampingKept: number,
    lowCutKept: number,
    predelay: number,
    first: number,
    firstGain: number,
    second: number,
    secondGain: number,
    gain: number,
  ): void;
  /** The effects add to the output what they make of `send` times the input. */
  chorus(frames: number, send: number): void;
  /** Lets silence pass, where nothing is left of what was before. */
  restChorus(frames: number): void;
  /** These return the highest amplitude that they added. */
  delay(frames: number, send: number): number;
  reverb(frames: number, send: number): number;
  /** Empties what circulates. */
  clearDelay(): void;
  clearReverb(): void;
}

const COMPILED = new WebAssembly.Module(Buffer.from(STRIP_KERNEL, 'base64'));

/** The memory and the functions of one channel strip. */
export class StripKernel {
  readonly functions = new WebAssembly.Instance(COMPILED, {}).exports as StripFunctions;
  private readonly whole: { input: StereoBlock; output: StereoBlock };
  private isOver = false;

  constructor() {
    const channel = (address: number) => new Float32Array(this.functions.memory.buffer, address, MAX_FRAMES);
    this.whole = {
      input: { left: channel(INPUT_LEFT), right: channel(INPUT_RIGHT) },
      output: { left: channel(OUTPUT_LEFT), right: channel(OUTPUT_RIGHT) },
    };
  }

  /** The first places of the input as numbers of 64 bits, for what `startReverb` reads there. */
  get parameters(): Float64Array {
    return new Float64Array(this.functions.memory.buffer, INPUT_LEFT, MAX_FRAMES / 2);
  }

  /** Where the next frames are to be written, MAX_FRAMES at most. */
  input(frames: number): StereoBlock {
    return sliceBlock(this.whole.input, 0, frames);
  }

  /** What was made of them, valid until the next. */
  output(frames: number): StereoBlock {
    return sliceBlock(this.whole.output, 0, frames);
  }

  /**
   * How many frames of the next block to work on: as many as there are, the last group filled up with silence.
   * @throws RangeError behind a block that ended within a group
   */
  take(frames: number): number {
    if (this.isOver && frames > 0)
      throw new RangeError(`only a strip's last block may have other than a multiple of ${GROUP_FRAMES} frames`);
    const whole = Math.ceil(frames / GROUP_FRAMES) * GROUP_FRAMES;
    if (whole !== frames) {
      this.isOver = true;
      this.whole.input.left.fill(0, frames, whole);
      this.whole.input.right.fill(0, frames, whole);
    }
    return whole;
  }
}
