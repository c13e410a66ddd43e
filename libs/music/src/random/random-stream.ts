/** A deterministic stream of pseudo-random numbers. */
export interface RandomStream {
  /** An unsigned 32-bit integer. */
  uint32(): number;
  /** A number in [0, 1). */
  unit(): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with probability `percent`/100. */
  chance(percent: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** One of `items` with a probability in proportion to `weight`; weights are non-negative, and one at least is positive. */
  pickWeighted<T>(items: readonly T[], weight: (item: T) => number): T;
  /** A stream of its own for a part of the work; it does not depend on what was drawn here. */
  fork(...path: (string | number)[]): RandomStream;
}

/**
 * The stream that belongs to a path such as (seed, agent, section, track). Equal paths give equal streams on any
 * machine; changing one path leaves every other stream as it was.
 *
 * Generator: sfc32 (C. Doty-Humphrey, PractRand), seeded by four rounds of 32-bit FNV-1a over the path.
 */
export function randomStream(...path: (string | number)[]): RandomStream {
  const text = path.join('\u0000');
  let [a, b, c, counter] = [fnv1a(text, 1), fnv1a(text, 2), fnv1a(text, 3), fnv1a(text, 4)];

  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  // sfc32 needs a few steps until its state is mixed.
  for (let step = 0; step < 12; step++) uint32();

  const stream: RandomStream = {
    uint32,
    unit: () => uint32() / 0x1_0000_0000,
    integer: (low, high) => low + Math.floor(stream.unit() * (high - low + 1)),
    chance: (percent) => stream.unit() * 100 < percent,
    pick: (items) => stream.pickWeighted(items, () => 1),
    pickWeighted(items, weight) {
      const total = items.reduce((sum, item) => sum + weight(item), 0);
      let left = stream.unit() * total;
      for (const item of items) {
        left -= weight(item);
        if (left < 0) return item;
      }
      throw new RangeError(`pickWeighted: no item with a positive weight among ${items.length}`);
    },
    fork: (...further) => randomStream(...path, ...further),
  };
  return stream;
}

function fnv1a(text: string, round: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(round, 0x9e3779b1);
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
