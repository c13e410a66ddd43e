import { DELAY_STATE, INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/strip-layout';
import { onePole, powers, REMNANT } from './one-pole';

/** Longer than any delay at any rate. */
const RING_BYTES: usize = 65536 << 2;
const LEFT: usize = DELAY_STATE;
const RIGHT: usize = LEFT + RING_BYTES + 64;

let lengthBytes: usize = 0;
let feedback: f32 = 0;
let returnGain: f32 = 0;
let keep: f64 = 0;
let position: usize = 0;
let dampedLeft: v128 = f32x4.splat(0);
let dampedRight: v128 = f32x4.splat(0);

/** @param frames of the delay, at least 4; feedback and gain of what comes back; what the one-pole low-pass in the loop keeps, 0 to 1 */
export function startDelay(frames: i32, feedbackGain: f64, gain: f64, kept: f64): void {
  lengthBytes = frames << 2;
  feedback = <f32>feedbackGain;
  returnGain = <f32>gain;
  keep = kept;
}

/** Empties the delay. */
export function clearDelay(): void {
  memory.fill(LEFT, 0, RING_BYTES * 2 + 128);
  dampedLeft = dampedRight = f32x4.splat(0);
}

/** Adds the effect of `send` times the input to the output; the loudest that it added. */
export function delay(frames: i32, send: f32): f32 {
  const mask = RING_BYTES - 1;
  const sends = f32x4.splat(send * 0.5);
  const back = f32x4.splat(feedback);
  const gainLeft = f32x4.splat(returnGain);
  const gainRight = f32x4.splat(returnGain * feedback);
  const smoothing = f32x4.splat(<f32>(1 - keep));
  const kept = powers(keep);
  const remnant = f32x4.splat(REMNANT);
  let loudest = f32x4.splat(0);
  let left = dampedLeft;
  let right = dampedRight;
  for (let i: usize = 0; i < <usize>(frames << 2); i += 16) {
    const behind = (position - lengthBytes) & mask;
    left = onePole(f32x4.mul(v128.load(behind, LEFT), smoothing), left, kept);
    right = onePole(f32x4.mul(v128.load(behind, RIGHT), smoothing), right, kept);
    const sent = f32x4.add(f32x4.mul(sends, f32x4.add(v128.load(i, INPUT_LEFT), v128.load(i, INPUT_RIGHT))), remnant);
    // The sum enters on the left; what comes out there goes on to the right, and back again.
    const entering = f32x4.add(sent, f32x4.mul(back, right));
    v128.store(position, entering, LEFT);
    v128.store(position, left, RIGHT);
    if (position === 0) {
      v128.store(LEFT + RING_BYTES, entering);
      v128.store(RIGHT + RING_BYTES, left);
    }
    loudest = f32x4.max(loudest, f32x4.max(f32x4.abs(left), f32x4.abs(right)));
    v128.store(i, f32x4.add(v128.load(i, OUTPUT_LEFT), f32x4.mul(gainLeft, left)), OUTPUT_LEFT);
    v128.store(i, f32x4.add(v128.load(i, OUTPUT_RIGHT), f32x4.mul(gainRight, right)), OUTPUT_RIGHT);
    position = (position + 16) & mask;
  }
  dampedLeft = left;
  dampedRight = right;
  return max(
    max(f32x4.extract_lane(loudest, 0), f32x4.extract_lane(loudest, 1)),
    max(f32x4.extract_lane(loudest, 2), f32x4.extract_lane(loudest, 3)),
  );
}
