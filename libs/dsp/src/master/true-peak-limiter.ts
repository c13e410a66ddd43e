import { StereoBlock } from '../stereo-block';
import { LimiterGain } from './limiter-gain';
import { TruePeakDetector } from './true-peak-detector';

/** A look-ahead true-peak limiter for a stream: what goes in comes out `latencyFrames` later, never above the ceiling. */
export class TruePeakLimiter {
  readonly latencyFrames: number;
  private readonly detector = new TruePeakDetector();
  private readonly gain: LimiterGain;
  private readonly delayed: StereoBlock;
  private position = 0;
  private previousPeak = 0;
  private peaks = new Float32Array(0);

  /** @param ceiling highest true peak, as an amplitude */
  constructor(
    sampleRate: number,
    private readonly ceiling: number,
  ) {
    this.gain = new LimiterGain(sampleRate);
    this.latencyFrames = TruePeakDetector.LATENCY_FRAMES + this.gain.latencyFrames;
    this.delayed = { left: new Float32Array(this.latencyFrames), right: new Float32Array(this.latencyFrames) };
  }

  /** Limits the next frames in place; what is left in the block is the input of `latencyFrames` earlier (at first, silence). */
  process(block: StereoBlock): void {
    const frames = block.left.length;
    if (this.peaks.length < frames) this.peaks = new Float32Array(frames);
    this.detector.process(block.left, block.right, this.peaks, this.ceiling);
    const { left, right } = this.delayed;
    for (let i = 0; i < frames; i++) {
      const peak = this.peaks[i]!;
      const gain = this.gain.next(Math.max(peak, this.previousPeak), this.ceiling);
      this.previousPeak = peak;
      const [l, r] = [left[this.position]!, right[this.position]!];
      left[this.position] = block.left[i]!;
      right[this.position] = block.right[i]!;
      block.left[i] = l * gain;
      block.right[i] = r * gain;
      if (++this.position === this.latencyFrames) this.position = 0;
    }
  }
}
