import { Note, Scale } from 'tonal';
import { InputError } from '../input-error';
import { MODES, type Key, type Mode } from '../score/score';

/** The two families that a mode's tonic triad puts it in; locrian counts as minor. */
export type Tonality = 'major' | 'minor';

/** Semitones above the tonic of the seven degrees of each mode. */
export const MODE_INTERVALS: Readonly<Record<Mode, readonly number[]>> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  locrian: [0, 1, 3, 5, 6, 8, 10],
};

/** Major or minor, by the third above the tonic. */
export function tonalityOf(mode: Mode): Tonality {
  return MODE_INTERVALS[mode][2] === 4 ? 'major' : 'minor';
}

/** The pitch class 0 to 11 (C is 0) of a note name without octave. @throws InputError where it is no note name. */
export function pitchClass(name: string): number {
  const chroma = Note.chroma(name);
  if (chroma === undefined || Number.isNaN(chroma)) {
    throw new InputError('note', name, 'a note name such as C, F# or Bb');
  }
  return chroma;
}

/** `value` modulo 12, never negative. */
export function modulo12(value: number): number {
  return ((value % 12) + 12) % 12;
}

/** The seven pitch classes of the key's scale, from the tonic up. */
export function scalePitchClasses(key: Key): number[] {
  const tonic = pitchClass(key.tonic);
  return MODE_INTERVALS[key.mode].map((interval) => modulo12(tonic + interval));
}

/** The seven note names of the key's scale, spelled one letter each (`F# minor`: F# G# A B C# D E). */
export function scaleNames(key: Key): string[] {
  return Scale.get(`${key.tonic} ${key.mode}`).notes;
}

/** The key a number of semitones away, spelled with the fewest accidentals; of two equal spellings the flat one. */
export function transposeKey(key: Key, semitones: number): Key {
  const target = modulo12(pitchClass(key.tonic) + semitones);
  return { tonic: TONIC_SPELLINGS[key.mode][target] ?? key.tonic, mode: key.mode };
}

const NAMES_BY_PITCH_CLASS = ['C', 'Db C#', 'D', 'Eb D#', 'E', 'F', 'Gb F#', 'G', 'Ab G#', 'A', 'Bb A#', 'B'];

/** For each mode, the best name of the tonic on each pitch class. */
const TONIC_SPELLINGS = Object.fromEntries(
  MODES.map((mode) => [
    mode,
    NAMES_BY_PITCH_CLASS.map((names) =>
      names.split(' ').reduce((a, b) => (accidentals(b, mode) < accidentals(a, mode) ? b : a)),
    ),
  ]),
) as Record<Mode, string[]>;

function accidentals(tonic: string, mode: Mode): number {
  return scaleNames({ tonic, mode }).reduce((sum, name) => sum + name.length - 1, 0);
}
