import { gainToDecibels } from '../decibels';
import { blocksOf, BLOCK_FRAMES, sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { LimiterGain } from './limiter-gain';
import { TruePeakDetector } from './true-peak-detector';

/** A mix whose true peaks are known, to be heard at any gain behind the limiter without looking for the peaks again. */
export class LimitedMix {
  readonly frames: number;
  /** For each frame, LATENCY_FRAMES later, the highest absolute value from it to its successor. */
  private readonly peaks: Float32Array;
  private readonly detector = new TruePeakDetector();
  private detected = 0;

  constructor(
    private readonly mix: StereoBlock,
    private readonly sampleRate: number,
  ) {
    this.frames = mix.left.length;
    this.peaks = new Float32Array(this.frames + TruePeakDetector.LATENCY_FRAMES);
  }

  /** Looks for the peaks of the next frames that may be above `floor`; to be called for the whole mix in order before anything else. */
  detect(block: StereoBlock, floor: number): void {
    this.detector.process(block.left, block.right, this.peaks.subarray(this.detected), floor);
    this.detected += block.left.length;
    if (this.detected === this.frames) {
      const { left, right } = stereoBlock(TruePeakDetector.LATENCY_FRAMES);
      this.detector.process(left, right, this.peaks.subarray(this.detected), floor);
    }
  }

  /** Highest true peak before gain and limiter, as an amplitude; exact where it is above the floor. */
  get truePeak(): number {
    return this.detector.maximum;
  }

  /** The mix at `gain` behind a limiter with that `ceiling` (amplitudes), block by block; each block is valid until the next is asked for. */
  *blocks(
    gain: number,
    ceiling: number,
  ): Generator<{ start: number; end: number; block: StereoBlock; reductionDb: number }> {
    const limiter = new LimiterGain(this.sampleRate);
    const { latencyFrames } = limiter;
    const peakAt = (frame: number): number => {
      const at = frame + TruePeakDetector.LATENCY_FRAMES;
      // A frame also carries the peak between its predecessor and itself.
      return gain * Math.max(this.peaks[at] ?? 0, this.peaks[at - 1]!);
    };
    for (let frame = 0; frame < latencyFrames; frame++) limiter.next(peakAt(frame), ceiling);
    const scratch = stereoBlock(BLOCK_FRAMES);
    for (const { start, end } of blocksOf(this.frames)) {
      const block = sliceBlock(scratch, 0, end - start);
      let least = 1;
      for (let i = 0; i < block.left.length; i++) {
        const reduction = limiter.next(peakAt(start + i + latencyFrames), ceiling);
        if (reduction < least) least = reduction;
        block.left[i] = this.mix.left[start + i]! * gain * reduction;
        block.right[i] = this.mix.right[start + i]! * gain * reduction;
      }
      yield { start, end, block, reductionDb: -gainToDecibels(least) };
    }
  }
}
