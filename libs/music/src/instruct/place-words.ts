import { sectionAt } from '../brief/read-form';
import { readNumber } from '../brief/read-number';
import type { Reading } from '../brief/reading';
import type { PlaceWord } from './intent';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const EVERY = /^(every|each|all|both)$/;
const LAST = /^(last|final|closing)$/;
/** Kinds of section whose names are verbs or common words too: only after "the" and the like. */
const COMMON = /^(drop|break|build|head|theme|solo|climax|development|hook|turn)/;
const DETERMINER = /^(the|a|an|in|another|this|that|new|short|long)$/;
const TO = /^(to|through|thru|until|till|and|-|–|—)$/;
const ONE_LETTER = /^[a-h]$/;

interface Match {
  value: PlaceWord;
  to: number;
}

/** The words for a place that start at a token. */
export function placeWordAt(reading: Reading, from: number): Match | undefined {
  return barsAt(reading, from) ?? edgeAt(reading, from) ?? sectionWordAt(reading, from);
}

/** "bars 9-12", "bar 5", "measures 1 to 4", "bars 9 to the end". */
function barsAt(reading: Reading, from: number): Match | undefined {
  if (!/^(bar|bars|measure|measures|mm)$/.test(reading.free(from))) return undefined;
  const first = readNumber(reading, from + 1);
  if (!first || !isWhole(first.value)) return undefined;
  const next = TO.test(reading.free(first.to)) ? first.to + 1 : first.to;
  const theEnd = reading.free(next) === 'the' ? next + 1 : next;
  if (next > first.to && reading.free(theEnd) === 'end')
    return { value: { kind: 'bars', first: first.value, last: Infinity }, to: theEnd + 1 };
  const last = readNumber(reading, next);
  return last && isWhole(last.value)
    ? { value: { kind: 'bars', first: first.value, last: last.value }, to: last.to }
    : { value: { kind: 'bars', first: first.value, last: first.value }, to: first.to };
}

/** "first four bars", "last bar". */
function edgeAt(reading: Reading, from: number): Match | undefined {
  const word = reading.free(from);
  const kind = LAST.test(word) ? 'lastBars' : /^(first|opening)$/.test(word) ? 'firstBars' : undefined;
  if (!kind) return undefined;
  const count = readNumber(reading, from + 1);
  const at = count?.to ?? from + 1;
  if (!/^(bar|bars|measure|measures)$/.test(reading.free(at))) return undefined;
  const value = count?.value ?? 1;
  return isWhole(value) ? { value: { kind, count: value }, to: at + 1 } : undefined;
}

/** "the second chorus", "last verse", "chorus 2", "every verse", "section B", "B section". */
function sectionWordAt(reading: Reading, from: number): Match | undefined {
  let at = from;
  let which = ordinal(reading.free(at));
  if (which !== undefined) at++;
  if (which === 0 && reading.free(at) === 'the') at++;
  const named = nameAt(reading, at, which !== undefined);
  if (!named) return undefined;
  let { to } = named;
  const number = readNumber(reading, to);
  // "chorus 2" is one of them, "chorus 8 bars" a length, "chorus 2 times" a count.
  if (
    number &&
    which === undefined &&
    isWhole(number.value) &&
    !/^(bar|measure|times?$|more$|bpm|db|percent|%)/.test(reading.free(number.to))
  ) {
    which = number.value;
    ({ to } = number);
  }
  if (named.plural && which === undefined) which = 0;
  if (/^(section|part)$/.test(reading.free(to))) to++;
  return { value: { kind: 'section', name: named.name, which, asked: reading.span(from, to).text }, to };
}

function nameAt(reading: Reading, at: number, sure: boolean) {
  const word = reading.free(at);
  if (word === 'choruses') return { name: 'chorus', plural: true, to: at + 1 };
  const isLetter = (index: number) => ONE_LETTER.test(reading.free(index));
  if (/^(section|part)$/.test(word) && isLetter(at + 1))
    return { name: reading.free(at + 1), plural: false, to: at + 2 };
  if (isLetter(at) && /^(section|part|sections|parts)$/.test(reading.free(at + 1)) && reading.tokens[at]?.text !== 'a')
    return { name: word, plural: reading.free(at + 1).endsWith('s'), to: at + 2 };
  const match = sectionAt(reading, at);
  if (!match) return undefined;
  if (COMMON.test(word) && !sure && !DETERMINER.test(reading.word(at - 1))) return undefined;
  return { name: match.value, plural: word.endsWith('s') && match.to === at + 1, to: match.to };
}

function ordinal(word: string): number | undefined {
  if (EVERY.test(word)) return 0;
  if (LAST.test(word)) return -1;
  const place = ORDINALS.indexOf(word);
  return place >= 0 ? place + 1 : undefined;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
