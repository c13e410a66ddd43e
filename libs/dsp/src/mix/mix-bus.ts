import { MasterKernel } from '../kernel/master-kernel';
import { STEM_SCALE } from '../stem/stem-renderer';
import { BLOCK_FRAMES, blocksOf, StereoBlock } from '../stereo-block';

/** The memory of a bus: two channels of 32 bit, which worker threads may share. */
export interface MixMemory {
  left: ArrayBufferLike;
  right: ArrayBufferLike;
}

/** Silent memory for a mix of that length, shared between threads. */
export function allocateMix(frames: number): MixMemory {
  return { left: new SharedArrayBuffer(frames * 4), right: new SharedArrayBuffer(frames * 4) };
}

/** The sum of stems, kept in whole steps of 24 bits: the order in which stems are added, and by how many threads, makes no difference. */
export class MixBus {
  readonly frames: number;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  /** For a bus that is added to. */
  private kernel: MasterKernel | undefined;

  constructor(private readonly memory: MixMemory) {
    this.left = new Int32Array(memory.left);
    this.right = new Int32Array(memory.right);
    this.frames = this.left.length;
  }

  /** Adds a block of a stem at a frame. */
  add(block: StereoBlock, frame: number): void {
    this.kernel ??= new MasterKernel();
    const { sums, functions } = this.kernel;
    for (const { start, end } of blocksOf(block.left.length)) {
      const [from, to] = [frame + start, frame + end];
      sums.left.set(this.left.subarray(from, to));
      sums.right.set(this.right.subarray(from, to));
      this.kernel.put(block.left.subarray(start, end), block.right.subarray(start, end));
      functions.addSteps(end - start);
      this.left.set(sums.left.subarray(0, end - start), from);
      this.right.set(sums.right.subarray(0, end - start), from);
    }
  }

  /** Writes the sum of several buses of one length over `block`, from a frame on. */
  static read(buses: readonly MixBus[], frame: number, block: StereoBlock): void {
    for (let i = 0; i < block.left.length; i++) {
      let left = 0;
      let right = 0;
      for (const bus of buses) {
        left += bus.left[frame + i]!;
        right += bus.right[frame + i]!;
      }
      block.left[i] = left / STEM_SCALE;
      block.right[i] = right / STEM_SCALE;
    }
  }

  /** Turns the sum of several buses into samples, in the memory of the first, whose steps are lost. Yields after each block. */
  static *intoSamples(buses: readonly [MixBus, ...MixBus[]]): Generator<void, StereoBlock> {
    const { memory, frames } = buses[0];
    const samples = { left: new Float32Array(memory.left), right: new Float32Array(memory.right) };
    for (let start = 0; start < frames; start += BLOCK_FRAMES) {
      const end = Math.min(frames, start + BLOCK_FRAMES);
      MixBus.read(buses, start, { left: samples.left.subarray(start, end), right: samples.right.subarray(start, end) });
      yield;
    }
    return samples;
  }
}
