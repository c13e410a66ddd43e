import { DomainError } from '@beatbot/service-kit';
import fc from 'fast-check';
import { matchesNone, readRange } from './byte-range';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('b', '=', '-', ',', ' ', '0', '9'), maxLength: 40 }).map((text) => `bytes=${text}`),
  fc.tuple(fc.bigInt(), fc.bigInt()).map(([start, end]) => `bytes=${start}-${end}`),
  fc.constantFrom(
    `bytes=${'9'.repeat(10_000)}-`,
    `bytes=${'0-,'.repeat(5_000)}`,
    `bytes=-${'9'.repeat(400)}`,
    'bytes=-0',
  ),
);

describe('readRange', () => {
  it('is within the bytes there are, or refused, whatever the header', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 2 ** 40 }), (header, size) => {
        try {
          const range = readRange(header, size);
          if (!range) return;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThan(size);
        } catch (error) {
          expect((error as DomainError).reason).toBe('RANGE_NOT_SATISFIABLE');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads every range that is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(), fc.nat(), (size, one, other) => {
        const [start, end] = [one % size, other % size].sort((a, b) => a - b) as [number, number];
        expect(readRange(`bytes=${start}-${end}`, size)).toEqual({ start, end });
        expect(readRange(`bytes=${start}-`, size)).toEqual({ start, end: size - 1 });
      }),
    );
  });
});

describe('matchesNone', () => {
  it('holds for the tag alone, wherever it stands in a list', () => {
    const tag = '"0123abcd"';
    const others = fc.array(
      fc.string({ maxLength: 20 }).filter((text) => !text.includes(tag) && text.trim() !== '*'),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(others, fc.boolean(), (list, weak) => {
        expect(matchesNone([...list, weak ? `W/${tag}` : tag].join(','), tag)).toBe(true);
        expect(matchesNone(list.length === 1 ? 'x' : list.join(','), tag)).toBe(false);
      }),
    );
  });
});
