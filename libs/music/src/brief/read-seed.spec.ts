import { readSeeds } from './read-seed';
import { Reading } from './reading';

describe('readSeeds', () => {
  it.each<[string, number[]]>([
    ['seed 42', [42]],
    ['seed: #4,294,967,295', [4_294_967_295]],
    ['with a seed', []],
  ])('%s: %j', (prompt, seeds) => expect(readSeeds(new Reading(prompt)).map(({ value }) => value)).toEqual(seeds));

  it('refuses a fraction', () => expect(() => readSeeds(new Reading('seed 1.5'))).toThrow('prompt.seed 1.5'));
});
