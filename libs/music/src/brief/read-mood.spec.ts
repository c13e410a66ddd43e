import { readIntensities, readMoods } from './read-mood';
import { Reading } from './reading';

describe('readMoods', () => {
  it.each<[string, string[]]>([
    ['sad and lonely', ['sad', 'lonely']],
    ['laid-back', ['laid back']],
    ['not too sad', []],
    ['never aggressive, calm', ['calm']],
    ['80s', ['80s']],
    ["the 1990's", ['1990s']],
    ['30 s', ['30s']],
  ])('%s: %j', (prompt, moods) => expect(readMoods(new Reading(prompt)).map(({ value }) => value.word)).toEqual(moods));
});

describe('readIntensities', () => {
  it.each<[string, number[]]>([
    ['intensity 70', [70]],
    ['energy: 8/10', [80]],
    ['energy level of 40%', [40]],
    ['high energy 120 bpm', []],
  ])('%s: %j', (prompt, values) =>
    expect(readIntensities(new Reading(prompt)).map(({ value }) => value)).toEqual(values),
  );
});
