import { InputError } from '../input-error';
import { MOODS, type Mood } from './lexicon-moods';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

/** A mood word of the prompt and what it leans to. */
export interface MoodMention {
  word: string;
  mood: Mood;
}

const BOOK = new PhraseBook<MoodMention>([...MOODS].map(([word, mood]) => [word, { word, mood }] as const));
const NEGATORS = /^(not|no|never|without|isn't|nothing|less)$/;
const DEGREES = /^(too|very|so|overly|particularly|really|any|be|super)$/;

/** Moods and textures. A negated one ("not too sad") is understood and left out. An era ("80s", "1990s") counts as a texture. */
export function readMoods(reading: Reading): Finding<MoodMention>[] {
  const findings: Finding<MoodMention>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const match = BOOK.longestAt(reading, index) ?? era(reading, index);
    if (!match) continue;
    index = match.to - 1;
    const negator = DEGREES.test(reading.word(match.from - 1)) ? match.from - 2 : match.from - 1;
    if (NEGATORS.test(reading.word(negator))) reading.cover(negator, match.to);
    else findings.push(reading.claim(match.from, match.to, match.value));
  }
  return findings;
}

/** `intensity 70`, `energy: 8/10`, `energy 40%`, on a scale of 0 to 100. @throws InputError outside it. */
export function readIntensities(reading: Reading): Finding<number>[] {
  const findings: Finding<number>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    if (!/^(intensity|energy|density)$/.test(reading.free(index))) continue;
    let at = index + 1;
    while (/^(level|of|at|is|:|=)$/.test(reading.free(at))) at++;
    const number = readNumber(reading, at);
    if (!number) continue;
    let { value, to } = number;
    const outOf = reading.free(to) === '/' ? readNumber(reading, to + 1) : undefined;
    if (outOf && outOf.value > 0) [value, to] = [Math.round((value / outOf.value) * 100), outOf.to];
    else if (/^(%|percent)$/.test(reading.free(to))) to++;
    else if (reading.tokens[to]?.kind === 'word' && /^(bar|bars|bpm|minute|minutes|measures)$/.test(reading.free(to)))
      continue;
    checkIntensity('prompt.intensity', value);
    findings.push(reading.claim(index, to, Math.round(value)));
  }
  return findings;
}

/** @throws InputError outside 0 to 100. */
export function checkIntensity(field: string, value: number): void {
  if (!(value >= 0 && value <= 100)) throw new InputError(field, value, '0 (sparse, calm) to 100 (dense, intense)');
}

function era(reading: Reading, from: number) {
  const token = reading.tokens[from];
  if (!token || reading.isClaimed(from) || !/^(?:(?:19|20)[0-9]0|[2-9]0)$/.test(token.text)) return undefined;
  const [after, second] = [reading.free(from + 1), reading.free(from + 2)];
  const to = after === 's' ? from + 2 : after === "'" && second === 's' ? from + 3 : undefined;
  return to === undefined ? undefined : { value: { word: `${token.text}s`, mood: {} }, from, to };
}
