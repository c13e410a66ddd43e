/** The `count` names nearest to a text by edit distance; equal ones in the order given. */
export function nearest(text: string, names: readonly string[], count: number): string[] {
  const short = text.toLowerCase().slice(0, 40);
  return names
    .map((name, order) => ({ name, order, distance: editDistance(short, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || a.order - b.order)
    .slice(0, count)
    .map(({ name }) => name);
}

/**
 * Letters put in, left out, changed, or swapped with their neighbour (optimal string alignment): the least number of them,
 * or anything above `most` where it is above that.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution, swap));
    }
    [before, row] = [row, next];
    if (most !== Infinity && Math.min(...row, ...before) > most) return most + 1;
  }
  return row[b.length] ?? 0;
}
