import { sinPi } from '../kernel/mathematics';

/**
 * Gains of the two channels for a pan of -100 (left) to 100 (right): equal power, so that a source keeps its loudness as it
 * moves; 1 and 1 in the middle, sqrt(2) and 0 at a side.
 */
export function panGains(pan: number): { left: number; right: number } {
  return { left: Math.SQRT2 * sinPi((100 - pan) / 400), right: Math.SQRT2 * sinPi((100 + pan) / 400) };
}
