import { readMeters } from './read-meter';
import { Reading } from './reading';

describe('readMeters', () => {
  it.each([
    ['6/8', '6/8'],
    ['7/8 time signature', '7/8'],
    ['in 3/4', '3/4'],
    ['waltz', '3/4'],
    ['in five', '5/4'],
    ['in three-four', '3/4'],
    ['cut time', '2/2'],
    ['24/7 radio', ''],
    ['8/10', ''],
    ['1/16 notes', ''],
    ['in 3 minutes', ''],
    ['in 5 sections', ''],
  ])('%s: %s', (prompt, meter) => {
    const found = readMeters(new Reading(prompt)).map(({ value }) => `${value.numerator}/${value.denominator}`);
    expect(found).toEqual(meter ? [meter] : []);
  });

  it('takes the words around it along', () => {
    expect(readMeters(new Reading('in 7/8 time signature'))[0]?.span.text).toBe('7/8 time signature');
  });
});
