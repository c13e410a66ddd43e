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
/** Each line is a ring of as many frames, longer than any line at any rate. */
const RING_FRAMES = 4096;
/** Makes a full send as loud as the dry signal for noise (measured). */
const RETURN_GAIN = 0.42;

/**
 * A feedback delay network of eight lines under a Householder matrix, with a damped high end (J.-M. Jot, A. Chaigne: Digital
 * Delay Networks for Designing Artificial Reverberators, AES 90, 1991), behind a low cut, a pre-delay and two all-pass diffusers per channel.
 */
export class Reverb implements Effect {
  /** The rings of all lines, one after another. */
  private readonly rings = new Float32Array(LINES * RING_FRAMES);
  private readonly lengths: Int32Array;
  private readonly feedback: Float64Array;
  private readonly damped = new Float64Array(LINES);
  private readonly taps = new Float64Array(LINES);
  private readonly damping: number;
  private readonly inputs: [InputStage, InputStage];
  private position = 0;
  private asleep = true;

  constructor(sampleRate: number) {
    this.lengths = Int32Array.from(LINE_SECONDS, (seconds) => Math.round(seconds * sampleRate));
    this.feedback = Float64Array.from(this.lengths, (length) => 10 ** ((-3 * length) / (sampleRate * REVERB_SECONDS)));
    this.damping = Math.exp((-2 * Math.PI * DAMPING_HZ) / sampleRate);
    this.inputs = [new InputStage(sampleRate), new InputStage(sampleRate)];
  }

  process(input: StereoBlock, send: number, output: StereoBlock): void {
    const silent = isSilent(input);
    if (this.asleep && silent) return;
    const frames = input.left.length;
    const left = this.inputs[0].process(input.left, send);
    const right = this.inputs[1].process(input.right, send);
    const { rings, lengths, feedback, damped, taps, damping } = this;
    let loudest = 0;
    for (let i = 0; i < frames; i++) {
      const position = (this.position + i) % RING_FRAMES;
      let sum = 0;
      for (let line = 0; line < LINES; line++) {
        const tap = rings[line * RING_FRAMES + ((position - lengths[line]!) & (RING_FRAMES - 1))]!;
        const low = tap + (damped[line]! - tap) * damping;
        damped[line] = low;
        taps[line] = low * feedback[line]!;
        sum += taps[line]!;
      }
      const reflected = (sum * 2) / LINES;
      for (let line = 0; line < LINES; line += 2) {
        rings[line * RING_FRAMES + position] = taps[line]! - reflected + left[i]!;
        rings[(line + 1) * RING_FRAMES + position] = taps[line + 1]! - reflected + right[i]!;
      }
      const wetLeft = RETURN_GAIN * (taps[0]! - taps[2]! + taps[4]! - taps[6]! + 0.4 * (taps[1]! - taps[5]!));
      const wetRight = RETURN_GAIN * (taps[1]! - taps[3]! + taps[5]! - taps[7]! + 0.4 * (taps[2]! - taps[6]!));
      output.left[i]! += wetLeft;
      output.right[i]! += wetRight;
      loudest = Math.max(loudest, Math.abs(wetLeft), Math.abs(wetRight));
    }
    this.position = (this.position + frames) % RING_FRAMES;
    this.asleep = false;
    if (silent && loudest < SILENCE) this.sleep();
  }

  /** What still circulates is too quiet to be heard, and would only grow into slow subnormal numbers. */
  private sleep(): void {
    this.rings.fill(0);
    this.damped.fill(0);
    for (const stage of this.inputs) stage.clear();
    this.asleep = true;
  }
}

/** Low cut, pre-delay and diffusion of one channel. */
class InputStage {
  private readonly predelay: Float32Array;
  private readonly diffusers: { memory: Float32Array; gain: number }[];
  private readonly positions: Int32Array;
  private readonly lowCut: number;
  private low = 0;
  private buffer = new Float64Array(0);

  constructor(sampleRate: number) {
    const memory = (seconds: number) => new Float32Array(Math.round(seconds * sampleRate));
    this.predelay = memory(PREDELAY_SECONDS);
    this.diffusers = DIFFUSERS.map(({ seconds, gain }) => ({ memory: memory(seconds), gain }));
    this.positions = new Int32Array(1 + DIFFUSERS.length);
    this.lowCut = 1 - Math.exp((-2 * Math.PI * LOW_CUT_HZ) / sampleRate);
  }

  /** The result is valid until the next call. */
  process(input: Float32Array, send: number): Float64Array {
    if (this.buffer.length < input.length) this.buffer = new Float64Array(input.length);
    const { buffer, predelay, lowCut } = this;
    let { low } = this;
    let position = this.positions[0]!;
    for (let i = 0; i < input.length; i++) {
      const sample = input[i]! * send;
      low += (sample - low) * lowCut;
      buffer[i] = predelay[position]!;
      predelay[position] = sample - low;
      if (++position === predelay.length) position = 0;
    }
    this.low = low;
    this.positions[0] = position;
    this.diffusers.forEach(({ memory, gain }, index) => {
      let at = this.positions[index + 1]!;
      for (let i = 0; i < input.length; i++) {
        const delayed = memory[at]!;
        const fed = buffer[i]! - gain * delayed;
        memory[at] = fed;
        buffer[i] = delayed + gain * fed;
        if (++at === memory.length) at = 0;
      }
      this.positions[index + 1] = at;
    });
    return buffer;
  }

  clear(): void {
    this.predelay.fill(0);
    for (const { memory } of this.diffusers) memory.fill(0);
    this.low = 0;
  }
}
