import { isBarWord } from './read-length';
import { readNumber } from './read-number';
import type { Reading } from './reading';

/** How many bars each chord lasts, where the prompt says so of all of them: "two bars each". */
export interface ChordLength {
  /** Undefined where it is less than a bar. */
  bars: number | undefined;
  from: number;
  to: number;
}

/** Longest way, in tokens, from a progression to the words on how long its chords last. */
const REACH = 8;

/** "two bars each", "4 bars per chord", "half a bar each", "two chords per bar" near after a token. */
export function chordLength(reading: Reading, after: number): ChordLength | undefined {
  for (let at = after; at < after + REACH && at < reading.tokens.length; at++) {
    if (/^[.;]$/.test(reading.word(at))) return undefined;
    if (
      reading.free(at) === 'half' &&
      reading.free(at + 1) === 'a' &&
      isBarWord(reading.free(at + 2)) &&
      each(reading, at + 3)
    )
      return { bars: undefined, from: at, to: each(reading, at + 3) ?? at };
    const number = readNumber(reading, at);
    if (!number) continue;
    const end = isBarWord(reading.free(number.to)) ? each(reading, number.to + 1) : undefined;
    if (end !== undefined && Number.isInteger(number.value) && number.value >= 1 && number.value <= 16)
      return { bars: number.value, from: at, to: end };
    const perBar =
      reading.free(number.to) === 'chords' &&
      /^(per|a)$/.test(reading.free(number.to + 1)) &&
      isBarWord(reading.free(number.to + 2));
    if (perBar) return { bars: undefined, from: at, to: number.to + 3 };
  }
  return undefined;
}

/** "for two bars", ", two bars", "(2 bars)" right after a chord. */
export function ownLength(reading: Reading, after: number): { bars: number; to: number } | undefined {
  const at = /^(for|,|\(|:|x)$/.test(reading.free(after)) ? after + 1 : after;
  const number = readNumber(reading, at);
  if (!number || !isBarWord(reading.free(number.to)) || !Number.isInteger(number.value)) return undefined;
  if (number.value < 1 || number.value > 16) return undefined;
  return { bars: number.value, to: reading.free(number.to + 1) === ')' ? number.to + 2 : number.to + 1 };
}

function each(reading: Reading, at: number): number | undefined {
  if (/^(each|apiece)$/.test(reading.free(at))) return at + 1;
  return /^(per|a)$/.test(reading.free(at)) && reading.free(at + 1) === 'chord' ? at + 2 : undefined;
}
