import { sinPi } from '../kernel/mathematics';

const PHASES = 4;
const TAPS = 16;
/** Half the window lies ahead of the frame that is looked at. */
const AHEAD = TAPS / 2;

/** Modified Bessel function of order zero, by its power series. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/** Interpolators for a quarter, a half and three quarters of a sample: sinc under a Kaiser window, scaled to unit gain at 0 Hz. */
function interpolators(): Float64Array[] {
  const beta = 7;
  return Array.from({ length: PHASES - 1 }, (_, index) => {
    const fraction = (index + 1) / PHASES;
    const taps = Float64Array.from({ length: TAPS }, (__, tap) => {
      const x = tap - (AHEAD - 1) - fraction;
      const window = bessel0(beta * Math.sqrt(Math.max(0, 1 - (x / AHEAD) * (x / AHEAD)))) / bessel0(beta);
      const nearest = Math.round(x);
      const sine = sinPi(x - nearest) * (nearest % 2 === 0 ? 1 : -1);
      return (sine / (Math.PI * x)) * window;
    });
    const gain = taps.reduce((sum, tap) => sum + tap, 0);
    return taps.map((tap) => tap / gain);
  });
}

const [QUARTER, HALF, THREE_QUARTERS] = interpolators() as [Float64Array, Float64Array, Float64Array];

/** Meters with longer filters read up to this much more, in dB: limiters stay below their ceiling by it. */
export const TRUE_PEAK_MARGIN_DB = 0.1;

/** No interpolated value is higher than this many times the highest sample of its window. */
const LARGEST_GAIN = Math.max(
  ...[QUARTER, HALF, THREE_QUARTERS].map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)),
);
/** Frames whose samples are looked at together before any is interpolated. */
const STRIDE = 16;

/**
 * True peak of a stereo signal: four times oversampled, as ITU-R BS.1770-4 annex 2 asks, with a longer filter than the
 * 12 taps of its example. Fed in pieces of any length; the answer lags LATENCY_FRAMES behind.
 */
export class TruePeakDetector {
  static readonly LATENCY_FRAMES = AHEAD;
  private readonly histories = [new Float64Array(TAPS), new Float64Array(TAPS)];
  private padded = new Float64Array(0);
  private peak = 0;

  /** Highest true peak so far, as an amplitude. The last LATENCY_FRAMES are seen only once as many zeros were fed. */
  get maximum(): number {
    return this.peak;
  }

  /**
   * Takes the next frames and writes, for each, the highest absolute value on or after the frame LATENCY_FRAMES earlier and
   * before its successor. Where that cannot be above `floor`, the sample's own value is good enough, and much quicker.
   */
  process(left: Float32Array, right: Float32Array, peaks: Float32Array, floor = 0): void {
    peaks.fill(0, 0, left.length);
    this.channel(left, this.histories[0]!, peaks, floor);
    this.channel(right, this.histories[1]!, peaks, floor);
    let peak = this.peak;
    for (let i = 0; i < left.length; i++) if (peaks[i]! > peak) peak = peaks[i]!;
    this.peak = peak;
  }

  private channel(input: Float32Array, history: Float64Array, peaks: Float32Array, floor: number): void {
    const frames = input.length;
    if (this.padded.length < frames + TAPS) this.padded = new Float64Array(frames + TAPS);
    const samples = this.padded;
    samples.set(history);
    samples.set(input, TAPS);
    for (let start = 0; start < frames; start += STRIDE) {
      const end = Math.min(frames, start + STRIDE);
      let highest = 0;
      for (let i = start + 1; i < end + TAPS; i++) highest = Math.max(highest, Math.abs(samples[i]!));
      const near = highest * LARGEST_GAIN > floor;
      for (let i = start; i < end; i++) {
        const peak = near ? interpolatedPeak(samples, i + 1) : Math.abs(samples[i + AHEAD]!);
        if (peak > peaks[i]!) peaks[i] = peak;
      }
    }
    history.set(samples.subarray(frames, frames + TAPS));
  }
}

/** Highest absolute value in the middle of a window, from its sample to just before the next. */
function interpolatedPeak(samples: Float64Array, first: number): number {
  let quarter = 0;
  let half = 0;
  let threeQuarters = 0;
  for (let tap = 0; tap < TAPS; tap++) {
    const sample = samples[first + tap]!;
    quarter += sample * QUARTER[tap]!;
    half += sample * HALF[tap]!;
    threeQuarters += sample * THREE_QUARTERS[tap]!;
  }
  return Math.max(Math.abs(samples[first + AHEAD - 1]!), Math.abs(quarter), Math.abs(half), Math.abs(threeQuarters));
}
