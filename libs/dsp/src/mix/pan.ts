/**
 * Gains of the two channels for a pan of -100 (left) to 100 (right): equal power, so that a source keeps its loudness as it
 * moves; 1 and 1 in the middle, sqrt(2) and 0 at a side.
 */
export function panGains(pan: number): { left: number; right: number } {
  const angle = ((pan + 100) / 200) * (Math.PI / 2);
  // At the sides cos and sin leave 6e-17 where 0 is meant.
  return { left: pan >= 100 ? 0 : Math.SQRT2 * Math.cos(angle), right: pan <= -100 ? 0 : Math.SQRT2 * Math.sin(angle) };
}
