import { EffectKernel } from '../kernel/effect-kernel';
import { StereoBlock } from '../stereo-block';
import { Effect, isSilent } from './effect';

const CENTRE_SECONDS = 0.014;
const DEPTH_SECONDS = 0.0028;
const RATE_HZ = 0.55;
const RETURN_GAIN = 0.7;

/** A chorus: each channel once more through a delay that a sine moves, the right one a quarter turn behind the left. */
export class Chorus implements Effect {
  private readonly kernel = new EffectKernel();
  private readonly ringFrames: number;
  private silentFrames: number;

  constructor(sampleRate: number) {
    this.kernel.functions.startChorus(
      CENTRE_SECONDS * sampleRate,
      DEPTH_SECONDS * sampleRate,
      RATE_HZ / sampleRate,
      RETURN_GAIN,
    );
    this.ringFrames = Math.ceil((CENTRE_SECONDS + DEPTH_SECONDS) * sampleRate) + 2;
    this.silentFrames = this.ringFrames;
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const silent = isSilent(input);
    if (silent && this.silentFrames >= this.ringFrames) {
      this.kernel.functions.restChorus(input.left.length);
      return;
    }
    this.kernel.process(input, output, (frames) => {
      this.kernel.functions.chorus(frames, send);
      return 0;
    });
    this.silentFrames = silent ? this.silentFrames + input.left.length : 0;
  }
}
