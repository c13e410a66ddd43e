import { InputError } from '../input-error';
import type { Meter } from '../score/score';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

export type TimeSignature = Pick<Meter, 'numerator' | 'denominator'>;

export const MAX_METER_NUMERATOR = 16;
export const METER_DENOMINATORS: readonly number[] = [2, 4, 8, 16];

const ALLOWED = `1 to ${MAX_METER_NUMERATOR} over ${METER_DENOMINATORS.join(', ')}`;

const NAMED = new PhraseBook<TimeSignature>(
  Object.entries({
    '3/4': ['waltz', 'waltz time', 'valse', 'walzer', 'vals', 'triple meter', 'triple metre', 'in three', 'in 3', 'three four', 'three quarter time'],
    '4/4': ['common time', 'four four', 'in four', 'four on the floor', 'four to the floor', 'reel', 'hornpipe'],
    '2/2': ['cut time', 'alla breve'],
    '2/4': ['in two', 'two four', 'polka', 'march time'],
    '5/4': ['in five', 'in 5', 'five four'],
    '6/8': ['six eight', 'in six', 'in 6', 'jig', 'jig time', 'compound duple'],
    '7/8': ['seven eight', 'in seven', 'in 7', 'odd meter', 'odd metre', 'odd time signature', 'odd time', 'asymmetric meter'],
    '9/8': ['nine eight', 'in nine', 'slip jig'],
    '12/8': ['twelve eight'],
    '7/4': ['seven four'],
  }).flatMap(([signature, names]) => names.map((name) => [name, parse(signature)] as const)),
); // prettier-ignore

/** Time signatures: `6/8`, `7/8 time`, `waltz`, `in five`. @throws InputError outside 1-16 over 2, 4, 8 or 16 where "time" or "meter" is said. */
export function readMeters(reading: Reading): Finding<TimeSignature>[] {
  const findings: Finding<TimeSignature>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const named = NAMED.longestAt(reading, index);
    // "in three-four": the longer name that starts a word later is meant.
    if (named && named.to > index + 1 && (NAMED.longestAt(reading, index + 1)?.to ?? 0) > named.to) continue;
    const found = fraction(reading, index) ?? named;
    if (!found) continue;
    // "6/8, not 3/4"
    if (/^(not|never|no)$/.test(reading.word(found.from - 1))) {
      reading.cover(found.from - 1, found.to);
      continue;
    }
    // "in 3 minutes", "in 6 bars", "in 3/4": the number is part of something else.
    if (isPartOfOther(reading, found.from, found.to)) continue;
    const to = /^(time|meter|metre|signature)$/.test(reading.free(found.to)) ? found.to + 1 : found.to;
    findings.push(reading.claim(found.from, reading.free(to) === 'signature' ? to + 1 : to, found.value));
  }
  return findings;
}

/** @throws InputError outside 1-16 over 2, 4, 8 or 16. */
export function checkMeter(field: string, { numerator, denominator }: TimeSignature): void {
  const fits = Number.isInteger(numerator) && numerator >= 1 && numerator <= MAX_METER_NUMERATOR;
  if (!fits || !METER_DENOMINATORS.includes(denominator)) {
    throw new InputError(field, `${numerator}/${denominator}`, ALLOWED);
  }
}

function isPartOfOther(reading: Reading, from: number, to: number): boolean {
  const next = reading.tokens[to];
  if (reading.word(from) === 'in' && next?.folded === '/') return true;
  return reading.word(from) === 'in' && next?.kind === 'word' && /s$|^(minute|second|bar)$/.test(next.folded);
}

function fraction(reading: Reading, from: number) {
  const numerator = readNumber(reading, from);
  if (!numerator || reading.tokens[from]?.kind !== 'number' || reading.free(numerator.to) !== '/') return undefined;
  const denominator = readNumber(reading, numerator.to + 1);
  if (!denominator || reading.tokens[numerator.to + 1]?.kind !== 'number') return undefined;
  const { to } = denominator;
  const said =
    /^(time|meter|metre|signature)$/.test(reading.free(to)) ||
    /^(signature|meter|metre|time)$/.test(reading.word(from - 1));
  const value = { numerator: numerator.value, denominator: denominator.value };
  // "24/7", "1/16 notes" and "8/10" are no time signatures, unless the prompt says so.
  const likely = METER_DENOMINATORS.includes(value.denominator) && (value.numerator !== 1 || said);
  if (!said && (!likely || /^(note|notes|hat|hats|hi|roll|rolls|triplet|triplets)$/.test(reading.word(to))))
    return undefined;
  checkMeter('prompt.meter', value);
  return { value, from, to };
}

function parse(signature: string): TimeSignature {
  const [numerator = 4, denominator = 4] = signature.split('/').map(Number);
  return { numerator, denominator };
}
