import { Chord } from 'tonal';
import { InputError } from '../input-error';
import { pitchClass, scalePitchClasses } from '../theory/key';
import { diatonicRoman, romanToSymbol } from '../theory/roman-numeral';
import { NAMED_PROGRESSIONS } from './named-progressions';
import { readNumber } from './read-number';
import { chordLength, ownLength } from './read-timed-chords';
import type { Finding, Reading } from './reading';
import { spellKey } from './read-key';
import type { Key, Mode } from '../score/score';

/** A chord progression: all Roman numerals or all chord symbols, one a bar. */
export interface Progression {
  /** `degrees`: Roman numerals of major that stand for mere numbers, so that the key's mode decides on their quality. */
  kind: 'roman' | 'symbols' | 'degrees';
  chords: string[];
  /** True where a bar between bar lines holds several chords. */
  splitBars: boolean;
}

const ROMAN =
  /[b#♭♯]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?:maj7|M7|m7|sus[24]|dim7?|aug|add9|[°øo+]|Δ|7|9|6|11|13){0,3}(?:\/[b#]?(?:VII|VI|IV|V|III|II|vii|vi|iv|v|iii|ii))?(?![\p{L}\p{N}])/uy;
const SYMBOL =
  /[A-G](?:#|♯|♭|b)?(?:maj|min|dim|aug|sus|add|alt|m|M|[°øΔ∆+]|-(?=[0-9])|[0-9]{1,2}|[#b♭♯][0-9]{1,2}|\([^()\s]{1,8}\)){0,6}(?:\/[A-G](?:#|♯|♭|b)?)?(?![\p{L}\p{N}#♯♭])/uy;
const LINK = /[ \t]*(?:[-–—>→,|/]{1,2}(?:[ \t]*(?:and|then)\b)?|(?:and|then|to)\b)?[ \t\n]*/y;
const LONGEST = 64;

/**
 * Chord progressions: `I-V-vi-IV`, `Am F C G`, `| Dm7 | G7 | % |`, `1-5-6-4`, `Am for two bars, F for two bars`,
 * `ii V I, two bars each`, `vamp on E7`, `Andalusian cadence`. Two chords need a hyphen, arrow or bar line between them;
 * spaces alone need three.
 */
export function readProgressions(reading: Reading): Finding<Progression>[] {
  const findings: Finding<Progression>[] = [];
  const grammars = GRAMMARS.map((grammar) => ({ ...grammar, known: new Map<string, boolean>(), failedUntil: 0 }));
  for (let index = 0; index < reading.tokens.length; index++) {
    if (reading.isClaimed(index)) continue;
    const found =
      named(reading, index) ??
      timed(reading, index) ??
      grammars.map((grammar) => sequence(reading, index, grammar)).find((each) => each !== undefined) ??
      degrees(reading, index) ??
      vamp(reading, index);
    if (!found) continue;
    let from = index;
    while (from > 0 && reading.free(from - 1) === '|') from--;
    // "four chords: D, A, Bm and G"
    if (
      /^(:|=)$/.test(reading.word(from - 1)) &&
      reading.word(from - 2) === 'chords' &&
      readNumber(reading, from - 3) &&
      reading.word(from - 4) !== '/'
    )
      from -= 3;
    let to = found.to;
    while (reading.free(to) === '|') to++;
    if (/^(progression|chord|chords|changes|vamp|turnaround)$/.test(reading.free(to))) to++;
    const length = chordLength(reading, to);
    if (length) reading.cover(length.from, length.to);
    findings.push(reading.claim(from, to, length ? stretched(found.value, length.bars) : found.value));
    index = to - 1;
  }
  return findings;
}

/** Each chord for as many bars; undefined for less than one, which the composer does not do. */
function stretched(progression: Progression, bars: number | undefined): Progression {
  if (bars === undefined) return { ...progression, splitBars: true };
  return { ...progression, chords: progression.chords.flatMap((chord) => Array.from({ length: bars }, () => chord)) };
}

/** The chords of a progression in a key: those given as mere numbers are the key's own triads. */
export function chordsIn({ kind, chords }: Progression, key: Key): string[] {
  return kind === 'degrees' && key.mode !== 'major' ? chords.map((chord) => diatonicRoman(chord, key)) : chords;
}

/** The key that chord symbols suggest: the tonic whose scale holds most of their triads; the first chord breaks ties. */
export function keyOfProgression(progression: Progression): Key | { mode: Mode } | undefined {
  if (progression.kind === 'degrees') return undefined;
  if (progression.kind === 'roman') {
    const tonicChord = progression.chords.find((chord) => /^[iI](?![iIvV])/.test(chord));
    if (!tonicChord) return undefined;
    return { mode: tonicChord.startsWith('i') ? 'minor' : 'major' };
  }
  const chords = progression.chords.map((symbol) => Chord.get(symbol));
  const first = chords[0];
  const last = chords.at(-1);
  if (!first?.tonic) return undefined;
  let best: { key: Key; points: number } | undefined;
  for (const chord of chords) {
    if (!chord.tonic) continue;
    const mode: Mode = chord.quality === 'Minor' ? 'minor' : 'major';
    const key = spellKey({ tonic: chord.tonic, mode });
    const points =
      chords.filter((other) => fitsKey(other.notes.slice(0, 3), key)).length * 4 +
      (chord === first ? 3 : 0) +
      (chord === last ? 1 : 0);
    if (!best || points > best.points) best = { key, points };
  }
  return best?.key;
}

interface Grammar {
  kind: Progression['kind'];
  pattern: RegExp;
  isChord: (text: string) => boolean;
}

const GRAMMARS: readonly Grammar[] = [
  { kind: 'roman', pattern: ROMAN, isChord: isRomanChord },
  { kind: 'symbols', pattern: SYMBOL, isChord: isSymbol },
];

/** The progression that starts at a token. Part of one that failed is not tried again, for it would fail too. */
function sequence(
  reading: Reading,
  from: number,
  grammar: Grammar & { known: Map<string, boolean>; failedUntil: number },
) {
  const { prompt } = reading;
  const start = reading.tokens[from]?.start ?? 0;
  // "sections A, B and C" are no chords.
  if (start < grammar.failedUntil || /^(section|sections|part|parts)$/.test(reading.word(from - 1))) return undefined;
  const chords: string[] = [];
  // "Am/F/C/G" is a list, "C/G" a chord over its bass.
  const slashList = /^[A-G][^\s/]{0,8}\/[A-G][^\s/]{0,8}\/[A-G]/.test(prompt.slice(start, start + 40));
  let splitBars = false;
  let barLines = 0;
  let offset = start;
  let end = start;
  while (chords.length < LONGEST) {
    grammar.pattern.lastIndex = offset;
    const match = grammar.pattern.exec(prompt);
    const again = !match && chords.length > 0 && prompt[offset] === '%';
    if (!match && !again) break;
    const whole = match?.[0] ?? '';
    const written = slashList ? (whole.split('/')[0] ?? '') : whole;
    const text = again ? (chords.at(-1) ?? '') : plain(written);
    const isChord = grammar.known.get(text) ?? grammar.isChord(text);
    grammar.known.set(text, isChord);
    if (!isChord) break;
    chords.push(text);
    end = offset + (again ? 1 : written.length);
    LINK.lastIndex = end;
    const link = LINK.exec(prompt)?.[0] ?? '';
    if (link.includes('|')) barLines++;
    else if (barLines > 0 && link.trim() === '') splitBars = true;
    // "ii-V-I, I want": a comma ends what hyphens link.
    const hyphens = chords.length > 1 && /[-–—>→]/.test(prompt.slice(start, end));
    if (link === '' || (hyphens && link.includes(','))) break;
    offset = end + link.length;
  }
  const linked = slashList || /[-–—>→|]/.test(prompt.slice(start, end));
  // The same again and again ("I, I, I") is prose.
  if (chords.length < (linked ? 2 : 3) || new Set(chords).size === 1) {
    grammar.failedUntil = end;
    return undefined;
  }
  return { value: { kind: grammar.kind, chords, splitBars }, to: reading.indexAtOffset(end, from + 1) };
}

interface Found {
  value: Progression;
  to: number;
}

function named(reading: Reading, from: number): Found | undefined {
  const match = NAMED_PROGRESSIONS.longestAt(reading, from);
  return match && { value: { kind: 'roman', chords: match.value, splitBars: false }, to: match.to };
}

/** Whether one of some words stands within a few tokens. */
function saidNear(reading: Reading, from: number, words: RegExp): boolean {
  for (let at = from - 3; at <= from + 8; at++) if (words.test(reading.word(at))) return true;
  return false;
}

/** The chord symbol that begins at a token and ends with one. */
function symbolAt(reading: Reading, from: number): { chord: string; to: number } | undefined {
  const token = reading.tokens[from];
  if (!token || reading.isClaimed(from)) return undefined;
  SYMBOL.lastIndex = token.start;
  const match = SYMBOL.exec(reading.prompt);
  if (!match || !isSymbol(plain(match[0]))) return undefined;
  return { chord: plain(match[0]), to: reading.indexAtOffset(SYMBOL.lastIndex, from + 1) };
}

/** "Am for two bars, then F for two bars", "Dm7 (2 bars), G7 (2 bars)". */
function timed(reading: Reading, from: number): Found | undefined {
  if (!saidNear(reading, from, /^(bar|bars|measure|measures)$/)) return undefined;
  const chords: string[] = [];
  let count = 0;
  let to = from;
  for (let at = from; chords.length < LONGEST;) {
    const symbol = symbolAt(reading, at);
    const length = symbol && ownLength(reading, symbol.to);
    if (!symbol || !length) break;
    chords.push(...Array.from({ length: length.bars }, () => symbol.chord));
    count++;
    to = length.to;
    at = to;
    while (at - to < 3 && /^(,|;|and|then|to)$/.test(reading.free(at))) at++;
  }
  return count < 2 ? undefined : { value: { kind: 'symbols', chords, splitBars: false }, to };
}

/** "1-5-6-4", as scale degrees; "1-2-3" counts. */
function degrees(reading: Reading, from: number): Found | undefined {
  if (reading.tokens[from]?.joined && reading.tokens[from - 1]?.kind === 'number') return undefined;
  const chords: string[] = [];
  let to = from;
  for (; chords.length <= MOST_DEGREES; to++) {
    const token = reading.tokens[to];
    if (!token || reading.isClaimed(to) || !/^[1-7]$/.test(token.text) || (to > from && !token.joined)) break;
    chords.push(DEGREES[Number(token.text) - 1] ?? 'I');
  }
  const counting = chords.every((chord, index) => chord === DEGREES[index]);
  const inWord = reading.tokens[to]?.joined && reading.tokens[to]?.kind !== 'mark';
  if (chords.length < 3 || chords.length > MOST_DEGREES || counting || inWord) return undefined;
  return { value: { kind: 'degrees', chords, splitBars: false }, to };
}

/** "vamp on E7", "one chord: E7", "over Dm7 throughout". */
function vamp(reading: Reading, from: number): Found | undefined {
  if (!saidNear(reading, from, /^(vamp|chord|throughout)$/)) return undefined;
  const symbol = symbolAt(reading, from);
  if (!symbol || /^[A-G]$/.test(symbol.chord)) return undefined;
  const before = [1, 2, 3].map((distance) => reading.word(from - distance));
  const after = [0, 1].map((distance) => reading.word(symbol.to + distance));
  const said =
    before.includes('vamp') || (before.includes('chord') && before.includes('one')) ||
    after.includes('vamp') || after.includes('throughout'); // prettier-ignore
  return said ? { value: { kind: 'symbols', chords: [symbol.chord], splitBars: false }, to: symbol.to } : undefined;
}

/** The diatonic triads of major, for numbers without more. */
const DEGREES = ['I', 'ii', 'iii', 'IV', 'V', 'vi', 'vii°'];
const MOST_DEGREES = 16;

function isRomanChord(text: string): boolean {
  try {
    return romanToSymbol(text, { tonic: 'C', mode: 'major' }) !== '';
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function isSymbol(text: string): boolean {
  return !Chord.get(text).empty;
}

/** The spelling of accidentals and qualities that chord dictionaries know: `C-7` is `Cm7`, `CΔ` is `Cmaj7`. */
function plain(text: string): string {
  return text
    .replaceAll('♭', 'b')
    .replaceAll('♯', '#')
    .replace(/^([A-G][#b]?)-/, '$1m')
    .replace(/[Δ∆]7?/, 'maj7');
}

function fitsKey(notes: string[], key: Key): boolean {
  const scale = scalePitchClasses(key);
  return notes.every((note) => scale.includes(pitchClass(note)));
}
