/** Shares items among at most `count` groups of about equal weight: the heaviest first, each to the group that has least. */
export function balancedGroups(items: readonly number[], weight: (item: number) => number, count: number): number[][] {
  const groups = Array.from({ length: Math.min(count, items.length) }, () => ({ items: [] as number[], weight: 0 }));
  for (const item of [...items].sort((a, b) => weight(b) - weight(a) || a - b)) {
    const lightest = groups.reduce((least, group) => (group.weight < least.weight ? group : least));
    lightest.items.push(item);
    // Even a track without notes costs time.
    lightest.weight += weight(item) + 1;
  }
  return groups.map((group) => group.items);
}
