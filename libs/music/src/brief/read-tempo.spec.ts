import { readTempos, readTempoWords } from './read-tempo';
import { Reading } from './reading';

describe('readTempos', () => {
  it.each<[string, number[]]>([
    ['82 bpm', [82]],
    ['82bpm', [82]],
    ['82.5 BPM', [82.5]],
    ['at 120', [120]],
    ['at 3', []],
    ['at 432 Hz', []],
    ['at 32 bars', []],
    ['tempo of about 97', [97]],
    ['bpm: 140', [140]],
    ['♩ = 60', [60]],
    ['ninety beats per minute', [90]],
    ['80-90 bpm', [85]],
    ['between 100 and 110', [105]],
    ['between 2 and 4 bars', []],
    ['around 90', [90]],
    ['about 50 sheep', []],
    ['no faster than 80 bpm', [80]],
    ['crotchet = 96', [96]],
    ['minim = 60', [120]],
    ['dotted quarter = 60', [90]],
    ['sixteenths, 90bpm', [90]],
    ['M.M. 100', [100]],
    ['a hundred bpm', [100]],
    ['120 to the minute', [120]],
    ['at 80 to 90 bpm', [85]],
    ['120 bpm, no, 90 bpm', [120, 90]],
    ['32 bars', []],
  ])('%s: %j', (prompt, bpm) => expect(readTempos(new Reading(prompt)).map(({ value }) => value / 1000)).toEqual(bpm));
});

describe('readTempoWords', () => {
  it.each<[string, unknown]>([
    ['allegro moderato', { milliBpm: 120_000 }],
    ['Adagio', { milliBpm: 71_000 }],
    ['very slow', { pace: -2 }],
    ['up-tempo', { pace: 1 }],
  ])('%s: %j', (prompt, word) => expect(readTempoWords(new Reading(prompt)).map(({ value }) => value)).toEqual([word]));
});
