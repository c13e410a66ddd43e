import { readLengths, readLengthWords } from './read-length';
import { Reading } from './reading';

describe('readLengths', () => {
  it.each<[string, unknown[]]>([
    ['32 bars', [{ bars: 32 }]],
    ['32-bar', [{ bars: 32 }]],
    ['thirty two measures', [{ bars: 32 }]],
    ['a hundred and twenty', []],
    ['one hundred and twenty bars', [{ bars: 120 }]],
    ['bars: 16', [{ bars: 16 }]],
    ['two-minute', [{ seconds: 120 }]],
    ['2 min 30 sec', [{ seconds: 150 }]],
    ['1:30 long', [{ seconds: 90 }]],
    ['half a minute', [{ seconds: 30 }]],
    ['45s', [{ seconds: 45 }]],
    ['90s', []],
    ['90s long', [{ seconds: 90 }]],
    ['1980s', []],
  ])('%s: %j', (prompt, lengths) =>
    expect(readLengths(new Reading(prompt)).map(({ value }) => value)).toEqual(lengths),
  );
});

describe('readLengthWords', () => {
  it('reads loop, short and long', () => {
    expect(readLengthWords(new Reading('a short seamless loop, not too long')).map(({ value }) => value)).toEqual([
      'short',
      'loop',
      'long',
    ]);
  });
});
