import { PhraseBook } from './phrase-book';

/** Progressions by the names that musicians give them. */
const NAMED: readonly (readonly [romans: string, names: string])[] = [
  ['i VII VI V', 'andalusian cadence, flamenco cadence'],
  ['I V vi iii IV I IV V', "pachelbel's canon, pachelbels canon, pachelbel canon, pachelbel progression, canon progression, canon chords"],
  ['I vi7 ii7 V7 I vi7 ii7 V7', 'rhythm changes'],
  ['I vi IV V', "doo wop progression, doo wop changes, doo wop chords, 50s progression, fifties progression, ice cream changes"],
  ['I V vi IV', 'axis progression, four chord song, axis of awesome progression'],
  ['IV V iii vi', 'royal road progression'],
  ['I bVII IV I', 'mixolydian vamp'],
]; // prettier-ignore

export const NAMED_PROGRESSIONS = new PhraseBook<string[]>(
  NAMED.flatMap(([romans, names]) => names.split(', ').map((name) => [name, romans.split(' ')] as const)),
);
