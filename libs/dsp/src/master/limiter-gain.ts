import { MasterKernel } from '../kernel/master-kernel';
import { LIMITER_RING } from '../kernel/master-layout';
import { exp2, OCTAVES_PER_NEPER } from '../kernel/mathematics';

/**
 * Gain of a look-ahead peak limiter, frame by frame: the least gain needed within the look-ahead, released
 * exponentially, then averaged over the look-ahead, so that it glides down to a peak and is never above what the peak allows
 * (Giannoulis, Massberg, Reiss: Digital Dynamic Range Compressor Design, JAES 60(6), 2012; the averaging after a running
 * minimum is the usual brick-wall form).
 */
export class LimiterGain {
  readonly latencyFrames: number;
  private readonly kernel = new MasterKernel();

  constructor(sampleRate: number, options: { lookaheadSeconds?: number; releaseSeconds?: number } = {}) {
    const window = Math.max(1, Math.round((options.lookaheadSeconds ?? 0.003) * sampleRate));
    if (window >= LIMITER_RING)
      throw new RangeError(`a look-ahead of ${window} frames is not allowed: at most ${LIMITER_RING - 1}`);
    this.latencyFrames = window - 1;
    this.kernel.functions.startLimiter(
      window,
      1 - exp2(-OCTAVES_PER_NEPER / ((options.releaseSeconds ?? 0.08) * sampleRate)),
    );
  }

  /**
   * Gains, 0 to 1, for as many frames as there are peaks, each for the frame `latencyFrames` earlier; valid until the next call.
   * @param peaks for each frame, behind that of the frame before the first, the highest amplitude from it to its successor; at
   * most BLOCK_FRAMES frames
   * @param scale what the peaks are multiplied by, before
   * @param ceiling the highest that may leave
   */
  next(peaks: Float32Array, scale: number, ceiling: number): { gains: Float64Array; least: number } {
    this.kernel.peaks.set(peaks);
    const frames = peaks.length - 1;
    const least = this.kernel.functions.gains(frames, scale, ceiling);
    return { gains: this.kernel.gains.subarray(0, frames), least };
  }
}
