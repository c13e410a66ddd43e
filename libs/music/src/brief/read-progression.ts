import { Chord } from 'tonal';
import { InputError } from '../input-error';
import { pitchClass, scalePitchClasses } from '../theory/key';
import { romanToSymbol } from '../theory/roman-numeral';
import type { Finding, Reading } from './reading';
import { spellKey } from './read-key';
import type { Key, Mode } from '../score/score';

/** A chord progression: all Roman numerals or all chord symbols, one a bar. */
export interface Progression {
  kind: 'roman' | 'symbols';
  chords: string[];
  /** True where a bar between bar lines holds several chords. */
  splitBars: boolean;
}

const ROMAN =
  /[b#♭♯]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?:maj7|M7|m7|sus[24]|dim7?|aug|add9|[°øo+]|Δ|7|9|6|11|13){0,3}(?:\/[b#]?(?:VII|VI|IV|V|III|II|vii|vi|iv|v|iii|ii))?(?![\p{L}\p{N}])/uy;
const SYMBOL =
  /[A-G](?:#|♯|♭|b)?(?:maj|min|dim|aug|sus|add|alt|m|M|[°øΔ+]|[0-9]{1,2}|[#b♭♯][0-9]{1,2}|\([^()\s]{1,8}\)){0,6}(?:\/[A-G](?:#|♯|♭|b)?)?(?![\p{L}\p{N}#♯♭])/uy;
const LINK = /[ \t]*(?:[-–—>→,|/]{1,2}(?:[ \t]*(?:and|then)\b)?|(?:and|then|to)\b)?[ \t\n]*/y;
const LONGEST = 64;

/** Chord progressions: `I-V-vi-IV`, `Am F C G`, `| Dm7 | G7 | Cmaj7 |`. Two chords need a hyphen, arrow or bar line between them; spaces alone need three. */
export function readProgressions(reading: Reading): Finding<Progression>[] {
  const findings: Finding<Progression>[] = [];
  const grammars = GRAMMARS.map((grammar) => ({ ...grammar, known: new Map<string, boolean>(), failedUntil: 0 }));
  for (let index = 0; index < reading.tokens.length; index++) {
    if (reading.isClaimed(index)) continue;
    const found = grammars.map((grammar) => sequence(reading, index, grammar)).find((each) => each !== undefined);
    if (!found) continue;
    let from = index;
    while (from > 0 && reading.free(from - 1) === '|') from--;
    let to = reading.indexAtOffset(found.end, index + 1);
    while (reading.free(to) === '|') to++;
    if (/^(progression|chord|chords|changes|vamp|turnaround)$/.test(reading.free(to))) to++;
    findings.push(reading.claim(from, to, found.value));
    index = to - 1;
  }
  return findings;
}

/** The key that chord symbols suggest: the tonic whose scale holds most of their triads; the first chord breaks ties. */
export function keyOfProgression(progression: Progression): Key | { mode: Mode } | undefined {
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
  let splitBars = false;
  let barLines = 0;
  let offset = start;
  let end = start;
  while (chords.length < LONGEST) {
    grammar.pattern.lastIndex = offset;
    const match = grammar.pattern.exec(prompt);
    if (!match) break;
    const text = plain(match[0]);
    const isChord = grammar.known.get(text) ?? grammar.isChord(text);
    grammar.known.set(text, isChord);
    if (!isChord) break;
    chords.push(text);
    end = grammar.pattern.lastIndex;
    LINK.lastIndex = end;
    const link = LINK.exec(prompt)?.[0] ?? '';
    if (link.includes('|')) barLines++;
    else if (barLines > 0 && link.trim() === '') splitBars = true;
    if (link === '') break;
    offset = end + link.length;
  }
  const linked = /[-–—>→|]/.test(prompt.slice(start, end));
  // The same again and again ("I, I, I") is prose.
  if (chords.length < (linked ? 2 : 3) || new Set(chords).size === 1) {
    grammar.failedUntil = end;
    return undefined;
  }
  return { value: { kind: grammar.kind, chords, splitBars }, end };
}

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

function plain(text: string): string {
  return text.replaceAll('♭', 'b').replaceAll('♯', '#');
}

function fitsKey(notes: string[], key: Key): boolean {
  const scale = scalePitchClasses(key);
  return notes.every((note) => scale.includes(pitchClass(note)));
}
