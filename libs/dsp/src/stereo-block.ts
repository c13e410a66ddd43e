/** Two channels of equal length; 1.0 is full scale. */
export interface StereoBlock {
  left: Float32Array;
  right: Float32Array;
}

/** How many frames (pairs of samples) are worked on at a time, throughout: 8192 is 186 ms at 44.1 kHz and a few milliseconds of work. */
export const BLOCK_FRAMES = 8192;

/** The sample rates in Hz that can be rendered. */
export const SAMPLE_RATES = [44_100, 48_000] as const;
export type SampleRate = (typeof SAMPLE_RATES)[number];

/** A silent block. */
export function stereoBlock(frames: number): StereoBlock {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** Frames `start` to `end` of a block, sharing its memory. */
export function sliceBlock(block: StereoBlock, start: number, end: number): StereoBlock {
  return { left: block.left.subarray(start, end), right: block.right.subarray(start, end) };
}

/** Walks `frames` in blocks of BLOCK_FRAMES: first frame and end of each. */
export function* blocksOf(frames: number): Generator<{ start: number; end: number }> {
  for (let start = 0; start < frames; start += BLOCK_FRAMES)
    yield { start, end: Math.min(frames, start + BLOCK_FRAMES) };
}
