import type { Reading } from './reading';
import { tokenise } from './tokenise';

/** A phrase found: its value and the tokens `from` to `to` (exclusive). */
export interface PhraseMatch<T> {
  value: T;
  from: number;
  to: number;
}

/** Phrases of one or more words, found by their first word; hyphens and spaces are the same. */
export class PhraseBook<T> {
  private readonly byFirstWord = new Map<string, { words: string[]; value: T }[]>();

  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      const words = phraseWords(phrase);
      const first = words[0];
      if (first === undefined) continue;
      const others = this.byFirstWord.get(first) ?? [];
      others.push({ words, value });
      this.byFirstWord.set(first, others);
    }
    for (const others of this.byFirstWord.values()) others.sort((a, b) => b.words.length - a.words.length);
  }

  /** The longest phrase that starts at a token and uses unclaimed tokens only; the last word may be a plural. */
  longestAt(reading: Reading, from: number): PhraseMatch<T> | undefined {
    const first = reading.free(from);
    if (!first) return undefined;
    const candidates = [...(this.byFirstWord.get(first) ?? []), ...(this.byFirstWord.get(singular(first)) ?? [])];
    let best: PhraseMatch<T> | undefined;
    for (const { words, value } of candidates) {
      const to = from + words.length;
      if (best && best.to >= to) continue;
      const last = words.length - 1;
      const fits = words.every((word, offset) => {
        const found = reading.free(from + offset);
        return found === word || (offset === last && singular(found) === word);
      });
      if (fits) best = { value, from, to };
    }
    return best;
  }
}

/** A phrase as the words that a Reading holds for it. */
export function phraseWords(phrase: string): string[] {
  return tokenise(phrase).map((token) => token.folded);
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
