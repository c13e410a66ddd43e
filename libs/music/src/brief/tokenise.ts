/** `word` letters, `number` ASCII digits with separators, `mark` punctuation and the like, `sign` a pictograph. */
export type TokenKind = 'word' | 'number' | 'mark' | 'sign';

/** A piece of the prompt. `start` and `end` (exclusive) are UTF-16 offsets. */
export interface Token {
  kind: TokenKind;
  text: string;
  /** Lower case, without diacritics or compatibility forms: what lexicons are looked up by. */
  folded: string;
  start: number;
  end: number;
  /** True where nothing, or only a hyphen, stands between this token and the one before. */
  joined: boolean;
}

/** Format characters (zero-width joiners, bidi marks) may stand inside a word and are nothing by themselves. */
const TOKEN = /\p{L}[\p{L}\p{M}\p{Cf}]*(?:['’]\p{L}+)?|[0-9]+(?:[.,:][0-9]+)*|\p{N}+|[^\s\p{Cf}]/gu;
const WORD = /^[\p{L}\p{N}]/u;
const HYPHEN = /^[-‐‑–]$/u;

/** The tokens of a text in order. A hyphen between two tokens without spaces is dropped: `lo-fi` is `lo`, `fi`. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const piece = match[0];
    const [start, end] = [match.index, match.index + piece.length];
    const previous = tokens.at(-1);
    if (HYPHEN.test(piece) && previous?.end === start && /^\S/u.test(text.slice(end, end + 2))) continue;
    const gap = previous ? text.slice(previous.end, start) : ' ';
    const joined = gap === '' || HYPHEN.test(gap);
    tokens.push({ kind: kindOf(piece), text: piece, folded: fold(piece), start, end, joined });
  }
  return tokens;
}

/** Letters of other scripts that look like Latin ones (Unicode Technical Standard 39, confusables). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ӏ: 'l', к: 'k', м: 'm', т: 't', в: 'b', н: 'h',
  α: 'a', ο: 'o', ρ: 'p', ν: 'v', ι: 'i', κ: 'k', υ: 'u', χ: 'x',
}; // prettier-ignore

/** Lower case, with diacritics, compatibility forms, typographic apostrophes and look-alikes inside Latin words evened out. */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/’/g, "'")
    .toLowerCase();
  return /[a-z]/.test(plain) ? plain.replace(/[\u0370-\u052f]/g, (letter) => LOOK_ALIKES[letter] ?? letter) : plain;
}

function kindOf(piece: string): TokenKind {
  if (/^[0-9]/.test(piece)) return 'number';
  if (WORD.test(piece)) return 'word';
  return /^\p{Extended_Pictographic}/u.test(piece) ? 'sign' : 'mark';
}
