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
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private readonly smoothing: number;
  private position = 0;
  private dampedLeft = 0;
  private dampedRight = 0;
  private asleep = true;

  constructor(sampleRate: number, seconds: number) {
    const length = Math.max(1, Math.round(seconds * sampleRate));
    this.left = new Float32Array(length);
    this.right = new Float32Array(length);
    this.smoothing = 1 - Math.exp((-2 * Math.PI * HIGH_CUT_HZ) / sampleRate);
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const silent = isSilent(input);
    if (this.asleep && silent) return;
    const { left, right, smoothing } = this;
    for (let i = 0; i < input.left.length; i++) {
      this.dampedLeft += (left[this.position]! - this.dampedLeft) * smoothing;
      this.dampedRight += (right[this.position]! - this.dampedRight) * smoothing;
      // The sum enters on the left; what comes out there goes on to the right, and back again.
      left[this.position] = send * 0.5 * (input.left[i]! + input.right[i]!) + FEEDBACK * this.dampedRight;
      right[this.position] = this.dampedLeft;
      output.left[i]! += RETURN_GAIN * this.dampedLeft;
      output.right[i]! += RETURN_GAIN * FEEDBACK * this.dampedRight;
      if (++this.position === left.length) this.position = 0;
    }
    this.asleep = silent && this.isQuiet();
    if (this.asleep) this.clear();
  }

  private isQuiet(): boolean {
    return (
      this.left.every((sample) => Math.abs(sample) < SILENCE) &&
      this.right.every((sample) => Math.abs(sample) < SILENCE)
    );
  }

  private clear(): void {
    this.left.fill(0);
    this.right.fill(0);
    this.dampedLeft = 0;
    this.dampedRight = 0;
  }
}
