import { balancedGroups } from './balanced-groups';

describe('balancedGroups', () => {
  it('shares by weight', () => {
    const weights = [100, 10, 60, 50, 5];
    const groups = balancedGroups([0, 1, 2, 3, 4], (item) => weights[item]!, 2);
    expect(groups.flat().sort()).toEqual([0, 1, 2, 3, 4]);
    const sums = groups.map((group) => group.reduce((sum, item) => sum + weights[item]!, 0));
    expect(Math.abs(sums[0]! - sums[1]!)).toBeLessThan(30);
  });

  it('makes no empty groups', () => {
    expect(balancedGroups([3], () => 0, 4)).toEqual([[3]]);
    expect(balancedGroups([], () => 1, 4)).toEqual([]);
    expect(balancedGroups([0, 1, 2], () => 0, 2).every((group) => group.length > 0)).toBe(true);
  });
});
