import { sinPi } from '../kernel/mathematics';
import { StereoBlock, stereoBlock } from '../stereo-block';

/** 48,000 Hz is 160/147 of 44,100. */
const UP = 160;
const DOWN = 147;
/** Taps of the filter at each of its UP phases, half of them behind the place that is asked for. */
const TAPS = 64;
const HALF = TAPS / 2;
/** Of the Kaiser window: the passband reaches to 20 kHz, whose image at 24.1 kHz is down by 80 dB, and those of lower tones by 95. */
const BETA = 9.6;

/** The frames at 48 kHz that so many frames at 44.1 kHz last. */
export function upsampledFrames(frames: number): number {
  return Math.round((frames * UP) / DOWN);
}

/** Brings audio of 44.1 to 48 kHz by a windowed sinc in UP phases, with no delay. All its arithmetic gives the same bits everywhere. */
export class Upsampler {
  private static coefficients: Float64Array | undefined;
  private readonly table = (Upsampler.coefficients ??= table());
  /** Frames from `start` on that are still needed; silence before the first. */
  private left: Float32Array = new Float32Array(HALF - 1);
  private right: Float32Array = new Float32Array(HALF - 1);
  private start = -(HALF - 1);
  private next = 0;
  private taken = 0;

  /** The frames that can be told with those of `block`. The block that is given is the caller's. */
  process(block: StereoBlock): StereoBlock {
    this.taken += block.left.length;
    return this.advance(block, Infinity);
  }

  /** The frames that are left, to the end of what was taken. */
  finish(): StereoBlock {
    return this.advance(stereoBlock(HALF + 1), upsampledFrames(this.taken));
  }

  private advance(block: StereoBlock, most: number): StereoBlock {
    this.left = joined(this.left, block.left);
    this.right = joined(this.right, block.right);
    // A frame can be told when HALF frames behind its place are there.
    const known = this.start + this.left.length - HALF;
    const end = Math.max(this.next, Math.min(most, Math.ceil((known * UP) / DOWN)));
    const out = stereoBlock(end - this.next);
    const { table, left: lefts, right: rights } = this;
    for (let i = 0; i < out.left.length; i++) {
      const place = (this.next + i) * DOWN;
      const first = Math.floor(place / UP) - (HALF - 1) - this.start;
      const row = (place % UP) * TAPS;
      // Even and odd taps by themselves: a sum that waits for the one before takes twice the time.
      let [left, right, oddLeft, oddRight] = [0, 0, 0, 0];
      for (let tap = 0; tap < TAPS; tap += 2) {
        const weight = table[row + tap]!;
        const oddWeight = table[row + tap + 1]!;
        left += weight * lefts[first + tap]!;
        right += weight * rights[first + tap]!;
        oddLeft += oddWeight * lefts[first + tap + 1]!;
        oddRight += oddWeight * rights[first + tap + 1]!;
      }
      out.left[i] = left + oddLeft;
      out.right[i] = right + oddRight;
    }
    this.next = end;
    const needed = Math.floor((end * DOWN) / UP) - (HALF - 1) - this.start;
    this.left = this.left.subarray(needed);
    this.right = this.right.subarray(needed);
    this.start += needed;
    return out;
  }
}

function joined(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** For each phase the weights of the frames from HALF - 1 before the place to HALF behind it; they sum to 1. */
function table(): Float64Array {
  const weights = new Float64Array(UP * TAPS);
  for (let phase = 0; phase < UP; phase++) {
    const fraction = phase / UP;
    const sine = sinPi(fraction <= 0.5 ? fraction : 1 - fraction);
    const row = weights.subarray(phase * TAPS, (phase + 1) * TAPS);
    for (let tap = 0; tap < TAPS; tap++) {
      const distance = fraction + HALF - 1 - tap;
      const sinc = distance === 0 ? 1 : ((HALF - 1 - tap) % 2 === 0 ? sine : -sine) / (Math.PI * distance);
      row[tap] = sinc * bessel(BETA * Math.sqrt(Math.max(0, 1 - (distance / HALF) ** 2)));
    }
    const sum = row.reduce((total, weight) => total + weight, 0);
    row.forEach((weight, tap) => (row[tap] = weight / sum));
  }
  return weights;
}

/** The modified Bessel function of order zero, by its power series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; k < 40; k++) {
    term *= ((x / 2) * (x / 2)) / (k * k);
    sum += term;
  }
  return sum;
}
