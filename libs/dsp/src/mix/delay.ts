import { onePole } from '../kernel/mathematics';
import { StripKernel } from '../kernel/strip-kernel';
import { GROUP_FRAMES } from '../kernel/strip-layout';
import { Effect, SILENCE } from './effect';

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
  private readonly frames: number;
  private quietFrames: number;

  constructor(
    private readonly kernel: StripKernel,
    sampleRate: number,
    seconds: number,
  ) {
    this.frames = Math.max(GROUP_FRAMES, Math.round(seconds * sampleRate));
    this.quietFrames = this.frames;
    kernel.functions.startDelay(this.frames, FEEDBACK, RETURN_GAIN, onePole(HIGH_CUT_HZ, sampleRate));
  }

  process(frames: number, send: number, isSilent: boolean): void {
    // What was quieter than SILENCE throughout the delay's length will not be heard again.
    if (isSilent && this.quietFrames >= this.frames) return;
    const loudest = this.kernel.functions.delay(frames, send);
    this.quietFrames = isSilent && loudest < SILENCE ? this.quietFrames + frames : 0;
    if (this.quietFrames >= this.frames) this.kernel.functions.clearDelay();
  }
}
