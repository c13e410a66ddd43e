import type { RandomStream } from '../random/random-stream';

/** One of the parts that suit an energy of 0 to 100, by weight; `parts` must not be empty. */
export function choosePart<T extends { energy: readonly [number, number]; weight: number }>(
  parts: readonly T[],
  energy: number,
  random: RandomStream,
): T {
  const level = Math.max(0, Math.min(100, energy));
  const fitting = parts.filter(({ energy: [low, high] }) => low <= level && level <= high);
  return random.pickWeighted(fitting.length ? fitting : parts, ({ weight }) => weight);
}
