import { readSwings } from './read-swing';
import { Reading } from './reading';

describe('readSwings', () => {
  it.each<[string, number[]]>([
    ['60% swing', [60]],
    ['swing of 62 percent', [62]],
    ['swing: 58', [58]],
    ['swing at 120 bpm', []],
    ['heavily swung', [66]],
    ['with swing', [60]],
    ['no swing', [50]],
    ['swing', []],
  ])('%s: %j', (prompt, percent) => expect(readSwings(new Reading(prompt)).map(({ value }) => value)).toEqual(percent));
});
