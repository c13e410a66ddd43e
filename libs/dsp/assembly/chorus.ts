import { CHORUS_STATE, INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/strip-layout';
import { sinPi } from './mathematics';

/** The oscillator is looked at every so many frames, and moves evenly in between. */
const GRID: i32 = 64;
/** Longer than any delay at any rate. */
const RING_FRAMES: i32 = 1024;
const LEFT: usize = CHORUS_STATE;
const RIGHT: usize = CHORUS_STATE + (RING_FRAMES << 2) + 64;
/** Delays are counted in 2^-20 frames. */
const FRACTION_BITS: i32 = 20;
const FRACTION: f64 = 1048576;

let centre: f64 = 0;
let depth: f64 = 0;
let turnsPerFrame: f64 = 0;
let returnGain: f32 = 0;
let frame: i32 = 0;

/** @param centreFrames, depthFrames the delay and how far it swings; turns of the oscillator per frame; gain of what comes back */
export function startChorus(centreFrames: f64, depthFrames: f64, turns: f64, gain: f64): void {
  centre = centreFrames;
  depth = depthFrames;
  turnsPerFrame = turns;
  returnGain = <f32>gain;
}

/** Lets silence pass through an empty ring: only the oscillator moves. */
export function restChorus(frames: i32): void {
  frame += frames;
}

/** Adds the effect of `send` times the input to the output. */
export function chorus(frames: i32, send: f32): void {
  const sends = f32x4.splat(send);
  const gain = f32x4.splat(returnGain);
  for (let done = 0; done < frames;) {
    const count = min(frames - done, GRID - (frame & (GRID - 1)));
    const first = frame & ~(GRID - 1);
    const left = swing(first, 0, 1);
    const right = swing(first, 0.25, -1);
    const stepLeft = (swing(first + GRID, 0, 1) - left) / GRID;
    const stepRight = (swing(first + GRID, 0.25, -1) - right) / GRID;
    let delayLeft = ramp(left + (frame - first) * stepLeft, stepLeft);
    let delayRight = ramp(right + (frame - first) * stepRight, stepRight);
    for (let i = done; i < done + count; i += 4) {
      const at = <usize>(i << 2);
      const position = frame + (i - done);
      put(LEFT, position, f32x4.mul(v128.load(at, INPUT_LEFT), sends));
      put(RIGHT, position, f32x4.mul(v128.load(at, INPUT_RIGHT), sends));
      v128.store(
        at,
        f32x4.add(v128.load(at, OUTPUT_LEFT), f32x4.mul(gain, read(LEFT, position, delayLeft))),
        OUTPUT_LEFT,
      );
      v128.store(
        at,
        f32x4.add(v128.load(at, OUTPUT_RIGHT), f32x4.mul(gain, read(RIGHT, position, delayRight))),
        OUTPUT_RIGHT,
      );
      delayLeft = i32x4.add(delayLeft, i32x4.splat(stepLeft << 2));
      delayRight = i32x4.add(delayRight, i32x4.splat(stepRight << 2));
    }
    done += count;
    frame += count;
  }
}

/** The delay at a frame, `phase` turns on, in 2^-20 frames. */
function swing(at: i32, phase: f64, sign: f64): i32 {
  return <i32>floor((centre + depth * sign * sine(<f64>at * turnsPerFrame + phase)) * FRACTION + 0.5);
}

function ramp(first: i32, step: i32): v128 {
  return i32x4(first, first + step, first + 2 * step, first + 3 * step);
}

function put(ring: usize, position: i32, values: v128): void {
  const place = position & (RING_FRAMES - 1);
  v128.store(ring + (place << 2), values);
  if (place === 0) v128.store(ring + (RING_FRAMES << 2), values);
}

/** Four samples, each so far behind its position, between two in the ring by a straight line. */
function read(ring: usize, position: i32, delay: v128): v128 {
  const place = i32x4.add(i32x4.splat(position & (RING_FRAMES - 1)), i32x4(0, 1, 2, 3));
  const at = i32x4.sub(i32x4.shl(place, FRACTION_BITS), delay);
  const fraction = f32x4.mul(
    f32x4.convert_i32x4_s(v128.and(at, i32x4.splat((1 << FRACTION_BITS) - 1))),
    f32x4.splat(<f32>(1 / FRACTION)),
  );
  const offset = v128.and(i32x4.shr_s(at, FRACTION_BITS - 2), i32x4.splat((RING_FRAMES - 1) << 2));
  let first = v128.load64_zero(ring + i32x4.extract_lane(offset, 0));
  first = v128.load64_lane(ring + i32x4.extract_lane(offset, 1), first, 1);
  let second = v128.load64_zero(ring + i32x4.extract_lane(offset, 2));
  second = v128.load64_lane(ring + i32x4.extract_lane(offset, 3), second, 1);
  const here = v128.shuffle<f32>(first, second, 0, 2, 4, 6);
  const next = v128.shuffle<f32>(first, second, 1, 3, 5, 7);
  return f32x4.add(here, f32x4.mul(fraction, f32x4.sub(next, here)));
}

/** sin of a number of turns. */
function sine(turns: f64): f64 {
  const halves = 2 * turns;
  const whole = floor(halves + 0.5);
  return sinPi(halves - whole) * (((<i64>whole) & 1) !== 0 ? -1.0 : 1.0);
}
