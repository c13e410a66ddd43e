import { EFFECT_STATE, INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/effect-layout';

/** Each of the eight lines is a ring of as many frames, longer than any line at any rate. */
const RING_FRAMES: i32 = 4096;
/** The rings lie a little further apart than they are long, so that they do not fall on the same places of a cache. */
const RING_BYTES: usize = 16384 + 192;
const RINGS: usize = EFFECT_STATE;
/** Rings of the pre-delay and the two diffusers, two channels of f64 beside each other. */
const INPUT_RING_FRAMES: i32 = 1024;
const INPUT_RING_BYTES: usize = 16384;
const PREDELAY: usize = RINGS + 8 * RING_BYTES;
const FIRST: usize = PREDELAY + INPUT_RING_BYTES;
const SECOND: usize = FIRST + INPUT_RING_BYTES;

// Lengths of the lines in bytes of a ring.
let length0: i32 = 0;
let length1: i32 = 0;
let length2: i32 = 0;
let length3: i32 = 0;
let length4: i32 = 0;
let length5: i32 = 0;
let length6: i32 = 0;
let length7: i32 = 0;
// Feedback gains, and the states of the low-pass filters in the lines, of lines 0 to 3 and 4 to 7.
let feedbackA: v128 = f32x4.splat(0);
let feedbackB: v128 = f32x4.splat(0);
let dampedA: v128 = f32x4.splat(0);
let dampedB: v128 = f32x4.splat(0);
let damping: f32 = 0;
let lowCut: f64 = 0;
let low: v128 = f64x2.splat(0);
let predelayFrames: i32 = 0;
let firstFrames: i32 = 0;
let secondFrames: i32 = 0;
let firstGain: f64 = 0;
let secondGain: f64 = 0;
let returnGain: f32 = 0;
let position: i32 = 0;

/**
 * Lengths of the eight lines, in frames, and their feedback gains are read from the input's first places, as f64.
 * @param dampingShare, lowCutShare of the one-pole filters; then pre-delay, diffusers and gain of what comes back
 */
export function startReverb(
  dampingShare: f64,
  lowCutShare: f64,
  predelay: i32,
  first: i32,
  firstShare: f64,
  second: i32,
  secondShare: f64,
  gain: f64,
): void {
  length0 = lineBytes(0);
  length1 = lineBytes(1);
  length2 = lineBytes(2);
  length3 = lineBytes(3);
  length4 = lineBytes(4);
  length5 = lineBytes(5);
  length6 = lineBytes(6);
  length7 = lineBytes(7);
  feedbackA = f32x4(lineGain(0), lineGain(1), lineGain(2), lineGain(3));
  feedbackB = f32x4(lineGain(4), lineGain(5), lineGain(6), lineGain(7));
  damping = <f32>dampingShare;
  lowCut = lowCutShare;
  predelayFrames = predelay;
  firstFrames = first;
  firstGain = firstShare;
  secondFrames = second;
  secondGain = secondShare;
  returnGain = <f32>gain;
}

function lineBytes(line: i32): i32 {
  return (<i32>load<f64>(INPUT_LEFT + (line << 3))) << 2;
}

function lineGain(line: i32): f32 {
  return <f32>load<f64>(INPUT_LEFT + 64 + (line << 3));
}

/** Adds the effect of `send` times the input to the output; the loudest that it added. */
export function reverb(frames: i32, send: f32): f32 {
  const mask = (RING_FRAMES << 2) - 1;
  const damp = f32x4.splat(damping);
  const sendGain = f64x2.splat(<f64>send);
  const cut = f64x2.splat(lowCut);
  let loudest = f32x4.splat(0);
  let lowState = low;
  let a = dampedA;
  let b = dampedB;
  for (let i = 0; i < frames; i++) {
    const at = position << 2;
    // Low cut, pre-delay and diffusion of both channels at once.
    const input = f64x2.mul(
      f64x2(<f64>load<f32>(INPUT_LEFT + (i << 2)), <f64>load<f32>(INPUT_RIGHT + (i << 2))),
      sendGain,
    );
    lowState = f64x2.add(lowState, f64x2.mul(f64x2.sub(input, lowState), cut));
    store<v128>(ring(PREDELAY, 0), f64x2.sub(input, lowState));
    let sent = diffuse(FIRST, firstFrames, firstGain, load<v128>(ring(PREDELAY, predelayFrames)));
    sent = diffuse(SECOND, secondFrames, secondGain, sent);
    const sentLeft = <f32>f64x2.extract_lane(sent, 0);
    const sentRight = <f32>f64x2.extract_lane(sent, 1);
    const fed = f32x4(sentLeft, sentRight, sentLeft, sentRight);

    let tapsA = v128.load32_zero(RINGS + ((at - length0) & mask));
    tapsA = v128.load32_lane(RINGS + RING_BYTES + ((at - length1) & mask), tapsA, 1);
    tapsA = v128.load32_lane(RINGS + 2 * RING_BYTES + ((at - length2) & mask), tapsA, 2);
    tapsA = v128.load32_lane(RINGS + 3 * RING_BYTES + ((at - length3) & mask), tapsA, 3);
    let tapsB = v128.load32_zero(RINGS + 4 * RING_BYTES + ((at - length4) & mask));
    tapsB = v128.load32_lane(RINGS + 5 * RING_BYTES + ((at - length5) & mask), tapsB, 1);
    tapsB = v128.load32_lane(RINGS + 6 * RING_BYTES + ((at - length6) & mask), tapsB, 2);
    tapsB = v128.load32_lane(RINGS + 7 * RING_BYTES + ((at - length7) & mask), tapsB, 3);
    a = f32x4.add(tapsA, f32x4.mul(f32x4.sub(a, tapsA), damp));
    b = f32x4.add(tapsB, f32x4.mul(f32x4.sub(b, tapsB), damp));
    const outA = f32x4.mul(a, feedbackA);
    const outB = f32x4.mul(b, feedbackB);
    // The Householder matrix: from each, a quarter of the sum of all eight.
    let sum = f32x4.add(outA, outB);
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 1, 0, 3, 2));
    const change = f32x4.sub(fed, f32x4.mul(sum, f32x4.splat(0.25)));
    const nextA = f32x4.add(outA, change);
    const nextB = f32x4.add(outB, change);
    v128.store32_lane(RINGS + at, nextA, 0);
    v128.store32_lane(RINGS + RING_BYTES + at, nextA, 1);
    v128.store32_lane(RINGS + 2 * RING_BYTES + at, nextA, 2);
    v128.store32_lane(RINGS + 3 * RING_BYTES + at, nextA, 3);
    v128.store32_lane(RINGS + 4 * RING_BYTES + at, nextB, 0);
    v128.store32_lane(RINGS + 5 * RING_BYTES + at, nextB, 1);
    v128.store32_lane(RINGS + 6 * RING_BYTES + at, nextB, 2);
    v128.store32_lane(RINGS + 7 * RING_BYTES + at, nextB, 3);

    // Left: 0 - 2 + 4 - 6 + 0.4 (1 - 5); right: 1 - 3 + 5 - 7 + 0.4 (2 - 6).
    const l = f32x4.add(f32x4.mul(outA, f32x4(1, 0.4, -1, 0)), f32x4.mul(outB, f32x4(1, -0.4, -1, 0)));
    const r = f32x4.add(f32x4.mul(outA, f32x4(0, 1, 0.4, -1)), f32x4.mul(outB, f32x4(0, 1, -0.4, -1)));
    let wet = f32x4.add(v128.shuffle<f32>(l, r, 0, 4, 1, 5), v128.shuffle<f32>(l, r, 2, 6, 3, 7));
    wet = f32x4.mul(f32x4.add(wet, v128.shuffle<f32>(wet, wet, 2, 3, 0, 1)), f32x4.splat(returnGain));
    loudest = f32x4.max(loudest, f32x4.abs(wet));
    const left = OUTPUT_LEFT + (i << 2);
    const right = OUTPUT_RIGHT + (i << 2);
    store<f32>(left, load<f32>(left) + f32x4.extract_lane(wet, 0));
    store<f32>(right, load<f32>(right) + f32x4.extract_lane(wet, 1));
    position = (position + 1) & (RING_FRAMES - 1);
  }
  low = lowState;
  dampedA = a;
  dampedB = b;
  return max(f32x4.extract_lane(loudest, 0), f32x4.extract_lane(loudest, 1));
}

/** The place in a ring of the input stage, so many frames back. */
function ring(start: usize, back: i32): usize {
  return start + (((position - back) & (INPUT_RING_FRAMES - 1)) << 4);
}

/** An all-pass of M. R. Schroeder: it smears without colour. */
function diffuse(start: usize, frames: i32, gain: f64, input: v128): v128 {
  const delayed = load<v128>(ring(start, frames));
  const share = f64x2.splat(gain);
  const fed = f64x2.sub(input, f64x2.mul(share, delayed));
  store<v128>(ring(start, 0), fed);
  return f64x2.add(delayed, f64x2.mul(share, fed));
}
