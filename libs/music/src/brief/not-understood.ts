import type { Span } from './brief';
import type { Reading } from './reading';
import { STOP_WORDS } from './stop-words';

/** What nobody claimed and is no stop word, in spans that run on across at most two stop words. */
export function notUnderstood(reading: Reading): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  let to = 0;
  const close = () => {
    if (from !== undefined) spans.push(reading.span(from, to));
    from = undefined;
  };
  for (let index = 0; index < reading.tokens.length; index++) {
    const token = reading.tokens[index];
    if (!token) continue;
    if (isListNumber(reading, index)) {
      close();
      continue;
    }
    // "4 my game", "beats 2 relax to"
    const next = reading.tokens[index + 1];
    const short = /^[24]$/.test(token.text) && !token.joined && next?.kind === 'word' && !next.joined;
    const bridging = short || (token.kind === 'word' && STOP_WORDS.has(token.folded));
    if (reading.isClaimed(index) || token.kind === 'mark') close();
    else if (bridging && index - to >= 2) close();
    else if (!bridging) {
      from ??= index;
      to = index + 1;
    }
  }
  close();
  return spans;
}

/** "1) reggae 2) 80 bpm": the number of an item. */
function isListNumber(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  if (token?.kind !== 'number' || !/^[0-9]{1,2}$/.test(token.text)) return false;
  return /^[).:]$/.test(reading.word(index + 1)) && (reading.tokens[index + 1]?.joined ?? false);
}
