import type { RandomStream } from '../random/random-stream';

/** One of the parts that suit an energy of 0 to 100, by weight, those made for just that energy before those that suit any; `parts` must not be empty. */
export function choosePart<T extends { energy: readonly [number, number]; weight: number }>(
  parts: readonly T[],
  energy: number,
  random: RandomStream,
): T {
  const level = Math.max(0, Math.min(100, energy));
  const fitting = parts.filter(({ energy: [low, high] }) => low <= level && level <= high);
  const closeness = ([low, high]: readonly [number, number]) =>
    Math.max(0.15, 1 - Math.abs(level - (low + high) / 2) / 80);
  return random.pickWeighted(
    fitting.length ? fitting : parts,
    ({ weight, energy: range }) => weight * closeness(range),
  );
}
