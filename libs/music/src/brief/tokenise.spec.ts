import { tokenise } from './tokenise';

describe('tokenise', () => {
  it.each<[string, string[]]>([
    ['lo-fi 82bpm', ['lo', 'fi', '82', 'bpm']],
    ['don’t, 1,024 bars.', ["don't", ',', '1,024', 'bars', '.']],
    ['Café Ｊazz', ['cafe', 'jazz']],
    ['F# - Bb', ['f', '#', '-', 'bb']],
    ['- a', ['-', 'a']],
  ])('%s: %j', (text, tokens) => expect(tokenise(text).map(({ folded }) => folded)).toEqual(tokens));

  it('keeps offsets, and knows what is joined and what is a pictograph', () => {
    const tokens = tokenise('a-b 🎷c');
    expect(tokens.map(({ start, end, joined, kind }) => [start, end, joined, kind])).toEqual([
      [0, 1, false, 'word'],
      [2, 3, true, 'word'],
      [4, 6, false, 'sign'],
      [6, 7, true, 'word'],
    ]);
  });
});
