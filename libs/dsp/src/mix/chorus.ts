import { StereoBlock } from '../stereo-block';
import { Effect, isSilent } from './effect';

const CENTRE_SECONDS = 0.014;
const DEPTH_SECONDS = 0.0028;
const RATE_HZ = 0.55;
const RETURN_GAIN = 0.7;

/** A chorus: each channel once more through a delay that a sine moves, the right one a quarter turn behind the left. */
export class Chorus implements Effect {
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private position = 0;
  private frame = 0;
  private silentFrames = 0;

  constructor(private readonly sampleRate: number) {
    const length = Math.ceil((CENTRE_SECONDS + DEPTH_SECONDS) * sampleRate) + 2;
    this.left = new Float32Array(length);
    this.right = new Float32Array(length);
    this.silentFrames = length;
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const frames = input.left.length;
    const silent = isSilent(input);
    if (silent && this.silentFrames >= this.left.length) {
      this.frame += frames;
      return;
    }
    const turn = (2 * Math.PI * RATE_HZ) / this.sampleRate;
    for (let i = 0; i < frames; i++) {
      this.left[this.position] = input.left[i]! * send;
      this.right[this.position] = input.right[i]! * send;
      const angle = turn * (this.frame + i);
      output.left[i]! += RETURN_GAIN * this.read(this.left, Math.sin(angle));
      output.right[i]! += RETURN_GAIN * this.read(this.right, -Math.cos(angle));
      if (++this.position === this.left.length) this.position = 0;
    }
    this.frame += frames;
    this.silentFrames = silent ? this.silentFrames + frames : 0;
  }

  /** The sample that lies `centre + depth * swing` back, between two by a straight line. */
  private read(buffer: Float32Array, swing: number): number {
    const back = (CENTRE_SECONDS + DEPTH_SECONDS * swing) * this.sampleRate;
    let at = this.position - back;
    if (at < 0) at += buffer.length;
    const index = Math.floor(at);
    const fraction = at - index;
    const next = index + 1 === buffer.length ? 0 : index + 1;
    return buffer[index]! * (1 - fraction) + buffer[next]! * fraction;
  }
}
