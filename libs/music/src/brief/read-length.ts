import { InputError } from '../input-error';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

export const [MIN_BARS, MAX_BARS] = [1, 1024];

/** A length asked for, in bars or in seconds. */
export type Length = { bars: number } | { seconds: number };

const SECONDS: Record<string, number> = {
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1, min: 60, mins: 60, minute: 60, minutes: 60, hour: 3600, hours: 3600, hr: 3600, hrs: 3600,
}; // prettier-ignore

const HALVES = new PhraseBook<number>([
  ['half a minute', 30],
  ['a half minute', 30],
  ['a minute and a half', 90],
  ['one and a half minutes', 90],
  ['two and a half minutes', 150],
  ['three and a half minutes', 210],
  ['a minute', 60],
  ['a couple of minutes', 120],
]);

const WORDS = new PhraseBook<'loop' | 'short' | 'long'>([
  ...[
    'loop',
    'looping',
    'loopable',
    'seamless loop',
    'endless',
    'endlessly',
    'seamless',
    'seamlessly',
    'loop seamlessly',
  ].map((word) => [word, 'loop'] as const),
  ...['short', 'brief', 'snippet', 'jingle', 'sting', 'shorter'].map((word) => [word, 'short'] as const),
  ...['long', 'longer', 'extended', 'full length'].map((word) => [word, 'long'] as const),
]);

/** Lengths: `32 bars`, `12 measures`, `2 minutes`, `1:30`, `90 seconds`. @throws InputError for bars outside 1 to 1024, or no time at all. */
export function readLengths(reading: Reading): Finding<Length>[] {
  const findings: Finding<Length>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found = halves(reading, index) ?? counted(reading, index) ?? clock(reading, index);
    if (!found) continue;
    const to = /^(long|length|duration)$/.test(reading.free(found.to)) ? found.to + 1 : found.to;
    findings.push(reading.claim(found.from, to, found.value));
    index = to - 1;
  }
  return findings;
}

/** `loop`, `short`, `long`. */
export function readLengthWords(reading: Reading): Finding<'loop' | 'short' | 'long'>[] {
  const findings: Finding<'loop' | 'short' | 'long'>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const match = WORDS.longestAt(reading, index);
    if (match) findings.push(reading.claim(match.from, match.to, match.value));
  }
  return findings;
}

/** @throws InputError unless it is an integer from 1 to 1024. */
export function checkBars(field: string, bars: number, asked: unknown = bars): void {
  if (!Number.isInteger(bars) || bars < MIN_BARS || bars > MAX_BARS) {
    throw new InputError(field, asked, `${MIN_BARS} to ${MAX_BARS} bars`);
  }
}

/** True for `bars`, `measures` and their singulars. */
export function isBarWord(word: string): boolean {
  return /^(bar|bars|measure|measures)$/.test(word);
}

function counted(reading: Reading, from: number) {
  const labelled =
    /^(bars|measures)$/.test(reading.free(from)) && /^(:|=)$/.test(reading.free(from + 1))
      ? readNumber(reading, from + 2)
      : undefined;
  if (labelled) {
    checkBars('prompt.bars', labelled.value);
    return { value: { bars: labelled.value }, from, to: labelled.to };
  }
  const number = readNumber(reading, from);
  if (!number) return undefined;
  const unit = reading.free(number.to);
  const range = barRange(reading, from);
  if (range) return range;
  if (isBarWord(unit)) {
    checkBars('prompt.bars', number.value);
    return { value: { bars: number.value }, from, to: number.to + 1 };
  }
  // "90s" is an era unless more of a length follows; "in 30s" and "30 s" are times.
  const era = unit === 's' && reading.tokens[number.to]?.joined && number.value % 10 === 0 && number.value >= 20;
  const factor = Object.hasOwn(SECONDS, unit) ? SECONDS[unit] : undefined;
  if (
    factor === undefined ||
    (era && !/^(long|jingle|loop|clip|ad|advert|spot|sting|snippet|teaser)$/.test(reading.free(number.to + 1)))
  )
    return undefined;
  let [seconds, to] = [number.value * factor, number.to + 1];
  const more = readNumber(reading, reading.free(to) === 'and' ? to + 1 : to);
  // "2min30" leaves the seconds unsaid.
  const unsaid = more && factor === 60 && reading.tokens[to]?.joined && more.value < 60;
  const smaller = more && (unsaid ? 1 : SECONDS[reading.free(more.to)]);
  if (more && smaller !== undefined && smaller < factor) {
    seconds += more.value * smaller;
    to = unsaid && !Object.hasOwn(SECONDS, reading.free(more.to)) ? more.to : more.to + 1;
  }
  return { value: { seconds: checkSeconds(seconds) }, from, to };
}

function halves(reading: Reading, from: number) {
  const match = HALVES.longestAt(reading, from);
  return match && { ...match, value: { seconds: match.value } };
}

function clock(reading: Reading, from: number) {
  const parts = /^([0-9]{1,2}):([0-5][0-9])$/.exec(reading.tokens[from]?.text ?? '');
  if (!parts || reading.isClaimed(from)) return undefined;
  return { value: { seconds: checkSeconds(Number(parts[1]) * 60 + Number(parts[2])) }, from, to: from + 1 };
}

function checkSeconds(seconds: number): number {
  if (!(seconds > 0)) throw new InputError('prompt.length', `${seconds} seconds`, 'more than 0 seconds');
  return seconds;
}

/** "30 to 34 bars", "between 30 and 34 bars": the middle. */
function barRange(reading: Reading, from: number) {
  const first = readNumber(reading, from);
  if (!first) return undefined;
  const linked = /^(to|and|or)$/.test(reading.free(first.to));
  if (!linked && !reading.tokens[first.to]?.joined) return undefined;
  const second = readNumber(reading, linked ? first.to + 1 : first.to);
  if (!second || !isBarWord(reading.free(second.to)) || second.value <= first.value) return undefined;
  const bars = Math.round((first.value + second.value) / 2);
  checkBars('prompt.bars', bars, `${first.value} to ${second.value}`);
  const start = /^(between|from)$/.test(reading.free(from - 1)) ? from - 1 : from;
  return { value: { bars }, from: start, to: second.to + 1 };
}
