import type { Reading } from './reading';

const UNITS = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
  'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
]; // prettier-ignore
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A number written in digits ("10,000", "82.5") or words ("thirty-two"). */
export interface NumberMatch {
  value: number;
  to: number;
}

/** The number that starts at an unclaimed token, or undefined. A minus sign before it counts. */
export function readNumber(reading: Reading, from: number): NumberMatch | undefined {
  const token = reading.tokens[from];
  if (!token || reading.isClaimed(from)) return undefined;
  if (token.kind === 'number') {
    const value = parseDigits(token.text);
    if (value === undefined) return undefined;
    // "-5": a hyphen that follows a space (or nothing) and touches the digits.
    const before = reading.tokens[from - 1];
    const negative = /^[-−]$/u.test(before?.text ?? '') && token.joined;
    return { value: negative ? -value : value, to: from + 1 };
  }
  return readNumberWords(reading, from);
}

function readNumberWords(reading: Reading, from: number): NumberMatch | undefined {
  const word = reading.free(from);
  if (word === 'dozen') return { value: 12, to: from + 1 };
  if (word === 'a' && /^(hundred|dozen)$/.test(reading.free(from + 1)))
    return { value: reading.free(from + 1) === 'dozen' ? 12 : 100, to: from + 2 };
  const unit = UNITS.indexOf(word);
  const tens = TENS.indexOf(word);
  let below: NumberMatch | undefined;
  if (unit >= 0) below = { value: unit, to: from + 1 };
  if (tens >= 0) {
    const following = UNITS.indexOf(reading.free(from + 1));
    const hasUnit = following >= 1 && following <= 9;
    below = { value: (tens + 2) * 10 + (hasUnit ? following : 0), to: from + (hasUnit ? 2 : 1) };
  }
  if (!below || reading.free(below.to) !== 'hundred') return below;
  let next = below.to + 1;
  if (reading.free(next) === 'and') next++;
  const rest = readNumberWords(reading, next);
  const hundreds = below.value * 100;
  return rest && rest.value < 100
    ? { value: hundreds + rest.value, to: rest.to }
    : { value: hundreds, to: below.to + 1 };
}

/** "1,024" and "1.5" and "82,5"; undefined for "1:30" and other shapes. */
function parseDigits(text: string): number | undefined {
  if (/^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^[0-9]+(?:[.,][0-9]+)?$/.test(text)) return Number(text.replace(',', '.'));
  return undefined;
}
