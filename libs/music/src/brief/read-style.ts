import { STYLES } from '../styles/style-catalogue';
import { PhraseBook } from './phrase-book';
import type { Finding, Reading } from './reading';
import { firstInCatalogue, RELATED_GENRES, type RelatedGenre } from './related-genres';
import { MOODS } from './lexicon-moods';

/** A genre that the prompt names. `related` where it has no style of its own. */
export interface StyleMention {
  style: string;
  asked: string;
  related?: RelatedGenre;
  /** "jazzy" is an adjective, "house" a noun, "ambient" either. */
  kind: 'noun' | 'adjective' | 'either';
}

type Entry = Omit<StyleMention, 'asked'>;

/** Adjectives with the genres they lean to, the nearest one first. */
const ADJECTIVES: Record<string, string[]> = {
  jazzy: ['jazz-swing'], jazzier: ['jazz-swing'], bluesy: ['blues', 'jazz-swing'], rocky: ['rock'], rocking: ['rock'], rockin: ['rock'],
  punky: ['punk', 'rock'], folky: ['folk', 'rock'], poppy: ['pop', 'rock'], housey: ['house'], clubby: ['house'], trappy: ['trap', 'lo-fi-hip-hop'],
  atmospheric: ['ambient'],
}; // prettier-ignore
const EITHER: Record<string, string[]> = {
  lofi: ['lo-fi-hip-hop'], 'lo fi': ['lo-fi-hip-hop'], symphonic: ['orchestral'], orchestral: ['orchestral'], ambient: ['ambient'],
}; // prettier-ignore

/** Words that name a genre only where nothing else does: they are moods or feels beside another one. */
const WEAK_WORDS = ['swing', 'dance', 'club', 'four on the floor', 'atmospheric', 'meditation', 'drone', 'ballad', 'game',
  'documentary', 'fanfare', 'hymn', 'nocturne', 'fugue', 'invention', 'minuet', 'sarabande', 'prelude', 'etude', 'sonata',
]; // prettier-ignore
const isWeak = (name: string) => WEAK_WORDS.includes(name) || MOODS.has(name);

const CATALOGUE = STYLES.flatMap((style) =>
  [style.id, style.name.toLowerCase(), ...style.aliases].map(
    (name) => [name, { style: style.id, kind: 'noun' as const }] as const,
  ),
);
const adjectives = (words: Record<string, string[]>, kind: 'adjective' | 'either') =>
  Object.entries(words).map(([name, styles]) => [name, { style: firstInCatalogue(styles), kind }] as const);
const BOOK = new PhraseBook<Entry>([
  ...adjectives(ADJECTIVES, 'adjective'),
  ...adjectives(EITHER, 'either'),
  ...CATALOGUE.filter(([name]) => !isWeak(name)),
  ...[...RELATED_GENRES]
    .filter(([name]) => !isWeak(name))
    .map(([name, related]) => [name, { style: related.style, related, kind: 'noun' }] as const),
]);
/** Moods are left to the mood words, which suggest a style too. */
const WEAK_BOOK = new PhraseBook<Entry>([
  ...CATALOGUE.filter(([name]) => isWeak(name) && !MOODS.has(name)),
  ...[...RELATED_GENRES]
    .filter(([name]) => isWeak(name) && !MOODS.has(name))
    .map(([name, related]) => [name, { style: related.style, related, kind: 'noun' }] as const),
]);
const NEGATORS = /^(not|no|without|non|never|isn't|less)$/;

/** Genres in the order of the prompt; those ruled out ("not jazz") are understood and left out. */
export function readStyles(reading: Reading): Finding<StyleMention>[] {
  const findings = collect(reading, BOOK);
  if (findings.length === 0) return collect(reading, WEAK_BOOK);
  // "an ambient drone": the weaker word says the same again.
  for (let index = 0; index < reading.tokens.length; index++) {
    const match = WEAK_BOOK.longestAt(reading, index);
    if (match && findings.some(({ value }) => value.style === match.value.style)) reading.cover(match.from, match.to);
  }
  return findings;
}

/** Genre words inside what other recognisers took ("jazz drums", "waltz"): hints where no genre is named. */
export function hintStyles(prompt: Reading): Finding<StyleMention>[] {
  const findings = collect(prompt, BOOK);
  return findings.length > 0 ? findings : collect(prompt, WEAK_BOOK);
}

/** Where a genre's name that starts at a token ends ("drum and bass"), or undefined. */
export function genreEnd(reading: Reading, from: number): number | undefined {
  return BOOK.longestAt(reading, from)?.to;
}

function collect(reading: Reading, book: PhraseBook<Entry>): Finding<StyleMention>[] {
  const findings: Finding<StyleMention>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const match = book.longestAt(reading, index);
    if (!match) continue;
    index = match.to - 1;
    const but = reading.word(match.from - 1) === 'but' && reading.word(match.from - 2) === 'anything';
    if (but || NEGATORS.test(reading.word(match.from - 1))) {
      reading.cover(match.from - (but ? 2 : 1), match.to);
      continue;
    }
    // "a drone of bagpipes" is a part.
    const part = reading.word(match.from) === 'drone' && reading.word(match.to) === 'of';
    if (part || isName(reading, match.from)) continue;
    const kind = isColour(reading, match) ? 'adjective' : match.value.kind;
    const asked = reading.span(match.from, match.to).text;
    findings.push(reading.claim(match.from, match.to, { ...match.value, kind, asked }));
  }
  return findings;
}

/** "with Celtic flavour", "a hint of jazz": what colours another genre. */
function isColour(reading: Reading, { from, to }: { from: number; to: number }): boolean {
  const hint = reading.word(from - 1) === 'of' && /^(hint|touch|dash|bit|shade|pinch)$/.test(reading.word(from - 2));
  return (
    hint || /^(flavou?rs?|influences?|elements?|touch|touches|undertones?|twist|tinge|accents?)$/.test(reading.word(to))
  );
}

/** "like Daft Punk": the last of several capitalised words after "like" or "by" belongs to a name. */
function isName(reading: Reading, from: number): boolean {
  const capital = (index: number) => /^\p{Lu}/u.test(reading.tokens[index]?.text ?? '');
  let first = from;
  while (capital(first) && capital(first - 1) && from - first < 4) first--;
  return first < from && /^(like|by)$/.test(reading.word(first - 1));
}
