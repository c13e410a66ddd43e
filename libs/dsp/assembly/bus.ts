import { MASTER_FRAMES, MASTER_LEFT, MASTER_RIGHT, PEAK_TAPS, SUMS } from '../src/kernel/master-layout';

/** Steps of a stem's samples to full scale. */
const SCALE: f32 = 8388608;

/** Adds the input, which is in whole steps of 24 bits, to the sums of both channels. */
export function addSteps(frames: i32): void {
  addChannel(frames, MASTER_LEFT + (PEAK_TAPS << 2), SUMS);
  addChannel(frames, MASTER_RIGHT + (PEAK_TAPS << 2), SUMS + (MASTER_FRAMES << 2));
}

function addChannel(frames: i32, input: usize, sums: usize): void {
  const scale = f32x4.splat(SCALE);
  for (let i: usize = 0; i < <usize>(frames << 2); i += 16) {
    const steps = i32x4.trunc_sat_f32x4_s(f32x4.mul(v128.load(input + i), scale));
    v128.store(sums + i, i32x4.add(v128.load(sums + i), steps));
  }
}
