import { exp2, OCTAVES_PER_NEPER } from '../kernel/mathematics';

/**
 * Gain of a look-ahead peak limiter, frame by frame: the least gain needed within the look-ahead, released
 * exponentially, then averaged over the look-ahead, so that it glides down to a peak and is never above what the peak allows
 * (Giannoulis, Massberg, Reiss: Digital Dynamic Range Compressor Design, JAES 60(6), 2012; the averaging after a running
 * minimum is the usual brick-wall form).
 */
export class LimiterGain {
  readonly latencyFrames: number;
  private readonly window: number;
  private readonly release: number;
  /** Candidates for the running minimum, as a ring: gains ascending, each with the frame it came from. */
  private readonly queueGains: Float64Array;
  private readonly queueFrames: Float64Array;
  private queueHead = 0;
  private queueLength = 0;
  private readonly averaged: Float64Array;
  /** The running sum in steps of 2^-40, so that adding and taking away leaves no rounding behind. */
  private sum: number;
  private frame = 0;
  private envelope = 1;

  constructor(sampleRate: number, options: { lookaheadSeconds?: number; releaseSeconds?: number } = {}) {
    this.window = Math.max(1, Math.round((options.lookaheadSeconds ?? 0.003) * sampleRate));
    this.latencyFrames = this.window - 1;
    this.release = 1 - exp2(-OCTAVES_PER_NEPER / ((options.releaseSeconds ?? 0.08) * sampleRate));
    this.queueGains = new Float64Array(this.window + 1);
    this.queueFrames = new Float64Array(this.window + 1);
    this.averaged = new Float64Array(this.window).fill(STEPS);
    this.sum = this.window * STEPS;
  }

  /**
   * Takes the next peak (amplitude before limiting) and the highest that may leave, and gives the gain for the frame
   * `latencyFrames` earlier, 0 to 1.
   */
  next(peak: number, ceiling: number): number {
    const needed = peak > ceiling ? ceiling / peak : 1;
    const least = this.runningMinimum(needed);
    this.envelope = least < this.envelope ? least : this.envelope + (least - this.envelope) * this.release;
    const slot = this.frame % this.window;
    const stepped = Math.floor(this.envelope * STEPS);
    this.sum += stepped - this.averaged[slot]!;
    this.averaged[slot] = stepped;
    this.frame++;
    return this.sum / (this.window * STEPS);
  }

  private runningMinimum(gain: number): number {
    const size = this.queueGains.length;
    while (this.queueLength > 0 && this.queueGains[(this.queueHead + this.queueLength - 1) % size]! >= gain)
      this.queueLength--;
    const tail = (this.queueHead + this.queueLength) % size;
    this.queueGains[tail] = gain;
    this.queueFrames[tail] = this.frame;
    this.queueLength++;
    if (this.queueFrames[this.queueHead]! <= this.frame - this.window) {
      this.queueHead = (this.queueHead + 1) % size;
      this.queueLength--;
    }
    return this.queueGains[this.queueHead]!;
  }
}

const STEPS = 2 ** 40;
