import { INSTRUMENTS } from '../instruments/instrument';
import { STYLES } from '../styles/style-catalogue';
import { ENSEMBLES } from './ensembles';
import { FOREIGN_INSTRUMENTS, GENERIC_INSTRUMENTS } from './instrument-words';
import { MOODS } from './lexicon-moods';
import { editDistance } from './nearest';
import { REAL_WORDS } from './real-words';
import { Reading } from './reading';
import { RELATED_GENRES } from './related-genres';
import { STOP_WORDS } from './stop-words';
import { tokenise } from './tokenise';

/** Words looked up at most in one prompt, so that time stays linear in its length. */
const MOST_WORDS = 80;

/** Names of one word, and the words of genres' names, by first letter. */
const VOCABULARY = byFirstLetter([
  ...STYLES.flatMap(({ name, aliases }) => [name, ...aliases]),
  ...RELATED_GENRES.keys(),
  ...[
    ...INSTRUMENTS.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...GENERIC_INSTRUMENTS.map(([name]) => name),
    ...FOREIGN_INSTRUMENTS.map(([name]) => name),
    ...ENSEMBLES.map(([name]) => name),
  ].filter((name) => !/[ -]/.test(name)),
  'electric guitar, tenor saxophone, soprano, baritone, pizzicato, overdriven, string quartet, hammond, upright, french horn',
]);

/**
 * The reading with slips in the names of genres and instruments put right, or undefined where there are none. Only words
 * that nobody claimed are looked at, and only those that are no English words of their own; spans keep what was typed.
 */
export function respelled(reading: Reading): Reading | undefined {
  const known = new Map<string, string | undefined>();
  let changed = false;
  const tokens = reading.tokens.map((token, index) => {
    if (token.kind !== 'word' || reading.isClaimed(index) || STOP_WORDS.has(token.folded)) return token;
    const word = token.folded;
    // A capital inside a sentence begins a name, of which one slip is believed but not two.
    const isName = /^\p{Lu}\p{Ll}/u.test(token.text) && index > 0 && reading.tokens[index - 1]?.kind === 'word';
    if (!known.has(word) && known.size < MOST_WORDS) known.set(word, correction(word));
    const right = known.get(word);
    if (right === undefined || (isName && editDistance(word, right) > 1)) return token;
    changed = true;
    return { ...token, folded: right };
  });
  return changed ? new Reading(reading.prompt, tokens) : undefined;
}

/** The word of a genre's or an instrument's name that a misspelt one means: one slip in short words, two in longer ones. */
export function correction(word: string): string | undefined {
  if (word.length < 3 || !/^[a-z]+$/.test(word) || REAL_WORDS.has(word)) return undefined;
  const candidates = [
    ...(VOCABULARY.get(word[0] ?? '') ?? []),
    ...(word[1] === word[0] ? [] : (VOCABULARY.get(word[1] ?? '') ?? [])),
  ];
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const allowed = candidate.length >= 6 && word.length >= 6 ? 2 : 1;
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    // Among three letters only a letter left out or two changed about.
    if (word.length === 3 && candidate.length === 3 && [...word].sort().join() !== [...candidate].sort().join())
      continue;
    const slips = editDistance(word, candidate, allowed);
    if (slips === 0) return undefined;
    if (slips <= allowed && slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best;
}

function byFirstLetter(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const letters = new Map<string, string[]>();
  const words = names.flatMap((name) => tokenise(name).map(({ folded }) => folded));
  for (const word of new Set(words)) {
    if (!/^[a-z]{3,}$/.test(word) || STOP_WORDS.has(word) || MOODS.has(word)) continue;
    const first = word[0] ?? '';
    letters.set(first, [...(letters.get(first) ?? []), word]);
  }
  return letters;
}
