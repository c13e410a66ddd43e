// The signal path of a voice: a step of its sample through the interpolator into a buffer, through the filter there, and on
// to the channels. One loop for all of them needs more registers than there are, and is slower (measured).

import {
  FILTERED,
  FILTER_COEFFICIENTS,
  FILTER_STATE,
  INCREMENT,
  LEVEL_LEFT,
  LEVEL_RIGHT,
  LIMIT,
  POSITION,
  SAMPLE,
  STEP_FRAMES,
  TABLE_ADDRESS,
  WRAP,
} from '../src/kernel/voice-layout';
import { PHASE_BITS, ROW_BITS } from './interpolation';
import { get } from './voice';

/** From a place in 2^-32 frames to the offset of its row in the table. */
const ROW_SHIFT = 32 - PHASE_BITS - ROW_BITS;
const ROW_MASK: usize = ((1 << PHASE_BITS) - 1) << ROW_BITS;
/** A filter whose state is quieter is put to rest: what dies away must not become subnormal numbers, which are slow. */
const RESTING: f32 = 1e-15;

/** A step of one voice before its gain: STEP_FRAMES of f32. */
let buffer: usize = 0;

/** Sets the address of 256 bytes of work space, which 16 must divide. */
export function setBuffer(address: usize): void {
  buffer = address;
}

/**
 * Adds a step of a voice to two channels.
 * @param skip frames of the step before the voice begins
 * @param toLeft, toRight gains at the end of the step, to which those of the last step's end move evenly
 * @param startsFilter whether the voice has sounded without a filter before
 * @returns 1 where the sample has come to its end
 */
export function play(
  voice: usize,
  left: usize,
  right: usize,
  skip: i32,
  toLeft: f64,
  toRight: f64,
  startsFilter: bool,
): i32 {
  const ended = resample(voice, skip);
  if (get(voice, FILTERED) !== 0) filter(voice, skip & ~3, startsFilter);
  mix(left, skip, get(voice, LEVEL_LEFT), toLeft);
  mix(right, skip, get(voice, LEVEL_RIGHT), toRight);
  return ended;
}

/** Fills the buffer from `skip` on, with zeros up to there in its group of four; 1 where the sample has come to its end. */
function resample(voice: usize, skip: i32): i32 {
  const sample = <usize>get(voice, SAMPLE) - 12;
  const increment = load<u64>(voice + (INCREMENT << 3));
  const limit = (<u64>get(voice, LIMIT)) << 32;
  let position = load<u64>(voice + (POSITION << 3));
  if (skip === 0 && position + increment * (STEP_FRAMES - 1) < limit) {
    const two = increment * 2;
    const three = increment * 3;
    const four = increment * 4;
    const end = buffer + STEP_FRAMES * 4;
    for (let out = buffer; out < end; out += 16) {
      const a = taps(sample, position);
      const b = taps(sample, position + increment);
      const c = taps(sample, position + two);
      const d = taps(sample, position + three);
      v128.store(out, sums(a, b, c, d));
      position += four;
    }
    return moveTo(voice, position, limit);
  }
  // The end of the sample or loop is met on the way: frames are taken one by one.
  let ended = 0;
  v128.store(buffer + ((skip & ~3) << 2), f32x4.splat(0));
  for (let i = skip; i < STEP_FRAMES; i++) {
    store<f32>(buffer + (i << 2), sum(taps(sample, position)));
    ended |= moveTo(voice, position + increment, limit);
    position = load<u64>(voice + (POSITION << 3));
  }
  return ended;
}

/** Puts a voice at a place of its sample, or behind its loop's end where that is passed; 1 where the sample ends there instead. */
function moveTo(voice: usize, place: u64, limit: u64): i32 {
  let position = place;
  let ended = 0;
  if (position >= limit) {
    const wrap = (<u64>get(voice, WRAP)) << 32;
    if (wrap === 0) {
      ended = 1;
      position = limit;
    } else position -= wrap;
  }
  store<u64>(voice + (POSITION << 3), position);
  return ended;
}

/** The products of 8 samples around a position with the taps for its place between them, in four partial sums. */
function taps(sample: usize, position: u64): v128 {
  const at = sample + ((<usize>(position >> 30)) & ~3);
  const row = (<usize>(position >> ROW_SHIFT)) & ROW_MASK;
  return f32x4.add(
    f32x4.mul(v128.load(at), v128.load(row, TABLE_ADDRESS)),
    f32x4.mul(v128.load(at, 16), v128.load(row, TABLE_ADDRESS + 16)),
  );
}

function sum(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) + (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3));
}

/** The sums of four, each as `sum` has it. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Puts the buffer through the filter, four frames at a time: see setFilter. */
function filter(voice: usize, from: i32, starts: bool): void {
  const coefficients = voice + (FILTER_COEFFICIENTS << 3);
  const nothing = f32x4.splat(0);
  const y0 = v128.load(coefficients);
  const y1 = v128.shuffle<f32>(nothing, y0, 0, 4, 5, 6);
  const y2 = v128.shuffle<f32>(nothing, y0, 0, 1, 4, 5);
  const y3 = v128.shuffle<f32>(nothing, y0, 0, 1, 2, 4);
  const ya = v128.load(coefficients, 16);
  const yb = v128.load(coefficients, 32);
  const s0 = v128.load(coefficients, 48);
  const s1 = v128.load(coefficients, 64);
  const s2 = v128.load(coefficients, 80);
  const s3 = v128.load(coefficients, 96);
  const sa = v128.load(coefficients, 112);
  const sb = v128.load(coefficients, 128);
  // A filter that a playing voice gets begins where the sound is.
  let state = starts ? f32x4(0, load<f32>(buffer), 0, 0) : v128.load(voice + (FILTER_STATE << 3));
  const end = buffer + STEP_FRAMES * 4;
  for (let at = buffer + (from << 2); at < end; at += 16) {
    const x = v128.load(at);
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    const a = v128.shuffle<f32>(state, state, 0, 0, 0, 0);
    const b = v128.shuffle<f32>(state, state, 1, 1, 1, 1);
    const fed = f32x4.add(
      f32x4.add(f32x4.mul(s0, x0), f32x4.mul(s1, x1)),
      f32x4.add(f32x4.mul(s2, x2), f32x4.mul(s3, x3)),
    );
    const driven = f32x4.add(
      f32x4.add(f32x4.mul(y0, x0), f32x4.mul(y1, x1)),
      f32x4.add(f32x4.mul(y2, x2), f32x4.mul(y3, x3)),
    );
    state = f32x4.add(f32x4.add(fed, f32x4.mul(sa, a)), f32x4.mul(sb, b));
    v128.store(at, f32x4.add(f32x4.add(driven, f32x4.mul(ya, a)), f32x4.mul(yb, b)));
  }
  const loudest = max(abs(f32x4.extract_lane(state, 0)), abs(f32x4.extract_lane(state, 1)));
  v128.store(voice + (FILTER_STATE << 3), loudest < RESTING ? nothing : state);
}

/** Adds the buffer from `skip` on to a channel, at a gain that moves evenly from one level to another. */
function mix(output: usize, skip: i32, from: f64, to: f64): void {
  if (from === 0 && to === 0) return;
  const slope = (to - from) / <f64>(STEP_FRAMES - skip);
  // What lies before `skip` in its group of four is silent.
  const first = from + slope * <f64>((skip & ~3) + 1 - skip);
  let gain = f32x4(<f32>first, <f32>(first + slope), <f32>(first + 2 * slope), <f32>(first + 3 * slope));
  const change = f32x4.splat(<f32>(4 * slope));
  for (let offset = <usize>((skip & ~3) << 2); offset < <usize>(STEP_FRAMES * 4); offset += 16) {
    const place = output + offset;
    v128.store(place, f32x4.add(v128.load(place), f32x4.mul(v128.load(buffer + offset), gain)));
    gain = f32x4.add(gain, change);
  }
}
