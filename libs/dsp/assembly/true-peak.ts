import { INTERPOLATORS, MASTER_LEFT, MASTER_RIGHT, PEAK_TAPS, PEAKS } from '../src/kernel/master-layout';

const LEFT: usize = MASTER_LEFT;
const RIGHT: usize = MASTER_RIGHT;
/** Frames whose samples are looked at together before any is interpolated. */
const STRIDE: i32 = 16;
/** From a frame's place to the sample that its peak begins at. */
const AHEAD_BYTES: usize = (PEAK_TAPS / 2) << 2;

/**
 * Writes for each frame the highest absolute value, of both channels, on or after the frame half the taps earlier and before
 * its successor; keeps the last PEAK_TAPS frames for the next call. Frames behind the last, up to a multiple of STRIDE, are
 * written, too.
 * @param reach the most that an interpolated value can be above the highest sample of its window; where that stays below
 * `floor`, the sample's own value is taken
 * @returns the highest of `highest` and all peaks
 */
export function detect(frames: i32, reach: f32, floor: f32, highest: f32): f32 {
  for (let start = 0; start < frames; start += STRIDE) {
    const at = <usize>(start << 2);
    let most = f32x4.splat(0);
    for (let i: usize = 0; i < <usize>((STRIDE + PEAK_TAPS) << 2); i += 16)
      most = f32x4.max(
        most,
        f32x4.max(f32x4.abs(v128.load(at + i, MASTER_LEFT)), f32x4.abs(v128.load(at + i, MASTER_RIGHT))),
      );
    const isNear = largest(most) * reach > floor;
    for (let i: usize = 0; i < <usize>(STRIDE << 2); i += 16) {
      const left = isNear ? interpolated(LEFT + at + i) : f32x4.abs(v128.load(LEFT + at + i + AHEAD_BYTES));
      const right = isNear ? interpolated(RIGHT + at + i) : f32x4.abs(v128.load(RIGHT + at + i + AHEAD_BYTES));
      v128.store(at + i, f32x4.max(left, right), PEAKS + 4);
    }
  }
  const end = <usize>(frames << 2);
  for (let i: usize = 0; i < end; i += 4) highest = max(highest, load<f32>(i, PEAKS + 4));
  memory.copy(MASTER_LEFT, MASTER_LEFT + end, PEAK_TAPS << 2);
  memory.copy(MASTER_RIGHT, MASTER_RIGHT + end, PEAK_TAPS << 2);
  return highest;
}

/** Highest absolute values between the middle samples of four windows, the first of which begins behind an address. */
function interpolated(window: usize): v128 {
  let quarter = f32x4.splat(0);
  let half = f32x4.splat(0);
  let threeQuarters = f32x4.splat(0);
  for (let tap: usize = 0; tap < <usize>(PEAK_TAPS << 2); tap += 4) {
    const samples = v128.load(window + tap, 4);
    quarter = f32x4.add(quarter, f32x4.mul(samples, v128.load32_splat(tap, INTERPOLATORS)));
    half = f32x4.add(half, f32x4.mul(samples, v128.load32_splat(tap, INTERPOLATORS + 64)));
    threeQuarters = f32x4.add(threeQuarters, f32x4.mul(samples, v128.load32_splat(tap, INTERPOLATORS + 128)));
  }
  const here = f32x4.abs(v128.load(window + AHEAD_BYTES));
  return f32x4.max(f32x4.max(here, f32x4.abs(quarter)), f32x4.max(f32x4.abs(half), f32x4.abs(threeQuarters)));
}

function largest(a: v128): f32 {
  return max(
    max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
}
