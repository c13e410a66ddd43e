import { blocksOf, sliceBlock, StereoBlock } from '../stereo-block';
import { LimiterGain } from './limiter-gain';
import { TruePeakDetector } from './true-peak-detector';

/** A look-ahead true-peak limiter for a stream: what goes in comes out `latencyFrames` later, never above the ceiling. */
export class TruePeakLimiter {
  readonly latencyFrames: number;
  private readonly detector = new TruePeakDetector();
  private readonly gain: LimiterGain;
  private readonly delayed: StereoBlock;
  private position = 0;
  /** Peaks of a block behind the last one of the block before. */
  private peaks = new Float32Array(1);

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
    for (const { start, end } of blocksOf(block.left.length)) this.limit(sliceBlock(block, start, end));
  }

  private limit(block: StereoBlock): void {
    const frames = block.left.length;
    const before = this.peaks[this.peaks.length - 1]!;
    if (this.peaks.length !== frames + 1) this.peaks = new Float32Array(frames + 1);
    this.peaks[0] = before;
    this.detector.process(block.left, block.right, this.peaks.subarray(1), this.ceiling);
    const { gains } = this.gain.next(this.peaks, 1, this.ceiling);
    const { left, right } = this.delayed;
    for (let i = 0; i < frames; i++) {
      const gain = gains[i]!;
      const [l, r] = [left[this.position]!, right[this.position]!];
      left[this.position] = block.left[i]!;
      right[this.position] = block.right[i]!;
      block.left[i] = l * gain;
      block.right[i] = r * gain;
      if (++this.position === this.latencyFrames) this.position = 0;
    }
  }
}
