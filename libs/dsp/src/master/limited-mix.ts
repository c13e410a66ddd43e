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
    // The peak of a frame lies LATENCY_FRAMES on, behind that of its predecessor.
    const peaksFrom = (frame: number, count: number): Float32Array => {
      const at = frame + TruePeakDetector.LATENCY_FRAMES;
      const peaks = new Float32Array(count + 1);
      peaks.set(this.peaks.subarray(at - 1, at + count));
      return peaks;
    };
    limiter.next(peaksFrom(0, latencyFrames), gain, ceiling);
    const scratch = stereoBlock(BLOCK_FRAMES);
    for (const { start, end } of blocksOf(this.frames)) {
      const block = sliceBlock(scratch, 0, end - start);
      const { gains, least } = limiter.next(peaksFrom(start + latencyFrames, end - start), gain, ceiling);
      scale(this.mix.left.subarray(start, end), gain, gains, block.left);
      scale(this.mix.right.subarray(start, end), gain, gains, block.right);
      yield { start, end, block, reductionDb: -gainToDecibels(least) };
    }
  }
}

function scale(samples: Float32Array, gain: number, gains: Float64Array, output: Float32Array): void {
  const frames = samples.length;
  for (let i = 0; i < frames; i++) output[i] = samples[i]! * gain * gains[i]!;
}
