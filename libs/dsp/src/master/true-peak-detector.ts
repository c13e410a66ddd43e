import { MasterKernel } from '../kernel/master-kernel';
import { PEAK_TAPS } from '../kernel/master-layout';
import { sinPi } from '../kernel/mathematics';
import { blocksOf } from '../stereo-block';

const PHASES = 4;
const TAPS = PEAK_TAPS;
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

const INTERPOLATORS = interpolators();

/** Meters with longer filters read up to this much more, in dB: limiters stay below their ceiling by it. */
export const TRUE_PEAK_MARGIN_DB = 0.1;

/** No interpolated value is higher than this many times the highest sample of its window. */
const LARGEST_GAIN = Math.max(...INTERPOLATORS.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/**
 * True peak of a stereo signal: four times oversampled, as ITU-R BS.1770-4 annex 2 asks, with a longer filter than the
 * 12 taps of its example. Fed in pieces of any length; the answer lags LATENCY_FRAMES behind.
 */
export class TruePeakDetector {
  static readonly LATENCY_FRAMES = AHEAD;
  private readonly kernel = new MasterKernel();
  private peak = 0;

  constructor() {
    INTERPOLATORS.forEach((taps, index) => this.kernel.interpolators.set(taps, index * TAPS));
  }

  /** Highest true peak so far, as an amplitude. The last LATENCY_FRAMES are seen only once as many zeros were fed. */
  get maximum(): number {
    return this.peak;
  }

  /**
   * Takes the next frames and writes, for each, the highest absolute value on or after the frame LATENCY_FRAMES earlier and
   * before its successor. Where that cannot be above `floor`, the sample's own value is good enough, and much quicker.
   */
  process(left: Float32Array, right: Float32Array, peaks: Float32Array, floor = 0): void {
    for (const { start, end } of blocksOf(left.length)) {
      this.kernel.put(left.subarray(start, end), right.subarray(start, end));
      this.peak = this.kernel.functions.detect(end - start, LARGEST_GAIN, floor, this.peak);
      peaks.set(this.kernel.peaks.subarray(1, 1 + end - start), start);
    }
  }
}
