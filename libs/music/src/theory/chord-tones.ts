import { Chord } from 'tonal';
import { InputError } from '../input-error';
import type { Key } from '../score/score';
import { modulo12, pitchClass, scalePitchClasses } from './key';

/** The pitch classes of a chord, 0 to 11: `tones` from the root up in thirds, `bass` the root unless the symbol has a slash. */
export interface ChordTones {
  root: number;
  bass: number;
  tones: number[];
}

/** Reads a chord symbol. @throws InputError where it is none. */
export function chordTones(symbol: string): ChordTones {
  const chord = Chord.get(symbol);
  if (chord.empty || !chord.tonic) throw new InputError('chord', symbol, 'a chord symbol such as Dm7 or F#7b9');
  const root = pitchClass(chord.tonic);
  const tones = chord.intervals.length
    ? Chord.notes(chord.type || chord.aliases[0] || '', chord.tonic).map(pitchClass)
    : [];
  return { root, bass: chord.bass ? pitchClass(chord.bass) : root, tones: tones.length ? tones : [root] };
}

/**
 * The seven or so pitch classes a melody uses over a chord, sorted: the key's scale, in which a chord tone from outside
 * takes the place of the scale's neighbours a semitone off (over A7 in D minor, C# takes the place of C).
 */
export function chordScale(key: Key, chord: ChordTones): number[] {
  const scale = new Set(scalePitchClasses(key));
  const foreign = chord.tones.filter((tone) => !scale.has(tone));
  for (const tone of foreign) {
    for (const neighbour of [modulo12(tone - 1), modulo12(tone + 1)]) {
      if (!chord.tones.includes(neighbour)) scale.delete(neighbour);
    }
    scale.add(tone);
  }
  return [...scale].sort((a, b) => a - b);
}
