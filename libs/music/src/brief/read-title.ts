import { InputError } from '../input-error';
import type { Finding, Reading } from './reading';

/** Longest title, in UTF-16 code units. */
export const MAX_TITLE_CHARACTERS = 200;

const LEADS = new Set(['called', 'titled', 'entitled', 'named']);
const QUOTES: Record<string, string> = { '"': '"', '“': '”', '«': '»', '„': '“', '‘': '’', "'": "'" };
const ENDING_WORDS = new Set(['in', 'at', 'with', 'for', 'using', 'featuring', 'about', 'and']);

/** `called "Night Bus"`, `title: Night Bus`, `titled Night Bus`. Without quotes it ends at punctuation or after eight words. */
export function readTitles(reading: Reading): Finding<string>[] {
  const findings: Finding<string>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const after = LEADS.has(reading.free(index))
      ? index + 1
      : reading.free(index) === 'title' && /^(:|=|is)$/.test(reading.word(index + 1))
        ? index + 2
        : undefined;
    if (after === undefined) continue;
    const found = quoted(reading, after) ?? bare(reading, after);
    if (!found) continue;
    const [from, to, end] = found;
    const title = reading.span(from, to).text.trim();
    checkTitle('prompt.title', title);
    findings.push(reading.claim(index, end, title));
    index = end - 1;
  }
  return findings;
}

/** @throws InputError for an empty or overlong title. */
export function checkTitle(field: string, title: string): void {
  if (title.trim() === '' || title.length > MAX_TITLE_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(title)) {
    throw new InputError(field, title, `1 to ${MAX_TITLE_CHARACTERS} characters without control characters`);
  }
}

function quoted(reading: Reading, open: number): [from: number, to: number, end: number] | undefined {
  const closing = QUOTES[reading.tokens[open]?.text ?? ''];
  if (!closing) return undefined;
  for (let index = open + 1; index < reading.tokens.length; index++) {
    if (reading.tokens[index]?.text === closing && index > open + 1) return [open + 1, index, index + 1];
  }
  return undefined;
}

function bare(reading: Reading, from: number): [from: number, to: number, end: number] | undefined {
  let to = from;
  while (to < reading.tokens.length && to - from < 8) {
    const token = reading.tokens[to];
    if (!token || token.kind === 'mark' || (to > from && ENDING_WORDS.has(token.text))) break;
    to++;
  }
  return to > from ? [from, to, to] : undefined;
}
