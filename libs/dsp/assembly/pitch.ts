import { exp2 } from './mathematics';

/** Frequency of 0 absolute cents in Hz (SoundFont 2.04, 8.1.2: key number 0). */
export const ZERO_CENTS_HZ: f64 = 8.17579891564370733;

/** Hertz of absolute cents (6900 is A at 440 Hz), kept from 0.008 Hz to 8.6 MHz. */
export function frequencyOf(cents: f64): f64 {
  return ZERO_CENTS_HZ * exp2(max<f64>(-12000, min<f64>(24000, cents)) / 1200);
}
