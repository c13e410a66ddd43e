import { StripKernel } from '../kernel/strip-kernel';
import { Effect } from './effect';

const CENTRE_SECONDS = 0.014;
const DEPTH_SECONDS = 0.0028;
const RATE_HZ = 0.55;
const RETURN_GAIN = 0.7;
/** When as many frames were silent, nothing is left of what was before. */
const RING_FRAMES = 1024;

/** A chorus: each channel once more through a delay that a sine moves, the right one a quarter turn behind the left. */
export class Chorus implements Effect {
  private silentFrames: number;

  constructor(
    private readonly kernel: StripKernel,
    sampleRate: number,
  ) {
    kernel.functions.startChorus(
      CENTRE_SECONDS * sampleRate,
      DEPTH_SECONDS * sampleRate,
      RATE_HZ / sampleRate,
      RETURN_GAIN,
    );
    this.silentFrames = RING_FRAMES;
  }

  process(frames: number, send: number, isSilent: boolean): void {
    const { functions } = this.kernel;
    if (isSilent && this.silentFrames >= RING_FRAMES) functions.restChorus(frames);
    else functions.chorus(frames, send);
    this.silentFrames = isSilent ? this.silentFrames + frames : 0;
  }
}
