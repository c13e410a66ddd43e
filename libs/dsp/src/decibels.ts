/** Amplitude ratio of a level in dB. */
export function decibelsToGain(decibels: number): number {
  return 10 ** (decibels / 20);
}

/** Level in dB of an amplitude ratio; `-Infinity` for 0. */
export function gainToDecibels(gain: number): number {
  return 20 * Math.log10(gain);
}
