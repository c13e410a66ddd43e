import type { RandomStream } from '../random/random-stream';

/** A figure of a style, as far as its choice goes. */
export interface Part {
  energy: readonly [number, number];
  weight: number;
  meter?: string | undefined;
  sections?: readonly string[] | undefined;
}

/** Where a figure is to be played: the song's meter (`3/4`), the kind of section and its energy, 0 to 100. */
export interface PartUse {
  meter: string;
  section: string;
  energy: number;
}

/** The parts that may be played there: those written for the meter in the place of those for any, then likewise for the kind of section. */
export function partsFor<T extends Part>(parts: readonly T[], { meter, section }: Omit<PartUse, 'energy'>): T[] {
  const native = parts.filter((part) => part.meter === meter);
  const playable = native.length ? native : parts.filter((part) => part.meter === undefined);
  const meant = playable.filter((part) => part.sections?.includes(section));
  return meant.length ? meant : playable.filter((part) => part.sections === undefined);
}

/** One of the parts that may be played there and suit the energy, by weight, those made for just that energy before those that suit any. */
export function choosePart<T extends Part>(parts: readonly T[], use: PartUse, random: RandomStream): T {
  const level = Math.max(0, Math.min(100, use.energy));
  const choice = partsFor(parts, use);
  const fitting = choice.filter(({ energy: [low, high] }) => low <= level && level <= high);
  const closeness = ([low, high]: readonly [number, number]) =>
    Math.max(0.15, 1 - Math.abs(level - (low + high) / 2) / 80);
  return random.pickWeighted(
    fitting.length ? fitting : choice,
    ({ weight, energy: range }) => weight * closeness(range),
  );
}
