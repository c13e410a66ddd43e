import {
  DAMPING,
  FILTER_COEFFICIENTS,
  FILTER_CUTOFF_CENTS,
  FILTER_DAMPING,
  LOWEST_CUTOFF_CENTS,
} from '../src/kernel/voice-layout';
import { exp2, sinPi } from './mathematics';
import { get, set } from './voice';

/** Frequency of 0 absolute cents in Hz (SoundFont 2.04, 8.1.2: key number 0). */
const ZERO_CENTS_HZ: f64 = 8.17579891564370733;
/** Highest cutoff as a share of the sample rate: nearer to its half the filter is open anyway. */
const HIGHEST_CUTOFF: f64 = 0.45;

let sampleRate: f64 = 0;

export function setSampleRate(hertz: f64): void {
  sampleRate = hertz;
}

/**
 * Computes the coefficients for a cutoff in absolute cents and the voice's damping.
 *
 * The filter is a low-pass of second order by trapezoidal integration (V. Zavalishin, The Art of VA Filter Design, chapter
 * 3), whose two states stay well-behaved when the cutoff moves. One frame of it is
 *   y = c s + d x,  s' = A s + b x   with s of two numbers;
 * four frames are then, without waiting for one another,
 *   y[k] = c A^k s + sum over j < k of (c A^(k-j-1) b) x[j] + d x[k],  s' = A^4 s + sum over j of A^(3-j) b x[j],
 * which are the twelve vectors that are stored: four for y by x, two for y by s, four for s' by x, two for s' by s.
 */
export function setFilter(voice: usize, cents: f64): void {
  const damping = get(voice, DAMPING);
  set(voice, FILTER_CUTOFF_CENTS, cents);
  set(voice, FILTER_DAMPING, damping);
  const cutoff = min((ZERO_CENTS_HZ * exp2(max<f64>(cents, LOWEST_CUTOFF_CENTS) / 1200)) / sampleRate, HIGHEST_CUTOFF);
  // g = tan(pi cutoff); cos(pi x) = sin(pi (1/2 - x)).
  const g = sinPi(cutoff) / sinPi(0.5 - cutoff);
  const a1 = 1 / (1 + g * (g + damping));
  const a2 = g * a1;
  const a3 = g * a2;
  // v1 = a1 s1 + a2 (x - s2), v2 = s2 + a2 s1 + a3 (x - s2), y = v2, s1' = 2 v1 - s1, s2' = 2 v2 - s2.
  const m11 = 2 * a1 - 1;
  const m12 = -2 * a2;
  const m21 = 2 * a2;
  const m22 = 1 - 2 * a3;
  const b1 = 2 * a2;
  const b2 = 2 * a3;
  const at = voice + (FILTER_COEFFICIENTS << 3);
  // c A^k, and the answer to an impulse: d, c b, c A b, c A A b.
  let c1 = a2;
  let c2 = 1 - a3;
  let impulse = a3;
  for (let k = 0; k < 4; k++) {
    store<f32>(at + 64 + (k << 2), <f32>c1);
    store<f32>(at + 80 + (k << 2), <f32>c2);
    for (let j = 0; j < 4; j++) {
      const frame = j + k;
      if (frame < 4) store<f32>(at + (j << 4) + (frame << 2), <f32>impulse);
      if (j > k) store<f32>(at + (j << 4) + (k << 2), 0);
    }
    impulse = c1 * b1 + c2 * b2;
    const next = c1 * m11 + c2 * m21;
    c2 = c1 * m12 + c2 * m22;
    c1 = next;
  }
  // A^(3-j) b, and the columns of A^4.
  let p1 = b1;
  let p2 = b2;
  for (let j = 3; j >= 0; j--) {
    pair(at + 96 + (j << 4), p1, p2);
    const next = m11 * p1 + m12 * p2;
    p2 = m21 * p1 + m22 * p2;
    p1 = next;
  }
  const n11 = m11 * m11 + m12 * m21;
  const n12 = m11 * m12 + m12 * m22;
  const n21 = m21 * m11 + m22 * m21;
  const n22 = m21 * m12 + m22 * m22;
  pair(at + 160, n11 * n11 + n12 * n21, n21 * n11 + n22 * n21);
  pair(at + 176, n11 * n12 + n12 * n22, n21 * n12 + n22 * n22);
}

function pair(address: usize, first: f64, second: f64): void {
  v128.store(address, f32x4(<f32>first, <f32>second, 0, 0));
}
