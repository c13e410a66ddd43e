import fc from 'fast-check';
import { exp2, log2, onePole, sinPi } from './mathematics';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the mathematics of the kernel', () => {
  it('is as exact as it says', () => {
    fc.assert(
      fc.property(between(-1000, 1000), (x) => {
        expect(Math.abs(exp2(x) / 2 ** x - 1)).toBeLessThan(1e-11);
      }),
    );
    fc.assert(
      fc.property(between(1e-300, 1e300), (x) => {
        expect(Math.abs(log2(x) - Math.log2(x))).toBeLessThan(1e-10);
      }),
    );
    fc.assert(
      fc.property(between(-0.5, 0.5), (x) => {
        expect(Math.abs(sinPi(x) - Math.sin(Math.PI * x))).toBeLessThan(1e-13);
      }),
    );
  });

  it('is exact where the answer is a whole number', () => {
    for (let i = -40; i <= 40; i++) expect(exp2(i)).toBe(2 ** i);
    expect([log2(1), log2(8), sinPi(0)]).toEqual([0, 3, 0]);
  });

  it('has the pole of an analogue filter', () => {
    expect(onePole(1000, 44_100)).toBeCloseTo(Math.exp((-2 * Math.PI * 1000) / 44_100), 10);
  });
});
