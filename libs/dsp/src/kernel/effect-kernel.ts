import { EFFECT_KERNEL } from '../generated/effect-kernel';
import { sliceBlock, StereoBlock } from '../stereo-block';
import { INPUT_LEFT, INPUT_RIGHT, MAX_FRAMES, OUTPUT_LEFT, OUTPUT_RIGHT } from './effect-layout';
import { WebAssembly } from './web-assembly';

/** What assembly/effects.ts exports. The effects add to the output what they make of `send` times the input. */
interface EffectFunctions {
  memory: { buffer: ArrayBuffer };
  startChorus(centreFrames: number, depthFrames: number, turnsPerFrame: number, gain: number): void;
  startDelay(frames: number, feedback: number, gain: number, smoothing: number): void;
  startReverb(
    damping: number,
    lowCut: number,
    predelay: number,
    first: number,
    firstGain: number,
    second: number,
    secondGain: number,
    gain: number,
  ): void;
  chorus(frames: number, send: number): void;
  /** Lets silence pass, where nothing is left of what was before. */
  restChorus(frames: number): void;
  /** These return the highest amplitude that they added. */
  delay(frames: number, send: number): number;
  reverb(frames: number, send: number): number;
}

const COMPILED = new WebAssembly.Module(Buffer.from(EFFECT_KERNEL, 'base64'));

/** The memory and the functions of one effect. */
export class EffectKernel {
  readonly functions = new WebAssembly.Instance(COMPILED, {}).exports as EffectFunctions;
  private readonly input: StereoBlock;
  private readonly output: StereoBlock;

  constructor() {
    const channel = (address: number) => new Float32Array(this.functions.memory.buffer, address, MAX_FRAMES);
    this.input = { left: channel(INPUT_LEFT), right: channel(INPUT_RIGHT) };
    this.output = { left: channel(OUTPUT_LEFT), right: channel(OUTPUT_RIGHT) };
  }

  /** The first places of the input as numbers of 64 bits, for what `startReverb` reads there. */
  get parameters(): Float64Array {
    return new Float64Array(this.functions.memory.buffer, INPUT_LEFT, MAX_FRAMES / 2);
  }

  /** Has `work` done on blocks of any length, MAX_FRAMES at a time; the highest of what it returns. */
  process(input: StereoBlock, output: StereoBlock, work: (frames: number) => number): number {
    let highest = 0;
    for (let start = 0; start < input.left.length; start += MAX_FRAMES) {
      const end = Math.min(input.left.length, start + MAX_FRAMES);
      const [from, to] = [sliceBlock(input, start, end), sliceBlock(output, start, end)];
      this.input.left.set(from.left);
      this.input.right.set(from.right);
      this.output.left.set(to.left);
      this.output.right.set(to.right);
      highest = Math.max(highest, work(end - start));
      to.left.set(this.output.left.subarray(0, end - start));
      to.right.set(this.output.right.subarray(0, end - start));
    }
    return highest;
  }
}
