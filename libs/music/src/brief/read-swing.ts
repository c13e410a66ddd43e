import { InputError } from '../input-error';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

export const [MIN_SWING_PERCENT, MAX_SWING_PERCENT] = [50, 75];

/** Shares of the beat as the Akai MPC scale has them (R. Linn, Attack Magazine interview 2013): 50 straight, 54 loose, 62 and 66 triplet-like. */
const NAMED = new PhraseBook<number>(
  Object.entries({
    50: ['straight', 'no swing', 'straight feel', 'straight eighths', 'straight time', 'unswung', 'quantized', 'quantised', 'without swing'],
    54: ['light swing', 'slight swing', 'subtle swing', 'a bit of swing', 'a little swing', 'slightly swung', 'lightly swung', 'gentle swing'],
    60: ['swung', 'swing feel', 'with swing', 'swinging', 'swingy', 'medium swing', 'swung drums', 'swung feel', 'swung hats', 'some swing', 'swung sixteenths', 'swung eighths', 'swung sixteenth notes'],
    66: ['heavy swing', 'hard swing', 'heavily swung', 'strong swing', 'lots of swing', 'shuffle', 'shuffled', 'shuffling', 'shuffle feel', 'triplet feel', 'triplet swing'],
  }).flatMap(([percent, names]) => names.map((name) => [name, Number(percent)] as const)),
); // prettier-ignore

/** Swing as the first half's share of the beat, in percent: `60% swing`, `swung`, `shuffle`, `straight`. @throws InputError outside 50 to 75. */
export function readSwings(reading: Reading): Finding<number>[] {
  const findings: Finding<number>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const figure = swingFigure(reading, index);
    if (figure && !(figure.value >= MIN_SWING_PERCENT && figure.value <= MAX_SWING_PERCENT)) {
      throw new InputError(
        'prompt.swing',
        figure.value,
        `${MIN_SWING_PERCENT} (straight) to ${MAX_SWING_PERCENT} percent of the beat`,
      );
    }
    const found = figure ?? NAMED.longestAt(reading, index);
    if (found) findings.push(reading.claim(found.from, found.to, Math.round(found.value)));
  }
  return findings;
}

function swingFigure(reading: Reading, from: number) {
  const first = readNumber(reading, from);
  if (first && /^(%|percent)$/.test(reading.free(first.to)) && /^(swing|swung)$/.test(reading.free(first.to + 1))) {
    return { value: first.value, from, to: first.to + 2 };
  }
  const strength = /^(hard|heavy|light|medium|strong|gentle|subtle)$/.test(reading.free(from)) ? from + 1 : from;
  if (reading.free(strength) !== 'swing') return undefined;
  let at = strength + 1;
  while (/^(of|at|:|=|amount|to|,)$/.test(reading.free(at))) at++;
  const number = readNumber(reading, at);
  if (!number) return undefined;
  const hasUnit = /^(%|percent)$/.test(reading.free(number.to));
  // "swing, 32 bars" and "swing at 120 bpm" carry other numbers.
  if (!hasUnit && !/^(:|=|amount|of)$/.test(reading.free(at - 1))) return undefined;
  return { value: number.value, from, to: hasUnit ? number.to + 1 : number.to };
}
