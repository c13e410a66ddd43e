import { Note } from 'tonal';
import { InputError } from '../input-error';
import type { Key, Mode } from './score';

/** How many fifths each mode's signature lies above that of the major key on the same tonic. */
const MODE_FIFTHS: Record<Mode, number> = {
  lydian: 1,
  major: 0,
  mixolydian: -1,
  dorian: -2,
  minor: -3,
  phrygian: -4,
  locrian: -5,
};

/** Modes whose third is minor; notation and MIDI count them as minor. */
export function isMinorMode(mode: Mode): boolean {
  return MODE_FIFTHS[mode] <= -2;
}

/**
 * The key signature: sharps (positive) or flats (negative), -7 to 7. A key that would need more (G# major) gets the
 * signature of its enharmonic twin (Ab major).
 * @throws InputError for a tonic that is no note name.
 */
export function keySignatureFifths(key: Key): number {
  const note = Note.get(key.tonic);
  const tonicFifths = note.empty ? undefined : note.coord?.[0];
  if (tonicFifths === undefined) throw new InputError('key.tonic', key.tonic, 'a note name such as C, F# or Bb');
  const fifths = tonicFifths + MODE_FIFTHS[key.mode];
  if (fifths > 7) return fifths - 12;
  if (fifths < -7) return fifths + 12;
  return fifths;
}
