import { INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT, REVERB_STATE } from '../src/kernel/strip-layout';
import { onePole, powers, REMNANT } from './one-pole';

/** Each of the eight lines is a ring of as many frames, longer than any line at any rate. */
const RING_BYTES: usize = 4096 << 2;
/** Rings lie a little further apart than they are long, so that they do not fall on the same places of a cache. */
const RING_STRIDE: usize = RING_BYTES + 192;
/** Rings of the pre-delay and the two diffusers. */
const INPUT_RING_BYTES: usize = 1024 << 2;
const INPUT_STRIDE: usize = INPUT_RING_BYTES + 192;
const LINES: usize = REVERB_STATE;
const INPUT_RINGS: usize = LINES + 8 * RING_STRIDE;
const PREDELAY: usize = INPUT_RINGS;
const FIRST: usize = INPUT_RINGS + 2 * INPUT_STRIDE;
const SECOND: usize = INPUT_RINGS + 4 * INPUT_STRIDE;
/** The four frames before of each low-pass: of the eight lines, then of the low cut of both channels. */
const LAST: usize = INPUT_RINGS + 6 * INPUT_STRIDE;
const LAST_LOW: usize = LAST + 8 * 16;
const END: usize = LAST_LOW + 2 * 16;

// Lengths of the lines in bytes of a ring, and their feedback gains.
let length0: usize = 0;
let length1: usize = 0;
let length2: usize = 0;
let length3: usize = 0;
let length4: usize = 0;
let length5: usize = 0;
let length6: usize = 0;
let length7: usize = 0;
let feedback0: f32 = 0;
let feedback1: f32 = 0;
let feedback2: f32 = 0;
let feedback3: f32 = 0;
let feedback4: f32 = 0;
let feedback5: f32 = 0;
let feedback6: f32 = 0;
let feedback7: f32 = 0;
// What the low-pass filters in the lines and of the low cut keep, to the powers of 1 to 4.
let damping: v128 = f32x4.splat(0);
let lowCut: v128 = f32x4.splat(0);
let dampingShare: f32 = 0;
let lowCutShare: f32 = 0;
let predelayBytes: usize = 0;
let firstBytes: usize = 0;
let secondBytes: usize = 0;
let firstGain: f32 = 0;
let secondGain: f32 = 0;
let returnGain: f32 = 0;
let position: usize = 0;

/**
 * Lengths of the eight lines, in frames, and their feedback gains are read from the input's first places, as f64.
 * @param dampingKept, lowCutKept what the one-pole filters keep of their state from frame to frame; then pre-delay, diffusers
 * and gain of what comes back
 */
export function startReverb(
  dampingKept: f64,
  lowCutKept: f64,
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
  feedback0 = lineGain(0);
  feedback1 = lineGain(1);
  feedback2 = lineGain(2);
  feedback3 = lineGain(3);
  feedback4 = lineGain(4);
  feedback5 = lineGain(5);
  feedback6 = lineGain(6);
  feedback7 = lineGain(7);
  damping = powers(dampingKept);
  dampingShare = <f32>(1 - dampingKept);
  lowCut = powers(lowCutKept);
  lowCutShare = <f32>(1 - lowCutKept);
  predelayBytes = predelay << 2;
  firstBytes = first << 2;
  firstGain = <f32>firstShare;
  secondBytes = second << 2;
  secondGain = <f32>secondShare;
  returnGain = <f32>gain;
}

function lineBytes(line: i32): usize {
  return (<usize>load<f64>(INPUT_LEFT + (line << 3))) << 2;
}

function lineGain(line: i32): f32 {
  return <f32>load<f64>(INPUT_LEFT + 64 + (line << 3));
}

/** Empties the reverb. */
export function clearReverb(): void {
  memory.fill(LINES, 0, END - LINES);
}

/**
 * Adds the effect of `send` times the input to the output; the loudest that it added. All delays are longer than four frames,
 * which are therefore worked on at a time, side by side in the lanes of each vector.
 */
export function reverb(frames: i32, send: f32): f32 {
  const mask = RING_BYTES - 1;
  const share = f32x4.splat(dampingShare);
  const kept = damping;
  let loudest = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>(frames << 2); i += 16) {
    const at = position;
    const left = enter(v128.load(i, INPUT_LEFT), send, 0);
    const right = enter(v128.load(i, INPUT_RIGHT), send, 1);
    const out0 = line(0, (at - length0) & mask, share, kept, feedback0);
    const out1 = line(1, (at - length1) & mask, share, kept, feedback1);
    const out2 = line(2, (at - length2) & mask, share, kept, feedback2);
    const out3 = line(3, (at - length3) & mask, share, kept, feedback3);
    const out4 = line(4, (at - length4) & mask, share, kept, feedback4);
    const out5 = line(5, (at - length5) & mask, share, kept, feedback5);
    const out6 = line(6, (at - length6) & mask, share, kept, feedback6);
    const out7 = line(7, (at - length7) & mask, share, kept, feedback7);
    // The Householder matrix: from each, a quarter of the sum of all eight.
    const sum = f32x4.add(
      f32x4.add(f32x4.add(out0, out1), f32x4.add(out2, out3)),
      f32x4.add(f32x4.add(out4, out5), f32x4.add(out6, out7)),
    );
    const quarter = f32x4.mul(sum, f32x4.splat(0.25));
    const changeLeft = f32x4.sub(left, quarter);
    const changeRight = f32x4.sub(right, quarter);
    put(LINES, RING_BYTES, at, f32x4.add(out0, changeLeft));
    put(LINES + RING_STRIDE, RING_BYTES, at, f32x4.add(out1, changeRight));
    put(LINES + 2 * RING_STRIDE, RING_BYTES, at, f32x4.add(out2, changeLeft));
    put(LINES + 3 * RING_STRIDE, RING_BYTES, at, f32x4.add(out3, changeRight));
    put(LINES + 4 * RING_STRIDE, RING_BYTES, at, f32x4.add(out4, changeLeft));
    put(LINES + 5 * RING_STRIDE, RING_BYTES, at, f32x4.add(out5, changeRight));
    put(LINES + 6 * RING_STRIDE, RING_BYTES, at, f32x4.add(out6, changeLeft));
    put(LINES + 7 * RING_STRIDE, RING_BYTES, at, f32x4.add(out7, changeRight));
    const gain = f32x4.splat(returnGain);
    const cross = f32x4.splat(returnGain * 0.4);
    const wetLeft = f32x4.add(
      f32x4.mul(f32x4.add(f32x4.sub(out0, out2), f32x4.sub(out4, out6)), gain),
      f32x4.mul(f32x4.sub(out1, out5), cross),
    );
    const wetRight = f32x4.add(
      f32x4.mul(f32x4.add(f32x4.sub(out1, out3), f32x4.sub(out5, out7)), gain),
      f32x4.mul(f32x4.sub(out2, out6), cross),
    );
    loudest = f32x4.max(loudest, f32x4.max(f32x4.abs(wetLeft), f32x4.abs(wetRight)));
    v128.store(i, f32x4.add(v128.load(i, OUTPUT_LEFT), wetLeft), OUTPUT_LEFT);
    v128.store(i, f32x4.add(v128.load(i, OUTPUT_RIGHT), wetRight), OUTPUT_RIGHT);
    position = (at + 16) & mask;
  }
  return max(
    max(f32x4.extract_lane(loudest, 0), f32x4.extract_lane(loudest, 1)),
    max(f32x4.extract_lane(loudest, 2), f32x4.extract_lane(loudest, 3)),
  );
}

/** Low cut, pre-delay and diffusion of a channel. */
function enter(input: v128, send: f32, channel: usize): v128 {
  const remnant = f32x4.splat(REMNANT);
  const x = f32x4.add(f32x4.mul(input, f32x4.splat(send)), remnant);
  const last = LAST_LOW + (channel << 4);
  const low = onePole(f32x4.mul(x, f32x4.splat(lowCutShare)), v128.load(last), lowCut);
  v128.store(last, low);
  const at = position & (INPUT_RING_BYTES - 1);
  const shift = channel * INPUT_STRIDE;
  put(PREDELAY + shift, INPUT_RING_BYTES, at, f32x4.add(f32x4.sub(x, low), remnant));
  const sent = diffuse(FIRST + shift, at, firstBytes, firstGain, behind(PREDELAY + shift, at, predelayBytes));
  return diffuse(SECOND + shift, at, secondBytes, secondGain, sent);
}

/** An all-pass of M. R. Schroeder: it smears without colour. */
function diffuse(ring: usize, at: usize, bytes: usize, gain: f32, input: v128): v128 {
  const share = f32x4.splat(gain);
  const delayed = behind(ring, at, bytes);
  const fed = f32x4.sub(input, f32x4.mul(share, delayed));
  put(ring, INPUT_RING_BYTES, at, fed);
  return f32x4.add(delayed, f32x4.mul(share, fed));
}

function behind(ring: usize, at: usize, bytes: usize): v128 {
  return v128.load(ring + ((at - bytes) & (INPUT_RING_BYTES - 1)));
}

/** What comes out of a line, damped and weakened. */
function line(index: usize, at: usize, share: v128, kept: v128, feedback: f32): v128 {
  const last = LAST + (index << 4);
  const tap = v128.load(LINES + index * RING_STRIDE + at);
  const damped = onePole(f32x4.mul(tap, share), v128.load(last), kept);
  v128.store(last, damped);
  return f32x4.mul(damped, f32x4.splat(feedback));
}

function put(ring: usize, bytes: usize, at: usize, values: v128): void {
  v128.store(ring + at, values);
  if (at === 0) v128.store(ring + bytes, values);
}
