// A low-pass of one pole, y[k] = y[k - 1] + (x[k] - y[k - 1]) s, four frames at a time: each frame's own share reaches those
// behind it in two doublings, and only the last frame's result is waited for by the next four.

/** What is added to what circulates: -360 dB, which keeps it from dying away into subnormal numbers, which are slow. */
export const REMNANT: f32 = 1e-18;

/** Powers 1 to 4 of what the filter keeps, 1 - s. */
export function powers(keep: f64): v128 {
  return f32x4(<f32>keep, <f32>(keep * keep), <f32>(keep * keep * keep), <f32>(keep * keep * keep * keep));
}

/**
 * Four frames of the filter.
 * @param x the input times s
 * @param last the four frames before
 * @param kept see `powers`
 */
export function onePole(x: v128, last: v128, kept: v128): v128 {
  const zero = f32x4.splat(0);
  const once = v128.shuffle<f32>(kept, kept, 0, 0, 0, 0);
  const twice = v128.shuffle<f32>(kept, kept, 1, 1, 1, 1);
  let y = f32x4.add(x, f32x4.mul(once, v128.shuffle<f32>(zero, x, 0, 4, 5, 6)));
  y = f32x4.add(y, f32x4.mul(twice, v128.shuffle<f32>(zero, y, 0, 1, 4, 5)));
  return f32x4.add(y, f32x4.mul(kept, v128.shuffle<f32>(last, last, 3, 3, 3, 3)));
}
