import { MASTER_LEFT, MASTER_RIGHT, PEAK_TAPS, SECTIONS } from '../src/kernel/master-layout';

/** A filter whose state is smaller is put to rest: subnormal arithmetic is slow. */
const RESTING: f64 = 1e-20;

// States of the two sections, left and right side by side.
let first1: v128 = f64x2.splat(0);
let first2: v128 = f64x2.splat(0);
let second1: v128 = f64x2.splat(0);
let second2: v128 = f64x2.splat(0);

/** Puts frames `from` to `to` through two second-order sections (transposed direct form II); `sum` and the squares of both channels. */
export function weigh(from: i32, to: i32, sum: f64): f64 {
  const b0 = v128.load64_splat(SECTIONS);
  const b1 = v128.load64_splat(SECTIONS + 8);
  const b2 = v128.load64_splat(SECTIONS + 16);
  const a1 = v128.load64_splat(SECTIONS + 24);
  const a2 = v128.load64_splat(SECTIONS + 32);
  const d0 = v128.load64_splat(SECTIONS + 40);
  const d1 = v128.load64_splat(SECTIONS + 48);
  const d2 = v128.load64_splat(SECTIONS + 56);
  const c1 = v128.load64_splat(SECTIONS + 64);
  const c2 = v128.load64_splat(SECTIONS + 72);
  let s1 = first1;
  let s2 = first2;
  let t1 = second1;
  let t2 = second2;
  for (let i = <usize>((from + PEAK_TAPS) << 2); i < <usize>((to + PEAK_TAPS) << 2); i += 4) {
    const x = f64x2(<f64>load<f32>(i, MASTER_LEFT), <f64>load<f32>(i, MASTER_RIGHT));
    const y = f64x2.add(f64x2.mul(b0, x), s1);
    s1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), s2);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(d0, y), t1);
    t1 = f64x2.add(f64x2.sub(f64x2.mul(d1, y), f64x2.mul(c1, z)), t2);
    t2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(c2, z));
    const squares = f64x2.mul(z, z);
    sum += f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  }
  first1 = rested(s1);
  first2 = rested(s2);
  second1 = rested(t1);
  second2 = rested(t2);
  return sum;
}

function rested(state: v128): v128 {
  return v128.and(state, f64x2.ge(f64x2.abs(state), f64x2.splat(RESTING)));
}
