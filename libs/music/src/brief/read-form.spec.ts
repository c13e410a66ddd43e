import { readForms } from './read-form';
import { Reading } from './reading';

const forms = (prompt: string) =>
  readForms(new Reading(prompt)).map(({ value }) =>
    value.kind === 'blues'
      ? 'blues'
      : `${value.kind}: ${value.sections.map(({ name, bars }) => `${name}${bars ?? ''}`).join(' ')}`,
  );

describe('readForms', () => {
  it.each<[string, string[]]>([
    ['AABA', ['whole: a a b a']],
    ['A-B-A form', ['whole: a b a']],
    ['AB structure', ['whole: a b']],
    ['AB', []],
    ['like ABBA', []],
    ['BAD', []],
    ['CAFE', []],
    ['12-bar blues', ['blues']],
    ['verse-chorus', ['whole: verse chorus']],
    ['intro 4 bars, verse 8 bars, chorus (8 bars)', ['whole: intro4 verse8 chorus8']],
    ['4-bar intro, 16-bar verse', ['whole: intro4 verse16']],
    ['intro: 4, verse: 8', ['whole: intro4 verse8']],
    ['verse 1, chorus, verse 2, chorus', ['whole: verse chorus verse chorus']],
    ['verse, chorus x2', ['whole: verse chorus chorus']],
    ['two verses and a chorus', ['whole: verse verse chorus']],
    ['verse then chorus then solo', ['whole: verse chorus solo']],
    ['with a guitar solo', []],
    ['a 16-bar solo', ['part: solo16']],
    ['a build-up and then a drop', ['part: build drop']],
    ['a big chorus', ['part: chorus']],
  ])('%s: %j', (prompt, expected) => expect(forms(prompt)).toEqual(expected));
});
