import { readNumber } from '../brief/read-number';
import { PhraseBook } from '../brief/phrase-book';
import type { Reading } from '../brief/reading';

/** Intervals in semitones. */
const NAMED = new PhraseBook<number>(
  Object.entries({
    1: 'semitone, half step, half tone, halftone, minor second',
    2: 'tone, whole tone, whole step, step, major second',
    3: 'minor third',
    4: 'major third, third',
    5: 'perfect fourth, fourth',
    6: 'tritone, augmented fourth, diminished fifth',
    7: 'perfect fifth, fifth',
    8: 'minor sixth',
    9: 'major sixth, sixth',
    10: 'minor seventh, seventh',
    11: 'major seventh',
    12: 'octave',
  }).flatMap(([semitones, names]) => names.split(', ').map((name) => [name, Number(semitones)] as const)),
);

/** "a tone", "3 semitones", "two octaves", "a minor third", "one and a half steps" is not one. */
export function intervalAt(reading: Reading, from: number): { value: number; to: number } | undefined {
  const count = readNumber(reading, from);
  const article = /^(a|an|one)$/.test(reading.free(from)) ? from + 1 : from;
  const match = NAMED.longestAt(reading, count ? count.to : article);
  if (!match) return undefined;
  const semitones = match.value * Math.abs(count?.value ?? 1);
  return Number.isInteger(semitones) ? { value: semitones, to: match.to } : undefined;
}
