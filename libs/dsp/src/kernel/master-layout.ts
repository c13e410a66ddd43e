// The memory of a bus, meter or limiter, in bytes. This file is compiled twice, by tsc and by asc: plain constants only.

/** Most frames that are taken at a time. */
export const MASTER_FRAMES = 8192;
/** Two channels of f32, each behind as many frames of before as the interpolators of the true peak are long. */
export const PEAK_TAPS = 16;
export const MASTER_LEFT = 0;
export const MASTER_RIGHT = 33024;
/** Peaks (f32) behind the one of before, and gains (f64). */
export const PEAKS = 66048;
export const GAINS = 99072;
/** A bus has its sums there instead, two channels of i32. */
export const SUMS = GAINS;
/** What is constant: three interpolators of PEAK_TAPS f32; coefficients of two filter sections, five f64 each. */
export const INTERPOLATORS = 164608;
export const SECTIONS = 164800;
/** The limiter's own: candidates for the least gain, the frames they came from, and the gains that are averaged (f64). */
export const LIMITER_RING = 256;
export const CANDIDATES = 164880;
export const CANDIDATE_FRAMES = 166928;
export const AVERAGED = 168976;
