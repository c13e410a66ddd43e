import { nearestCentroid } from './nearest-centroid';

const example = (label: string, ...values: number[]) => ({
  label,
  features: new Map(values.map((value, index) => [`f${index}`, value])),
});

describe('nearestCentroid', () => {
  it('lets what varies within the classes count little', () => {
    const classify = nearestCentroid([
      example('low', 0, 0),
      example('low', 0.2, 100),
      example('high', 1, 0),
      example('high', 1.2, 100),
    ]);
    expect(classify(example('', 0.1, 90).features)).toBe('low');
    expect(classify(example('', 1, 10).features)).toBe('high');
  });

  it('leaves out what never varies', () => {
    const classify = nearestCentroid([example('a', 1, 7), example('b', 2, 7)]);
    expect(classify(example('', 1.9, 1000).features)).toBe('b');
  });
});
