import { exp2, log2 } from './kernel/mathematics';

/** log2(10) / 20. */
const OCTAVES_PER_DECIBEL = 0.166_096_404_744_368_12;

/** Amplitude ratio of a level in dB. */
export function decibelsToGain(decibels: number): number {
  // What is this quiet is nothing, and 2^x is defined no further down.
  return decibels < -6000 ? 0 : exp2(decibels * OCTAVES_PER_DECIBEL);
}

/** Level in dB of an amplitude ratio; `-Infinity` for 0. */
export function gainToDecibels(gain: number): number {
  return gain > 0 ? log2(gain) / OCTAVES_PER_DECIBEL : -Infinity;
}
