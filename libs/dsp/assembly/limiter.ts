import { AVERAGED, CANDIDATE_FRAMES, CANDIDATES, GAINS, LIMITER_RING, PEAKS } from '../src/kernel/master-layout';

/** Gains are averaged in steps of 2^-40, so that adding and taking away leaves no rounding behind. */
const STEPS: f64 = 1099511627776;

let window: i32 = 1;
let release: f64 = 0;
let head: i32 = 0;
let count: i32 = 0;
let sum: f64 = 0;
let frame: i32 = 0;
let slot: i32 = 0;
let envelope: f64 = 1;

/** @param windowFrames the look-ahead, LIMITER_RING - 1 at most; the share by which the gain comes back in a frame */
export function startLimiter(windowFrames: i32, releaseShare: f64): void {
  window = windowFrames;
  release = releaseShare;
  sum = <f64>windowFrames * STEPS;
  for (let i = 0; i < windowFrames; i++) store<f64>(AVERAGED + (i << 3), STEPS);
}

/**
 * Gains for the next frames, `window` - 1 frames late: the least that is needed within the look-ahead, released
 * exponentially, then averaged over the look-ahead.
 * @param scale what the peaks are multiplied by
 * @returns the least of them
 */
export function gains(frames: i32, scale: f64, ceiling: f64): f64 {
  let lowest: f64 = 1;
  for (let i = 0; i < frames; i++) {
    // A frame also carries the peak between its predecessor and itself.
    const peak = scale * <f64>max(load<f32>(PEAKS + (i << 2)), load<f32>(PEAKS + (i << 2), 4));
    const least = runningMinimum(peak > ceiling ? ceiling / peak : 1);
    envelope = least < envelope ? least : envelope + (least - envelope) * release;
    const stepped = floor(envelope * STEPS);
    const place = AVERAGED + (slot << 3);
    sum += stepped - load<f64>(place);
    store<f64>(place, stepped);
    if (++slot === window) slot = 0;
    frame++;
    const gain = sum / (<f64>window * STEPS);
    store<f64>(GAINS + (i << 3), gain);
    lowest = min(lowest, gain);
  }
  return lowest;
}

/** The least of the last `window` values: candidates are kept in a ring, ascending, each with the frame it came from. */
function runningMinimum(gain: f64): f64 {
  while (count > 0 && load<f64>(CANDIDATES + (place(count - 1) << 3)) >= gain) count--;
  const tail = place(count++) << 3;
  store<f64>(CANDIDATES + tail, gain);
  store<i32>(CANDIDATE_FRAMES + tail, frame);
  if (load<i32>(CANDIDATE_FRAMES + (head << 3)) <= frame - window) {
    head = place(1);
    count--;
  }
  return load<f64>(CANDIDATES + (head << 3));
}

function place(index: i32): i32 {
  return (head + index) & (LIMITER_RING - 1);
}
