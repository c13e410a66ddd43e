import { Chord, Note } from 'tonal';
import { InputError } from '../input-error';
import type { Key } from '../score/score';
import { MODE_INTERVALS, modulo12, pitchClass, scaleNames } from './key';

const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];
const LETTERS = 'CDEFGAB';
const MAJOR = MODE_INTERVALS.major;
const ROMAN = /^(♮|b{1,2}|#{1,2})?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)([^/]*)$/;
const ALLOWED = 'a Roman numeral such as ii7, V7/vi, bVII or viiø7';

/** Suffixes of a lower-case numeral that do not simply follow an `m` in the chord symbol. */
const MINOR_SUFFIXES: Readonly<Record<string, string>> = {
  '°': 'dim',
  o: 'dim',
  dim: 'dim',
  '°7': 'dim7',
  o7: 'dim7',
  dim7: 'dim7',
  ø: 'm7b5',
  ø7: 'm7b5',
  m7b5: 'm7b5',
  maj7: 'mMaj7',
};

/** The same table the other way: what a chord symbol's ending becomes after a lower-case numeral. */
const MINOR_NUMERAL_SUFFIXES: Readonly<Record<string, string>> = {
  dim: '°',
  dim7: '°7',
  m7b5: 'ø7',
  mMaj7: 'maj7',
};

/**
 * The chord symbol (`Bm7b5`) of a Roman numeral (`iiø7`) in a key.
 *
 * A bare numeral is a degree of the key's own mode (`VI` in A minor is F); one with an accidental is counted from the
 * major scale on the same tonic (`bVI` is F there too), `♮` meaning that scale's own degree. A diminished seventh degree
 * always stands on the leading tone. What follows `/` is the degree a secondary chord leads to (`V7/ii`).
 * @throws InputError where it is none.
 */
export function romanToSymbol(roman: string, key: Key): string {
  const slash = roman.indexOf('/');
  if (slash > 0) {
    const target = parseRoman(roman.slice(slash + 1));
    const mode = target.minor ? 'minor' : 'major';
    return romanToSymbol(roman.slice(0, slash), { tonic: degreeName(target, key), mode });
  }
  const parsed = parseRoman(roman);
  return `${degreeName(parsed, key)}${parsed.type}`;
}

/** Whether a text reads as a Roman numeral. */
export function isRoman(text: string): boolean {
  return text.split('/').every((part) => tryRoman(part) !== undefined);
}

/**
 * The Roman numeral (`V7`) of a chord symbol (`A7`) in a key, as `romanToSymbol` reads it; a slash bass is left out.
 * @throws InputError where it is no chord symbol.
 */
export function symbolToRoman(symbol: string, key: Key): string {
  const chord = Chord.get(symbol);
  if (chord.empty || !chord.tonic) throw new InputError('chord', symbol, 'a chord symbol such as Dm7 or F#7b9');
  const root = chord.tonic;
  const suffix = symbol.slice(root.length).split('/')[0] ?? '';
  const minor = chord.quality === 'Minor' || chord.quality === 'Diminished';
  const degree = (LETTERS.indexOf(root[0] ?? '') - LETTERS.indexOf(key.tonic[0] ?? '') + 7) % 7;
  const above = modulo12(pitchClass(root) - pitchClass(key.tonic));
  const numeral = NUMERALS[degree] ?? '';
  const tail = minor
    ? (MINOR_NUMERAL_SUFFIXES[suffix] ?? suffix.replace(/^m(in)?|^-/, ''))
    : suffix === 'aug'
      ? '+'
      : suffix;
  const leading = degree === 6 && tail.startsWith('°') && above === 11;
  const inMode = above === MODE_INTERVALS[key.mode][degree] && !(degree === 6 && /^[°ø]/.test(tail) && above !== 11);
  return `${inMode || leading ? '' : accidentalFromMajor(above, degree)}${minor ? numeral.toLowerCase() : numeral}${tail}`;
}

/** The chord on the same degree built from the mode's own thirds, with as many notes: `V7` in G mixolydian becomes `v7`. */
export function diatonicRoman(roman: string, key: Key): string {
  const [head = ''] = roman.split('/');
  const { degree, type } = parseRoman(head);
  // An open fifth has no third to change.
  if (type === '5') return head;
  const scale = MODE_INTERVALS[key.mode];
  const above = (steps: number) => modulo12((scale[(degree + steps) % 7] ?? 0) - (scale[degree] ?? 0));
  const third = above(2);
  const fifth = above(4);
  const seventh = /7|9|11|13/.test(type) && !/add9|69/.test(type);
  const numeral = NUMERALS[degree] ?? '';
  if (third === 3 && fifth === 6) return `${numeral.toLowerCase()}${seventh ? 'ø7' : '°'}`;
  if (third === 3) return `${numeral.toLowerCase()}${seventh ? '7' : ''}`;
  return `${numeral}${seventh ? (above(6) === 11 ? 'maj7' : '7') : ''}`;
}

interface ParsedRoman {
  /** 0 to 6. */
  degree: number;
  accidental: string;
  minor: boolean;
  /** The chord symbol without its root. */
  type: string;
}

function parseRoman(roman: string): ParsedRoman {
  const parsed = tryRoman(roman);
  if (!parsed) throw new InputError('roman', roman, ALLOWED);
  return parsed;
}

function tryRoman(roman: string): ParsedRoman | undefined {
  const match = ROMAN.exec(roman);
  if (!match) return undefined;
  const [, accidental = '', numeral = '', suffix = ''] = match;
  const minor = numeral === numeral.toLowerCase();
  const type = minor ? (MINOR_SUFFIXES[suffix] ?? `m${suffix}`) : suffix === '+' ? 'aug' : suffix;
  if (Chord.get(`C${type}`).empty) return undefined;
  return { degree: NUMERALS.indexOf(numeral.toUpperCase()), accidental, minor, type };
}

function degreeName({ degree, accidental, type }: ParsedRoman, key: Key): string {
  const diminishedSeventhDegree = degree === 6 && accidental === '' && /^(dim|m7b5)/.test(type);
  // Bare in the mode's own scale; with an accidental, or on the leading tone, in the major scale.
  const reference = accidental || diminishedSeventhDegree ? { tonic: key.tonic, mode: 'major' as const } : key;
  const name = scaleNames(reference)[degree] ?? key.tonic;
  const altered = `${name}${accidental === '♮' ? '' : accidental}`.replace('#b', '').replace('b#', '');
  // Nobody reads a chord on F## or Bbb: those take their plain name.
  return altered.length > 2 ? Note.simplify(altered) : altered;
}

function accidentalFromMajor(above: number, degree: number): string {
  const difference = modulo12(above - (MAJOR[degree] ?? 0) + 6) - 6;
  if (difference === 0) return '♮';
  return difference < 0 ? 'b'.repeat(-difference) : '#'.repeat(difference);
}
