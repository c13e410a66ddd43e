import { StereoBlock } from '../stereo-block';
import { Effect, isSilent, SILENCE } from './effect';

/** Delays in seconds of the eight lines; as frames at 44.1 kHz they are primes, so that their echoes do not coincide. */
const LINE_SECONDS = [1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797].map((frames) => frames / 44_100);
const LINES = LINE_SECONDS.length;
/** Seconds in which the reverb decays by 60 dB: a medium hall. */
export const REVERB_SECONDS = 1.8;
const DAMPING_HZ = 5200;
const LOW_CUT_HZ = 160;
const PREDELAY_SECONDS = 0.018;
const DIFFUSERS = [
  { seconds: 0.00322, gain: 0.65 },
  { seconds: 0.00859, gain: 0.6 },
];
/** Makes a full send as loud as the dry signal for noise (measured). */
const RETURN_GAIN = 0.42;

/**
 * A feedback delay network of eight lines under a Householder matrix, with a damped high end (J.-M. Jot, A. Chaigne: Digital
 * Delay Networks for Designing Artificial Reverberators, AES 90, 1991), behind a low cut, a pre-delay and two all-pass diffusers per channel.
 */
export class Reverb implements Effect {
  private readonly lines: Float32Array[];
  private readonly positions = new Int32Array(LINES);
  private readonly feedback: Float64Array;
  private readonly damped = new Float64Array(LINES);
  private readonly taps = new Float64Array(LINES);
  private readonly damping: number;
  private readonly inputs: [InputStage, InputStage];
  private asleep = true;

  constructor(sampleRate: number) {
    const lengths = LINE_SECONDS.map((seconds) => Math.round(seconds * sampleRate));
    this.lines = lengths.map((length) => new Float32Array(length));
    this.feedback = Float64Array.from(lengths, (length) => 10 ** ((-3 * length) / (sampleRate * REVERB_SECONDS)));
    this.damping = Math.exp((-2 * Math.PI * DAMPING_HZ) / sampleRate);
    this.inputs = [new InputStage(sampleRate), new InputStage(sampleRate)];
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const silent = isSilent(input);
    if (this.asleep && silent) return;
    const { lines, positions, feedback, damped, taps, damping } = this;
    const [stageLeft, stageRight] = this.inputs;
    let loudest = 0;
    for (let i = 0; i < input.left.length; i++) {
      const left = stageLeft.next(input.left[i]! * send);
      const right = stageRight.next(input.right[i]! * send);
      let sum = 0;
      for (let line = 0; line < LINES; line++) {
        const tap = lines[line]![positions[line]!]!;
        damped[line] = tap + (damped[line]! - tap) * damping;
        taps[line] = damped[line]! * feedback[line]!;
        sum += taps[line]!;
      }
      const reflected = (sum * 2) / LINES;
      for (let line = 0; line < LINES; line++) {
        const buffer = lines[line]!;
        const position = positions[line]!;
        buffer[position] = taps[line]! - reflected + (line % 2 === 0 ? left : right);
        positions[line] = position + 1 === buffer.length ? 0 : position + 1;
      }
      const wetLeft = RETURN_GAIN * (taps[0]! - taps[2]! + taps[4]! - taps[6]! + 0.4 * (taps[1]! - taps[5]!));
      const wetRight = RETURN_GAIN * (taps[1]! - taps[3]! + taps[5]! - taps[7]! + 0.4 * (taps[2]! - taps[6]!));
      output.left[i]! += wetLeft;
      output.right[i]! += wetRight;
      loudest = Math.max(loudest, Math.abs(wetLeft), Math.abs(wetRight));
    }
    this.asleep = false;
    if (silent && loudest < SILENCE) this.sleep();
  }

  /** What still circulates is too quiet to be heard, and would only grow into slow subnormal numbers. */
  private sleep(): void {
    for (const line of this.lines) line.fill(0);
    this.damped.fill(0);
    for (const stage of this.inputs) stage.clear();
    this.asleep = true;
  }
}

/** Low cut, pre-delay and diffusion of one channel. */
class InputStage {
  private readonly delays: Float32Array[];
  private readonly positions: Int32Array;
  private readonly lowCut: number;
  private low = 0;

  constructor(sampleRate: number) {
    this.delays = [PREDELAY_SECONDS, ...DIFFUSERS.map(({ seconds }) => seconds)].map(
      (seconds) => new Float32Array(Math.round(seconds * sampleRate)),
    );
    this.positions = new Int32Array(this.delays.length);
    this.lowCut = 1 - Math.exp((-2 * Math.PI * LOW_CUT_HZ) / sampleRate);
  }

  next(sample: number): number {
    this.low += (sample - this.low) * this.lowCut;
    let value = this.swap(0, sample - this.low);
    for (let stage = 0; stage < DIFFUSERS.length; stage++) {
      const { gain } = DIFFUSERS[stage]!;
      const delayed = this.delays[stage + 1]![this.positions[stage + 1]!]!;
      const fed = value - gain * delayed;
      this.swap(stage + 1, fed);
      value = delayed + gain * fed;
    }
    return value;
  }

  clear(): void {
    for (const delay of this.delays) delay.fill(0);
    this.low = 0;
  }

  /** Puts a value into a delay and takes out the oldest. */
  private swap(index: number, value: number): number {
    const delay = this.delays[index]!;
    const position = this.positions[index]!;
    const oldest = delay[position]!;
    delay[position] = value;
    this.positions[index] = position + 1 === delay.length ? 0 : position + 1;
    return oldest;
  }
}
