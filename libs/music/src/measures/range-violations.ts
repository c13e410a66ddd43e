import { instrument } from '../instruments/instrument';
import type { Note, Track } from '../score/score';

/** A note that its track's instrument cannot play. */
export interface RangeViolation {
  trackId: string;
  index: number;
  note: Note;
  lowestPitch: number;
  highestPitch: number;
}

/** All notes of a track outside the range of its instrument. @throws InputError for an unknown instrument. */
export function rangeViolations(track: Pick<Track, 'id' | 'instrument' | 'notes'>): RangeViolation[] {
  const { lowestPitch, highestPitch } = instrument(track.instrument);
  return track.notes.flatMap((note, index) =>
    note.pitch < lowestPitch || note.pitch > highestPitch
      ? [{ trackId: track.id, index, note, lowestPitch, highestPitch }]
      : [],
  );
}
