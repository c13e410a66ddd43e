import { Note } from 'tonal';
import { InputError } from '../input-error';
import { MODE_FIFTHS } from './mode';
import type { Key } from './score';

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
