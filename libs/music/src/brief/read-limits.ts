import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import { sectionAt } from './read-form';
import type { Finding, Reading } from './reading';

/** What a song has one of: a demand for more, or for another kind, is understood and cannot be kept. */
export type LimitField = 'key' | 'tempo' | 'meter' | 'form' | 'ending' | 'tuning' | 'voices';

const product = (...parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>(
    (heads, tails) => heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`.trim())),
    [''],
  );

const INTERVALS = [
  'tone',
  'semitone',
  'step',
  'half step',
  'whole step',
  'half tone',
  'whole tone',
  'third',
  'minor third',
  'fourth',
  'fifth',
];
const CHANGES = product(
  ['', 'modulate', 'modulates', 'modulating', 'goes', 'go', 'shift', 'shifts', 'transpose', 'raise'],
  ['up', 'down'],
  ['a', 'by a', 'one', 'by one', 'half a'],
  INTERVALS,
);

const LIMITS = new PhraseBook<LimitField>(
  Object.entries({
    key: [
      ...CHANGES, ...product(['', 'a', 'one'], INTERVALS, ['higher', 'lower']), 'modulate', 'modulates', 'modulating', 'modulation', 'key change', 'key changes', 'change key', 'changes key', 'change of key', 'gear change', 'truck driver change',
      'atonal', 'atonality', 'twelve tone', 'twelve tone row', '12 tone', '12 tone row', 'dodecaphonic', 'dodecaphony', 'serialism', '12 tone serialism', 'twelve tone serialism', 'serialist',
      'bitonal', 'bitonality', 'polytonal',
    ],
    tempo: [
      ...product(['twice', 'half'], ['as'], ['fast', 'slow']), ...product(['half', 'double', 'twice'], ['the'], ['speed', 'tempo', 'pace']),
      ...product(['slow', 'slows', 'slowing', 'slowed'], ['down']), 'ritardando', 'rallentando', ...product(['speed', 'speeds', 'speeding', 'sped'], ['up']),
      'accelerando', 'accelerate', 'accelerates', 'accelerating', 'getting faster', 'gets faster', 'getting slower', 'gets slower', 'faster and faster',
      'tempo change', 'tempo changes', 'changes tempo', 'change tempo',
    ],
    form: ['through composed', ...product(['twice', 'half'], ['as'], ['long']), ...product(['twice', 'half', 'double'], ['the'], ['length'])],
    meter: ['alternating', 'alternates between', 'mixed meter', 'mixed meters', 'mixed metre', 'changing meter', 'changing meters', 'meter changes', 'time signature changes', 'polymeter', 'polymetric', 'polymetre'],
    ending: ['fade out', 'fades out', 'fading out', 'fadeout', 'fade to silence', 'fade in', 'fades in', 'cold ending'],
    tuning: ['just intonation', 'microtonal', 'microtones', 'quarter tone', 'quarter tones', 'meantone', 'well tempered', 'pythagorean tuning', ...product(['drop'], ['a', 'b', 'c', 'd'], ['', 'tuning']), ...product(['open'], ['c', 'd', 'e', 'g'], ['tuning'])],
  } satisfies Partial<Record<LimitField, string[]>>).flatMap(([field, phrases]) => phrases.map((phrase) => [phrase, field as LimitField] as const)),
); // prettier-ignore

/** Demands in relation to the song, and such as no song of this composer can keep, with the field they speak of: `key change`, `twice as fast`, `A = 415`, `four voices`. */
export function readLimits(reading: Reading): Finding<LimitField>[] {
  const findings: Finding<LimitField>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found = tuning(reading, index) ?? voices(reading, index) ?? place(reading, index) ?? phrase(reading, index);
    if (!found) continue;
    findings.push(reading.claim(found.from, found.to, found.value));
    index = found.to - 1;
  }
  return findings;
}

/** The semitones of "up a tone", "a minor third lower", down below 0; undefined where none are said. */
export function readInterval(text: string): number | undefined {
  if (!/\b(up|down|higher|lower)\b/i.test(text)) return undefined;
  const size = INTERVAL_SIZES.find(([words]) => words.test(text))?.[1];
  return size === undefined ? undefined : /\b(down|lower)\b/i.test(text) ? -size : size;
}

const INTERVAL_SIZES: readonly (readonly [RegExp, number])[] = [
  [/minor third/i, 3],
  [/third/i, 4],
  [/fourth/i, 5],
  [/fifth/i, 7],
  [/semitone|half (a )?(step|tone)/i, 1],
  [/tone|step/i, 2],
];

/** By what "twice as fast" or "half the speed" multiplies the tempo; undefined where that is not said. */
export function readTempoRatio(text: string): number | undefined {
  const match = /\b(twice|double|half)\b.*\b(fast|slow|speed|tempo|pace)\b/i.exec(text);
  if (!match) return undefined;
  const half = /half/i.test(match[1] ?? '');
  if (/slow/i.test(match[2] ?? '')) return half ? undefined : 0.5;
  return half ? 0.5 : 2;
}

interface Limit {
  value: LimitField;
  from: number;
  to: number;
}

function phrase(reading: Reading, from: number): Limit | undefined {
  const match = LIMITS.longestAt(reading, from);
  if (!match) return undefined;
  let { to } = match;
  if (match.value === 'tempo') {
    // "speeds up to 120 bpm", "accelerating from slow to fast", "slows down at the end"
    const target = reading.free(to) === 'to' ? readNumber(reading, to + 1) : undefined;
    if (target) to = reading.free(target.to) === 'bpm' ? target.to + 1 : target.to;
    if (words(reading, to, 4) === 'from slow to fast' || words(reading, to, 4) === 'from fast to slow') to += 4;
  }
  return { ...match, to };
}

/** "432 Hz", "A = 415", "tuned to 432 Hz". */
function tuning(reading: Reading, from: number): Limit | undefined {
  let at = from;
  if (/^(tuned|tuning|pitch|pitched)$/.test(reading.free(at))) at++;
  while (at > from && /^(to|at|in|of|:)$/.test(reading.free(at))) at++;
  const concertA = /^(a|a4)$/.test(reading.free(at)) && reading.free(at + 1) === '=';
  const number = readNumber(reading, concertA ? at + 2 : at);
  if (!number) return undefined;
  const hertz = /^(hz|hertz)$/.test(reading.free(number.to));
  if (!hertz && !(concertA && number.value >= 390 && number.value <= 480)) return undefined;
  return { value: 'tuning', from, to: hertz ? number.to + 1 : number.to };
}

/** "four voices", "a two-part invention", "four-part". */
function voices(reading: Reading, from: number): Limit | undefined {
  const number = readNumber(reading, from);
  if (!number || number.value < 2 || number.value > 8 || !Number.isInteger(number.value)) return undefined;
  const noun = reading.free(number.to);
  const harmony = /^(harmony|harmonies|counterpoint|writing)$/.test(reading.free(number.to + 1));
  if (!/^(voice|voices|part)$/.test(noun) && !(noun === 'parts' && harmony)) return undefined;
  return { value: 'voices', from, to: harmony ? number.to + 2 : number.to + 1 };
}

/** "drop at bar 33", "start with the chorus", "chorus repeated three times". */
function place(reading: Reading, from: number): Limit | undefined {
  if (/^(at|from|until|in)$/.test(reading.free(from)) && reading.free(from + 1) === 'bar') {
    const number = readNumber(reading, from + 2);
    return number && { value: 'form', from, to: number.to };
  }
  if (
    /^(start|starts|starting|begin|begins|beginning|open|opens)$/.test(reading.free(from)) &&
    reading.free(from + 1) === 'with'
  ) {
    const article = /^(a|an|the)$/.test(reading.free(from + 2)) ? from + 3 : from + 2;
    const section = sectionAt(reading, article);
    const early = section === undefined || section.value === 'intro';
    return early ? undefined : { value: 'form', from, to: article };
  }
  if (/^(repeated|repeats|repeating)$/.test(reading.free(from))) {
    const number = readNumber(reading, from + 1);
    if (number && reading.free(number.to) === 'times') return { value: 'form', from, to: number.to + 1 };
    if (reading.free(from + 1) === 'twice') return { value: 'form', from, to: from + 2 };
  }
  return undefined;
}

function words(reading: Reading, from: number, count: number): string {
  return Array.from({ length: count }, (_, offset) => reading.free(from + offset)).join(' ');
}
