import { EffectKernel } from '../kernel/effect-kernel';
import { onePole } from '../kernel/mathematics';
import { StereoBlock } from '../stereo-block';
import { Effect, isSilent, SILENCE } from './effect';

const FEEDBACK = 0.38;
const RETURN_GAIN = 0.8;
const HIGH_CUT_HZ = 4500;
const LONGEST_SECONDS = 1.2;

/** Seconds of a dotted eighth note at a tempo in thousandths of a beat per minute, halved until it is at most 1.2 s. */
export function delaySeconds(milliBpm: number): number {
  let seconds = (60_000 / milliBpm) * 0.75;
  while (seconds > LONGEST_SECONDS) seconds /= 2;
  return seconds;
}

/** A ping-pong echo: the repeats change sides, and lose their high end with each. */
export class PingPongDelay implements Effect {
  private kernel: EffectKernel;
  private quietFrames = 0;
  private readonly frames: number;

  constructor(
    private readonly sampleRate: number,
    seconds: number,
  ) {
    this.frames = Math.max(1, Math.round(seconds * sampleRate));
    this.kernel = this.newKernel();
    this.quietFrames = this.frames;
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const silent = isSilent(input);
    // What was quieter than SILENCE throughout the delay's length will not be heard again.
    if (silent && this.quietFrames >= this.frames) return;
    const loudest = this.kernel.process(input, output, (frames) => this.kernel.functions.delay(frames, send));
    this.quietFrames = silent && loudest < SILENCE ? this.quietFrames + input.left.length : 0;
    if (this.quietFrames >= this.frames) this.kernel = this.newKernel();
  }

  private newKernel(): EffectKernel {
    const kernel = new EffectKernel();
    kernel.functions.startDelay(this.frames, FEEDBACK, RETURN_GAIN, 1 - onePole(HIGH_CUT_HZ, this.sampleRate));
    return kernel;
  }
}
