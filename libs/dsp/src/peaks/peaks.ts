import { StereoBlock } from '../stereo-block';

/** A waveform overview: for each bucket the lowest and highest sample of both channels, -128 to 127. */
export interface Peaks {
  version: 1;
  sampleRate: number;
  /** Frames in a bucket; the last one may be shorter. */
  framesPerBucket: number;
  frames: number;
  /** Lowest and highest of each bucket in turn: min, max, min, max, ... */
  data: number[];
}

/** The overview has at most about this many buckets, enough for two per pixel of a wide screen. */
const MAX_BUCKETS = 4000;

/** Collects the overview of a signal that is fed in pieces. */
export class PeaksBuilder {
  private readonly framesPerBucket: number;
  private readonly lows: Float32Array;
  private readonly highs: Float32Array;
  private position = 0;

  constructor(
    private readonly sampleRate: number,
    private readonly frames: number,
  ) {
    this.framesPerBucket = Math.max(1, Math.ceil(frames / MAX_BUCKETS));
    const buckets = Math.ceil(frames / this.framesPerBucket);
    this.lows = new Float32Array(buckets).fill(Infinity);
    this.highs = new Float32Array(buckets).fill(-Infinity);
  }

  /** Takes the next frames. @throws RangeError where more come than were announced. */
  add(block: StereoBlock): void {
    if (this.position + block.left.length > this.frames)
      throw new RangeError(`more than the announced ${this.frames} frames`);
    for (let i = 0; i < block.left.length; i++) {
      const bucket = Math.floor(this.position++ / this.framesPerBucket);
      this.lows[bucket] = Math.min(this.lows[bucket]!, block.left[i]!, block.right[i]!);
      this.highs[bucket] = Math.max(this.highs[bucket]!, block.left[i]!, block.right[i]!);
    }
  }

  /** The overview of what was fed. */
  finish(): Peaks {
    const data: number[] = [];
    for (let bucket = 0; bucket < Math.ceil(this.position / this.framesPerBucket); bucket++)
      data.push(toByte(this.lows[bucket]!), toByte(this.highs[bucket]!));
    return {
      version: 1,
      sampleRate: this.sampleRate,
      framesPerBucket: this.framesPerBucket,
      frames: this.frames,
      data,
    };
  }
}

function toByte(sample: number): number {
  return Math.max(-128, Math.min(127, Math.round(sample * 127)));
}
