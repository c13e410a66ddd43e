import { panGains } from './pan';

describe('panGains', () => {
  it('keeps the power at every pan', () => {
    for (let pan = -100; pan <= 100; pan++) {
      const { left, right } = panGains(pan);
      expect(left ** 2 + right ** 2).toBeCloseTo(2, 12);
    }
  });

  it('is 1 and 1 in the middle, and silent on the far side', () => {
    expect(panGains(0).left).toBeCloseTo(1, 12);
    expect(panGains(0).right).toBeCloseTo(1, 12);
    expect(panGains(-100).right).toBe(0);
    expect(panGains(100).left).toBe(0);
    expect(panGains(50).right).toBeGreaterThan(panGains(50).left);
  });
});
