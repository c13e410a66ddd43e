// Elementary functions of basic arithmetic alone, so that every engine, on every machine, gives the same bits.

/** 2^x for -1000 <= x <= 1000, to 1e-11. */
export function exp2(x: f64): f64 {
  const whole = floor(x + 0.5);
  const y = (x - whole) * 0.693147180559945309417;
  // Taylor series of e^y for |y| <= 0.35, its terms in pairs (G. Estrin), which do not wait for one another.
  const y2 = y * y;
  const y4 = y2 * y2;
  const low = 1 + y + y2 * (1.0 / 2 + y * (1.0 / 6));
  const high = 1.0 / 24 + y * (1.0 / 120) + y2 * (1.0 / 720 + y * (1.0 / 5040));
  const series = low + y4 * (high + y4 * (1.0 / 40320 + y * (1.0 / 362880)));
  return series * reinterpret<f64>((<i64>whole + 1023) << 52);
}

/** Logarithm to base 2 of x > 0 (normal), to 1e-10. */
export function log2(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <f64>((bits >> 52) - 1023);
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.41421356237309505) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // log((1 + z) / (1 - z)) = 2 (z + z^3/3 + ...) with |z| <= 0.172.
  const z = (mantissa - 1) / (mantissa + 1);
  const s = z * z;
  const series =
    2 * z * (1 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11 + s * (1.0 / 13)))))));
  return exponent + series * 1.442695040888963407;
}

/** sin(pi x) for -0.5 <= x <= 0.5, to 1e-13. */
export function sinPi(x: f64): f64 {
  const y = x * 3.14159265358979323846;
  const s = y * y;
  const s2 = s * s;
  const s4 = s2 * s2;
  const low = 1 + s * (-1.0 / 6) + s2 * (1.0 / 120 + s * (-1.0 / 5040));
  const high = 1.0 / 362880 + s * (-1.0 / 39916800) + s2 * (1.0 / 6227020800 + s * (-1.0 / 1307674368000));
  return y * (low + s4 * (high + s4 * (1.0 / 355687428096000)));
}
