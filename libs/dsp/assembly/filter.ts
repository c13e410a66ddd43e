import {
  DAMPING,
  FILTER_COEFFICIENTS,
  FILTER_CUTOFF_CENTS,
  FILTER_DAMPING,
  LOWEST_CUTOFF_CENTS,
} from '../src/kernel/voice-layout';
import { sinPi } from './mathematics';
import { frequencyOf } from './pitch';
import { get, set } from './voice';

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
 * which are nine vectors: the answer to an impulse, of which those of y by x are shifted copies, two for y by s, four for s'
 * by x, two for s' by s.
 */
export function setFilter(voice: usize, cents: f64): void {
  const damping = get(voice, DAMPING);
  set(voice, FILTER_CUTOFF_CENTS, cents);
  set(voice, FILTER_DAMPING, damping);
  const cutoff = min(frequencyOf(max<f64>(cents, LOWEST_CUTOFF_CENTS)) / sampleRate, HIGHEST_CUTOFF);
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
  // c A^k, and the answer to an impulse: d, c b, c A b, c A A b.
  const c1 = a2;
  const c2 = 1 - a3;
  const d1 = c1 * m11 + c2 * m21;
  const d2 = c1 * m12 + c2 * m22;
  const e1 = d1 * m11 + d2 * m21;
  const e2 = d1 * m12 + d2 * m22;
  const f1 = e1 * m11 + e2 * m21;
  const f2 = e1 * m12 + e2 * m22;
  // A^k b.
  const p1 = m11 * b1 + m12 * b2;
  const p2 = m21 * b1 + m22 * b2;
  const q1 = m11 * p1 + m12 * p2;
  const q2 = m21 * p1 + m22 * p2;
  const n11 = m11 * m11 + m12 * m21;
  const n12 = m11 * m12 + m12 * m22;
  const n21 = m21 * m11 + m22 * m21;
  const n22 = m21 * m12 + m22 * m22;
  const at = voice + (FILTER_COEFFICIENTS << 3);
  v128.store(at, four(a3, c1 * b1 + c2 * b2, d1 * b1 + d2 * b2, e1 * b1 + e2 * b2));
  v128.store(at, four(c1, d1, e1, f1), 16);
  v128.store(at, four(c2, d2, e2, f2), 32);
  v128.store(at, four(n11 * p1 + n12 * p2, n21 * p1 + n22 * p2, 0, 0), 48);
  v128.store(at, four(q1, q2, 0, 0), 64);
  v128.store(at, four(p1, p2, 0, 0), 80);
  v128.store(at, four(b1, b2, 0, 0), 96);
  v128.store(at, four(n11 * n11 + n12 * n21, n21 * n11 + n22 * n21, 0, 0), 112);
  v128.store(at, four(n11 * n12 + n12 * n22, n21 * n12 + n22 * n22, 0, 0), 128);
}

function four(a: f64, b: f64, c: f64, d: f64): v128 {
  return f32x4(<f32>a, <f32>b, <f32>c, <f32>d);
}
