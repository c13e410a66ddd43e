import { STYLES } from '../styles/style-catalogue';
import { PhraseBook } from './phrase-book';
import type { Finding, Reading } from './reading';
import { RELATED_GENRES, type RelatedGenre } from './related-genres';

/** A genre that the prompt names. `related` where it has no style of its own. */
export interface StyleMention {
  style: string;
  asked: string;
  related?: RelatedGenre;
  /** "jazzy" is an adjective, "house" a noun, "ambient" either. */
  kind: 'noun' | 'adjective' | 'either';
}

type Entry = Omit<StyleMention, 'asked'>;

const ADJECTIVES: Record<string, string> = {
  jazzy: 'jazz-swing', jazzier: 'jazz-swing', bluesy: 'jazz-swing', rocky: 'rock', rocking: 'rock', rockin: 'rock', punky: 'rock',
  folky: 'rock', poppy: 'rock', housey: 'house', clubby: 'house', trappy: 'lo-fi-hip-hop', atmospheric: 'ambient',
}; // prettier-ignore
const EITHER: Record<string, string> = {
  lofi: 'lo-fi-hip-hop', 'lo fi': 'lo-fi-hip-hop', symphonic: 'orchestral', orchestral: 'orchestral', ambient: 'ambient',
}; // prettier-ignore

/** Words that name a genre only where nothing else does: they are moods or feels beside another one. */
const WEAK = new Set(['swing', 'dance', 'club', 'four on the floor', 'atmospheric', 'meditation', 'drone']);

const BOOK = new PhraseBook<Entry>([
  ...Object.entries(ADJECTIVES).map(([name, style]) => [name, { style, kind: 'adjective' }] as const),
  ...Object.entries(EITHER).map(([name, style]) => [name, { style, kind: 'either' }] as const),
  ...STYLES.flatMap((style) =>
    [style.id, style.name, ...style.aliases]
      .filter((name) => !WEAK.has(name))
      .map((name) => [name, { style: style.id, kind: 'noun' }] as const),
  ),
  ...[...RELATED_GENRES].map(([name, related]) => [name, { style: related.style, related, kind: 'noun' }] as const),
]);
const WEAK_BOOK = new PhraseBook<Entry>(
  STYLES.flatMap((style) =>
    style.aliases.filter((name) => WEAK.has(name)).map((name) => [name, { style: style.id, kind: 'noun' }] as const),
  ),
);
const NEGATORS = /^(not|no|without|non|never|isn't|less)$/;

/** Genres in the order of the prompt; those ruled out ("not jazz") are understood and left out. */
export function readStyles(reading: Reading): Finding<StyleMention>[] {
  const findings = collect(reading, BOOK);
  return findings.length > 0 ? findings : collect(reading, WEAK_BOOK);
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
    if (NEGATORS.test(reading.word(match.from - 1))) {
      reading.cover(match.from - 1, match.to);
      continue;
    }
    findings.push(
      reading.claim(match.from, match.to, { ...match.value, asked: reading.span(match.from, match.to).text }),
    );
  }
  return findings;
}
