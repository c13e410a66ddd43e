import { Chord } from 'tonal';
import { InputError } from '../input-error';
import type { Key } from '../score/score';
import { pitchClass, scaleNames, scalePitchClasses } from './key';

/** The tones of a chord from the root up in thirds, as pitch classes 0 to 11 and by name; `bass` is the root unless the symbol has a slash. */
export interface ChordTones {
  root: number;
  bass: number;
  tones: number[];
  names: string[];
}

/** Reads a chord symbol. @throws InputError where it is none. */
export function chordTones(symbol: string): ChordTones {
  const chord = Chord.get(symbol);
  if (chord.empty || !chord.tonic) throw new InputError('chord', symbol, 'a chord symbol such as Dm7 or F#7b9');
  // The notes of a slash chord start at its bass: ask for those of the chord itself.
  const names = chord.bass ? Chord.notes(chord.type || chord.aliases[0] || '', chord.tonic) : chord.notes;
  const root = pitchClass(chord.tonic);
  return { root, bass: chord.bass ? pitchClass(chord.bass) : root, tones: names.map(pitchClass), names };
}

/**
 * The pitch classes a melody uses over a chord, sorted: the key's scale, in which a chord tone from outside takes the
 * place of the degree it alters, the one with its letter (over A7 in D minor, C# for C).
 * `degrees` are the pitch classes of another scale on the same tonic, in the place of the mode's.
 */
export function chordScale(key: Key, chord: ChordTones, degrees: readonly number[] = scalePitchClasses(key)): number[] {
  // Only a scale of seven degrees has one of each letter.
  const letters = degrees.length === 7 ? scaleNames(key).map((name) => name[0]) : [];
  const scale = new Set(degrees);
  chord.tones.forEach((tone, index) => {
    if (scale.has(tone)) return;
    const altered = degrees[letters.indexOf(chord.names[index]?.[0])];
    if (altered !== undefined && !chord.tones.includes(altered)) scale.delete(altered);
    scale.add(tone);
  });
  return [...scale].sort((a, b) => a - b);
}
