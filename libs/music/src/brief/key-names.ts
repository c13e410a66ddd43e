import type { Mode } from '../score/score';
import type { Reading } from './reading';

/** A key as German, French, Spanish, Italian and Portuguese write it. */
export interface NamedKey {
  tonic: string;
  mode: Mode;
  from: number;
  to: number;
}

/** German tonics: B is B flat, H is B; `is` raises, `es` lowers. */
const GERMAN: Readonly<Record<string, string>> = {
  c: 'C', cis: 'C#', ces: 'Cb', d: 'D', dis: 'D#', des: 'Db', e: 'E', es: 'Eb', eis: 'E#', f: 'F', fis: 'F#', fes: 'Fb',
  g: 'G', gis: 'G#', ges: 'Gb', a: 'A', ais: 'A#', as: 'Ab', h: 'B', b: 'Bb', his: 'B#',
}; // prettier-ignore
const GERMAN_MODES: Readonly<Record<string, Mode>> = { dur: 'major', moll: 'minor' };

/** Solmisation, as in French, Spanish, Italian and Portuguese; folded. */
const LATIN: Readonly<Record<string, string>> = {
  do: 'C', ut: 'C', re: 'D', mi: 'E', fa: 'F', sol: 'G', la: 'A', si: 'B',
}; // prettier-ignore
const LATIN_SIGNS: Readonly<Record<string, string>> = {
  diese: '#', sostenido: '#', diesis: '#', bemol: 'b', bemolle: 'b',
}; // prettier-ignore
const LATIN_MODES: Readonly<Record<string, Mode>> = {
  majeur: 'major', mayor: 'major', maggiore: 'major', maior: 'major', mineur: 'minor', menor: 'minor', minore: 'minor',
  dorien: 'dorian', dorico: 'dorian', phrygien: 'phrygian', frigio: 'phrygian', lydien: 'lydian', lidio: 'lydian',
  mixolydien: 'mixolydian', mixolidio: 'mixolydian', misolidio: 'mixolydian', eolien: 'minor', eolio: 'minor',
}; // prettier-ignore

/** `a-Moll`, `Es-Dur`, `la mineur`, `mi bémol majeur`, `do sostenido menor`; always with its mode, since "la" and "as" are words too. */
export function namedKey(reading: Reading, from: number): NamedKey | undefined {
  const first = reading.free(from);
  const next = reading.free(from + 1);
  const german = lookUp(GERMAN, first);
  const germanMode = lookUp(GERMAN_MODES, next);
  if (german && germanMode) return { tonic: german, mode: germanMode, from, to: from + 2 };
  const tonic = lookUp(LATIN, first);
  if (!tonic) return undefined;
  const sign = lookUp(LATIN_SIGNS, next);
  const mode = lookUp(LATIN_MODES, reading.free(sign ? from + 2 : from + 1));
  if (!mode) return undefined;
  const start = reading.free(from - 1) === 'en' ? from - 1 : from;
  return { tonic: `${tonic}${sign ?? ''}`, mode, from: start, to: from + (sign ? 3 : 2) };
}

function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
