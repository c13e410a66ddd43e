import { readTitles } from './read-title';
import { Reading } from './reading';

describe('readTitles', () => {
  it.each<[string, string[]]>([
    ['called "Night Bus"', ['Night Bus']],
    ['titled “Night, and Rain” in D', ['Night, and Rain']],
    ['named Night Bus, 80 bpm', ['Night Bus']],
    ['called Night Bus at 80 bpm', ['Night Bus']],
    ['title: Rain', ['Rain']],
    ['a title', []],
    ['so-called', []],
    ['called "unclosed', []],
  ])('%s: %j', (prompt, titles) => expect(readTitles(new Reading(prompt)).map(({ value }) => value)).toEqual(titles));
});
