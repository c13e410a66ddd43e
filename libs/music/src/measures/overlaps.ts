import type { Note, Track } from '../score/score';

/** Two notes of one pitch in one track that sound at the same time; `index` is that of the later one. */
export interface Overlap {
  trackId: string;
  index: number;
  earlier: Note;
  later: Note;
}

/** All overlaps of equal pitches in a track whose notes are sorted by start. */
export function overlaps(track: Pick<Track, 'id' | 'notes'>): Overlap[] {
  const sounding = new Map<number, Note>();
  return track.notes.flatMap((later, index) => {
    const earlier = sounding.get(later.pitch);
    const overlapping = earlier && earlier.startTick + earlier.durationTicks > later.startTick;
    if (!overlapping || later.startTick + later.durationTicks > earlier.startTick + earlier.durationTicks) {
      sounding.set(later.pitch, later);
    }
    return overlapping ? [{ trackId: track.id, index, earlier, later }] : [];
  });
}
