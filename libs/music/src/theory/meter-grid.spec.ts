import { barSteps, pulseSteps, stepSources } from './meter-grid';

const meter = (text: string) => {
  const [numerator = 4, denominator = 4] = text.split('/').map(Number);
  return { numerator, denominator };
};

describe('meter grids', () => {
  it.each([
    ['4/4', [4, 4, 4, 4]],
    ['2/2', [4, 4, 4, 4]],
    ['3/4', [4, 4, 4]],
    ['6/8', [6, 6]],
    ['12/8', [6, 6, 6, 6]],
    ['5/4', [4, 4, 4, 4, 4]],
    ['7/8', [4, 4, 6]],
    ['5/8', [4, 6]],
    ['7/16', [4, 3]],
    ['9/16', [3, 3, 3]],
    ['1/16', [1]],
  ])('%s beats in %j', (text, pulses) => {
    expect(pulseSteps(meter(text))).toEqual(pulses);
  });

  it('fill every bar of every meter exactly', () => {
    for (let numerator = 1; numerator <= 32; numerator++) {
      for (const denominator of [2, 4, 8, 16]) {
        const shape = { numerator, denominator };
        expect(pulseSteps(shape).reduce((sum, steps) => sum + steps, 0)).toBe(barSteps(shape));
        expect(stepSources(shape)).toHaveLength(barSteps(shape));
      }
    }
  });

  it('play a pattern of four beats as it is in 4/4, and beats 1, 2 and 4 of it in 3/4', () => {
    expect(stepSources(meter('4/4')).map(({ source }) => source)).toEqual([...Array(16).keys()]);
    expect(stepSources(meter('3/4')).map(({ source }) => source)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15]);
  });
});
