// The table of the interpolator: 8 taps of a windowed sinc for each of 8192 places between two samples. The nearest place is
// taken: with so many its error is below that of the taps themselves wherever those are worse than -110 dB.

import { TABLE_ADDRESS } from '../src/kernel/voice-layout';
import { sinPi } from './mathematics';

export const PHASE_BITS = 13;
const PHASES = 1 << PHASE_BITS;
const TAPS = 8;
/** A row is 32 bytes. */
export const ROW_BITS = 5;

/** The window of J. F. Kaiser with this parameter trades ripple for width best here (measured; see the test of the ratios). */
const BETA: f64 = 7;
/** The taps keep a cubic as it is: what is slow against the sampling rate passes without error. */
const MOMENTS = 4;

function get(array: usize, index: i32): f64 {
  return load<f64>(array + ((<usize>index) << 3));
}

function set(array: usize, index: i32, value: f64): void {
  store<f64>(array + ((<usize>index) << 3), value);
}

/** Modified Bessel function of order zero, by its power series. */
function bessel0(x: f64): f64 {
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let k = 1; k < 32; k++) {
    const factor = x / (2 * <f64>k);
    term *= factor * factor;
    sum += term;
  }
  return sum;
}

/** sin(pi x) / (pi x) for -4 < x < 4. */
function sinc(x: f64): f64 {
  if (abs(x) < 1e-12) return 1;
  const nearest = floor(x + 0.5);
  const sine = sinPi(x - nearest) * (((<i32>nearest) & 1) !== 0 ? -1.0 : 1.0);
  return sine / (3.14159265358979323846 * x);
}

/** Solves a system of MOMENTS equations in place by Gaussian elimination, without pivoting: a matrix of moments is positive definite. */
function solve(matrix: usize, right: usize): void {
  for (let i = 0; i < MOMENTS; i++)
    for (let j = i + 1; j < MOMENTS; j++) {
      const factor = get(matrix, j * MOMENTS + i) / get(matrix, i * MOMENTS + i);
      for (let k = i; k < MOMENTS; k++)
        set(matrix, j * MOMENTS + k, get(matrix, j * MOMENTS + k) - factor * get(matrix, i * MOMENTS + k));
      set(right, j, get(right, j) - factor * get(right, i));
    }
  for (let i = MOMENTS - 1; i >= 0; i--) {
    for (let k = i + 1; k < MOMENTS; k++) set(right, i, get(right, i) - get(matrix, i * MOMENTS + k) * get(right, k));
    set(right, i, get(right, i) / get(matrix, i * MOMENTS + i));
  }
}

/** Writes the taps for a place between the fourth sample (0) and the fifth (1). */
function writeTaps(fraction: f64, taps: usize, scratch: usize): void {
  const window = scratch;
  const matrix = window + TAPS * 8;
  const right = matrix + MOMENTS * MOMENTS * 8;
  memory.fill(scratch, 0, (TAPS + MOMENTS * MOMENTS + MOMENTS) * 8);
  for (let tap = 0; tap < TAPS; tap++) {
    const x = <f64>(tap - 3) - fraction;
    const inside = 1 - (x / 4) * (x / 4);
    set(window, tap, inside <= 0 ? 0 : bessel0(BETA * sqrt(inside)) / bessel0(BETA));
    set(taps, tap, sinc(x) * get(window, tap));
  }
  // A polynomial under the same window is added, so that the sum of the taps times x^m is 1 for m = 0, else 0.
  for (let tap = 0; tap < TAPS; tap++) {
    const x = <f64>(tap - 3) - fraction;
    let power: f64 = 1;
    for (let m = 0; m < 2 * MOMENTS - 1; m++) {
      for (let row = 0; row < MOMENTS; row++) {
        const at = row * MOMENTS + m - row;
        if (m >= row && m - row < MOMENTS) set(matrix, at, get(matrix, at) + get(window, tap) * power);
      }
      if (m < MOMENTS) set(right, m, get(right, m) - get(taps, tap) * power);
      power *= x;
    }
  }
  set(right, 0, get(right, 0) + 1);
  solve(matrix, right);
  for (let tap = 0; tap < TAPS; tap++) {
    const x = <f64>(tap - 3) - fraction;
    let polynomial: f64 = 0;
    for (let m = MOMENTS - 1; m >= 0; m--) polynomial = polynomial * x + get(right, m);
    set(taps, tap, get(taps, tap) + get(window, tap) * polynomial);
  }
}

/** Writes the table of 256 KiB; 512 bytes of `scratch` are overwritten. */
export function writeTable(scratch: usize): void {
  for (let phase = 0; phase < PHASES; phase++) {
    writeTaps(<f64>phase / PHASES, scratch, scratch + TAPS * 8);
    for (let tap = 0; tap < TAPS; tap++)
      store<f32>((phase << ROW_BITS) + (tap << 2), <f32>get(scratch, tap), TABLE_ADDRESS);
  }
}
