import { Chord as ChordNames, Note } from 'tonal';

/** A pitch as notation writes it: `alter` in semitones, `octave` with middle C in 4. */
export interface SpelledPitch {
  step: string;
  alter: number;
  octave: number;
}

const STEPS_BY_FIFTHS = ['F', 'C', 'G', 'D', 'A', 'E', 'B'] as const;
const STEP_CLASSES: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The step and alteration at a place on the line of fifths, C being 0. */
function atFifths(fifths: number): Omit<SpelledPitch, 'octave'> {
  const index = (((fifths + 1) % 7) + 7) % 7;
  return { step: STEPS_BY_FIFTHS[index] ?? 'C', alter: Math.floor((fifths + 1) / 7) };
}

/** How far a key's signature alters a step. */
export function alterInKey(keyFifths: number, step: string): number {
  const place = STEPS_BY_FIFTHS.findIndex((candidate) => candidate === step);
  return Math.floor((keyFifths + 6 - place) / 7);
}

/**
 * Spells a MIDI pitch: as the chord then sounding names it, else by the key. Of the twelve names the key takes those
 * from three fifths below its major tonic to eight above, which holds its scale, the raised sixth and seventh of the
 * minor and the usual borrowed flats (after D. Temperley, The Cognition of Basic Musical Structures, 2001, ch. 5).
 */
export function spellPitch(pitch: number, keyFifths: number, chordSymbol: string | undefined): SpelledPitch {
  const name = chordSymbol === undefined ? undefined : chordNames(chordSymbol).get(pitch % 12);
  const { step, alter } = name ?? byKey(pitch % 12, keyFifths);
  return { step, alter, octave: (pitch - alter - (STEP_CLASSES[step] ?? 0)) / 12 - 1 };
}

function byKey(pitchClass: number, keyFifths: number): Omit<SpelledPitch, 'octave'> {
  for (let fifths = keyFifths - 3; fifths <= keyFifths + 8; fifths++) {
    if ((((fifths * 7) % 12) + 12) % 12 === pitchClass) return atFifths(fifths);
  }
  throw new RangeError(`pitch class ${pitchClass} is not 0 to 11`);
}

/** The names of a chord's tones by pitch class; empty for a symbol that is not known, or names that need double accidentals. */
function chordNames(symbol: string): Map<number, Omit<SpelledPitch, 'octave'>> {
  const notes = ChordNames.get(symbol).notes.map((name) => Note.get(name));
  return new Map(
    notes.flatMap((note) =>
      note.empty || Math.abs(note.alt) > 1 ? [] : [[note.chroma, { step: note.letter, alter: note.alt }]],
    ),
  );
}
