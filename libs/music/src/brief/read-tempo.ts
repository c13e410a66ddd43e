import { InputError } from '../input-error';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

export const [MIN_TEMPO_BPM, MAX_TEMPO_BPM] = [20, 400];

/** A tempo in words: Italian terms name a tempo, `pace` (-2 very slow to 2 very fast) leans on the style's range. */
export type TempoWord = { milliBpm: number } | { pace: number };

/** Middles of the metronome ranges in W. Apel, Harvard Dictionary of Music ("Tempo marks"), as found on metronomes. */
const ITALIAN: Record<string, number> = {
  larghissimo: 22, grave: 35, largo: 50, larghetto: 63, lento: 54, adagio: 71, adagietto: 74, andante: 92,
  andantino: 94, moderato: 112, allegretto: 116, allegro: 132, 'allegro moderato': 120, vivace: 166, vivo: 160,
  vivacissimo: 174, allegrissimo: 174, presto: 184, prestissimo: 208,
}; // prettier-ignore

const PACES: Record<number, string[]> = {
  [-2]: ['very slow', 'super slow', 'extremely slow', 'really slow', 'glacial', 'slowest'],
  [-1]: ['slow', 'slower', 'slowly', 'slow tempo', 'slow paced', 'downtempo', 'down tempo', 'laid back tempo', 'unhurried', 'ballad'],
  0: ['medium tempo', 'mid tempo', 'midtempo', 'moderate tempo', 'moderate',
    'moderate', 'medium paced', 'walking pace', 'medium'],
  1: ['fast', 'faster', 'quick', 'uptempo', 'up tempo', 'upbeat tempo', 'fast paced', 'brisk', 'speedy', 'high tempo', 'fast tempo'],
  2: ['very fast', 'super fast', 'extremely fast', 'really fast', 'breakneck', 'frantic', 'lightning fast'],
}; // prettier-ignore

const TEMPO_WORDS = new PhraseBook<TempoWord>([
  ...Object.entries(ITALIAN).map(([term, bpm]) => [term, { milliBpm: bpm * 1000 }] as const),
  ...Object.entries(PACES).flatMap(([pace, words]) => words.map((word) => [word, { pace: Number(pace) }] as const)),
]);

/** Note values by their British and American names, in quarter notes. */
const NOTE_VALUES = new PhraseBook<number>(
  Object.entries({
    0.25: ['semiquaver', 'sixteenth', 'sixteenth note'],
    0.5: ['quaver', 'eighth', 'eighth note', '♪'],
    1: ['crotchet', 'quarter', 'quarter note', '♩'],
    2: ['minim', 'half', 'half note'],
    4: ['semibreve', 'whole note'],
  }).flatMap(([quarters, names]) =>
    names.flatMap((name) => [[name, Number(quarters)] as const, [`dotted ${name}`, Number(quarters) * 1.5] as const]),
  ),
);

const OTHER_UNITS =
  /^(bar|bars|measure|measures|second|seconds|sec|secs|s|minute|minutes|min|mins|hz|khz|db|%|percent|am|pm|o'clock|\/)$/;

/** Tempos in thousandths of a quarter note per minute: `82 bpm`, `tempo of 82`, `at 82`, `80-90 bpm` (its middle). @throws InputError outside 20 to 400 bpm. */
export function readTempos(reading: Reading): Finding<number>[] {
  const findings: Finding<number>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found =
      noteValue(reading, index) ??
      between(reading, index) ??
      numberWithUnit(reading, index) ??
      unitWithNumber(reading, index);
    if (!found) continue;
    checkTempo('prompt.tempo', found.bpm);
    findings.push(reading.claim(leadOf(reading, found.from), found.to, Math.round(found.bpm * 1000)));
    index = found.to - 1;
  }
  return findings;
}

/** `allegro`, `slow`, `fast`: a lean, not a figure. */
export function readTempoWords(reading: Reading): Finding<TempoWord>[] {
  const findings: Finding<TempoWord>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const match = TEMPO_WORDS.longestAt(reading, index);
    if (match) findings.push(reading.claim(match.from, match.to, match.value));
  }
  return findings;
}

/** "house 126": a number from 40 to 220 that nobody else took and nothing is counted by. */
export function readBareTempos(reading: Reading): Finding<TempoWord>[] {
  const findings: Finding<TempoWord>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const token = reading.tokens[index];
    const number = token?.kind === 'number' ? readNumber(reading, index) : undefined;
    const next = reading.tokens[index + 1];
    const counts =
      next !== undefined &&
      !reading.isClaimed(index + 1) &&
      !/^([,;.!?|/]|in|w|with|for|and|please)$/.test(next.folded);
    if (!number || counts || number.value < 40 || number.value > 220) continue;
    findings.push(reading.claim(index, index + 1, { milliBpm: Math.round(number.value * 1000) }));
  }
  return findings;
}

/** @throws InputError outside 20 to 400 bpm. */
export function checkTempo(field: string, bpm: number): void {
  if (!(bpm >= MIN_TEMPO_BPM && bpm <= MAX_TEMPO_BPM)) {
    throw new InputError(field, bpm, `${MIN_TEMPO_BPM} to ${MAX_TEMPO_BPM} bpm`);
  }
}

interface TempoMatch {
  bpm: number;
  from: number;
  to: number;
}

function numberWithUnit(reading: Reading, from: number): TempoMatch | undefined {
  const first = readNumber(reading, from);
  if (!first) return undefined;
  let [value, to] = [first.value, first.to];
  const second = readNumber(reading, /^(to|and)$/.test(reading.free(to)) ? to + 1 : to);
  const joinedRange = second && (second.to > to + 1 || reading.tokens[to]?.joined);
  if (second && joinedRange && unitEnd(reading, second.to)) {
    value = (first.value + second.value) / 2;
    to = second.to;
  }
  const end = unitEnd(reading, to);
  return end === undefined ? undefined : { bpm: value, from, to: end };
}

function unitEnd(reading: Reading, at: number): number | undefined {
  if (reading.free(at) === 'bpm' || reading.free(at) === 'bpms') return at + 1;
  const perMinute =
    /^beats?$/.test(reading.free(at)) && /^(per|a)$/.test(reading.free(at + 1)) && reading.free(at + 2) === 'minute';
  const toTheMinute = reading.free(at) === 'to' && reading.free(at + 1) === 'the' && reading.free(at + 2) === 'minute';
  return perMinute || toTheMinute ? at + 3 : undefined;
}

function unitWithNumber(reading: Reading, from: number): TempoMatch | undefined {
  const word = reading.free(from);
  if (word === 'around' || word === 'about') return roughly(reading, from);
  if (!/^(bpm|tempo|at|@|♩|mm)$/.test(word)) return undefined;
  let at = from + 1;
  while (/^(of|is|:|=|at|around|about|roughly|~|-|to|set)$/.test(reading.free(at))) at++;
  const withUnit = numberWithUnit(reading, at);
  if (withUnit) return { ...withUnit, from };
  const number = readNumber(reading, at);
  if (!number || OTHER_UNITS.test(reading.free(number.to))) return undefined;
  // A bare "at 3" or "at 432 Hz" is no tempo.
  const bare = word === 'at' || word === '@';
  if (bare && !(number.value >= MIN_TEMPO_BPM && number.value <= MAX_TEMPO_BPM)) return undefined;
  return { bpm: number.value, from, to: number.to };
}

/** `crotchet = 96`, `dotted quarter = 60`, `M.M. 100`: a beat of another value is reckoned in quarter notes. */
function noteValue(reading: Reading, from: number): TempoMatch | undefined {
  const metronome = reading.free(from) === 'm' && reading.word(from + 1) === '.' && reading.free(from + 2) === 'm';
  const note = NOTE_VALUES.longestAt(reading, from);
  let at = metronome ? from + 3 : (note?.to ?? from);
  if (at === from) return undefined;
  const sign = at;
  const signs = metronome ? /^(=|:|\.)$/ : /^(=|:|at|is|equals)$/;
  while (signs.test(reading.free(at)) && at - sign < 2) at++;
  const number = readNumber(reading, at);
  if (!number || (at === sign && !metronome) || OTHER_UNITS.test(reading.free(number.to))) return undefined;
  const end = unitEnd(reading, number.to) ?? number.to;
  return { bpm: number.value * (note?.value ?? 1), from, to: end };
}

/** "between 100 and 110", "from 70 to 74 bpm": the middle. */
function between(reading: Reading, from: number): TempoMatch | undefined {
  const word = reading.free(from);
  if (word !== 'between' && word !== 'from') return undefined;
  const first = readNumber(reading, from + 1);
  if (!first || !/^(and|to)$/.test(reading.free(first.to))) return undefined;
  const second = readNumber(reading, first.to + 1);
  if (!second || OTHER_UNITS.test(reading.free(second.to))) return undefined;
  const end = unitEnd(reading, second.to);
  const plausible = [first, second].every(({ value }) => value >= MIN_TEMPO_BPM && value <= MAX_TEMPO_BPM);
  if (end === undefined && (word === 'from' || !plausible)) return undefined;
  return { bpm: (first.value + second.value) / 2, from, to: end ?? second.to };
}

/** "around 90", and nothing that it counts. */
function roughly(reading: Reading, from: number): TempoMatch | undefined {
  const number = readNumber(reading, from + 1);
  const ends = number && (number.to >= reading.tokens.length || reading.tokens[number.to]?.kind === 'mark');
  if (!number || (unitEnd(reading, number.to) === undefined && !(ends && number.value >= 40 && number.value <= 220)))
    return undefined;
  return { bpm: number.value, from, to: unitEnd(reading, number.to) ?? number.to };
}

/** Takes "no faster than", "at least", "around" and the like in front along. */
function leadOf(reading: Reading, from: number): number {
  let at = from;
  while (
    from - at < 4 &&
    /^(than|least|most|at|around|about|up|to|under|over|exactly|roughly)$/.test(reading.free(at - 1))
  )
    at--;
  if (reading.word(at) === 'than' && /^(faster|slower|quicker|more|less)$/.test(reading.free(at - 1))) at--;
  return /^(faster|slower|quicker|more|less)$/.test(reading.word(at)) && /^(no|not)$/.test(reading.free(at - 1))
    ? at - 1
    : at;
}
