/** Coefficients of a second-order section, normalised to a0 = 1. */
export interface BiquadCoefficients {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** A second-order filter section in transposed direct form II. */
export class Biquad {
  private s1 = 0;
  private s2 = 0;

  constructor(private readonly coefficients: BiquadCoefficients) {}

  /** Filters `input` into `output`, which may be the same array. */
  process(input: Float32Array | Float64Array, output: Float32Array | Float64Array, frames = input.length): void {
    const { b0, b1, b2, a1, a2 } = this.coefficients;
    let { s1, s2 } = this;
    for (let i = 0; i < frames; i++) {
      const x = input[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      output[i] = y;
    }
    // Below this a decaying filter only costs time: subnormal arithmetic is slow.
    this.s1 = Math.abs(s1) < 1e-20 ? 0 : s1;
    this.s2 = Math.abs(s2) < 1e-20 ? 0 : s2;
  }
}
