/** Where a voice wraps or ends in a sound, in frames. */
export interface SoundLayout {
  limit: number;
  /** 0 where it ends instead. */
  wrap: number;
}

/** Loops are kept at least as long, several rounds one after another: a voice then never passes one in a step. */
const SHORTEST_WRAP = 512;
/** Taps of the interpolator before and behind the frame that it is at. */
const TAPS_BEFORE = 3;
const TAPS_BEHIND = 4;

/** The loop of a sound of that length, within it and the right way round; undefined where it has none. */
export function loopWithin(
  loopStart: number,
  loopEnd: number,
  frames: number,
): { start: number; end: number } | undefined {
  const within = (frame: number): number => Math.max(0, Math.min(frames, frame));
  const start = within(Math.min(loopStart, loopEnd));
  const end = within(Math.max(loopStart, loopEnd));
  return end > start ? { start, end } : undefined;
}

/** Where a voice wraps that plays a loop laid out by `layLoop`: as soon as all its taps are in the copy of the loop's beginning. */
export function loopLayout(loop: { start: number; end: number }): SoundLayout {
  const length = loop.end - loop.start;
  const wrap = Math.ceil(SHORTEST_WRAP / length) * length;
  return { limit: loop.start + wrap + TAPS_BEFORE, wrap };
}

/** The frames to the end of the loop, then the loop over and over, as far as a voice's taps reach. */
export function layLoop(frames: Float32Array, loop: { start: number; end: number }): Float32Array {
  const { limit } = loopLayout(loop);
  const laid = new Float32Array(Math.max(loop.end, limit + TAPS_BEHIND + 1));
  laid.set(frames.subarray(0, loop.end));
  const length = loop.end - loop.start;
  for (let i = loop.end; i < laid.length; i++) laid[i] = laid[i - length]!;
  return laid;
}
