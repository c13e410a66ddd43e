import { instrument } from '../instruments/instrument';
import type { Key, Note, Score, Track } from '../score/score';
import { keyAt } from '../score/timeline';

/** The tracks that are heard: not muted, and with a note at least. */
export function soundingTracks(score: Pick<Score, 'tracks'>): Track[] {
  return score.tracks.filter((track) => !track.mix.muted && track.notes.length > 0);
}

/** All notes that are heard with a pitch (drum kits have none), sorted by start, then pitch. */
export function pitchedNotes(score: Pick<Score, 'tracks'>): Note[] {
  return soundingTracks(score)
    .filter((track) => !instrument(track.instrument).isDrumKit)
    .flatMap((track) => track.notes)
    .sort((left, right) => left.startTick - right.startTick || left.pitch - right.pitch);
}

/** The pitched notes that begin where a key is in force; all of them where the Score has one key only, or never that one. */
export function pitchedNotesIn(score: Pick<Score, 'tracks' | 'keys'>, { tonic, mode }: Key): Note[] {
  const all = pitchedNotes(score);
  if (score.keys.length === 1) return all;
  const inForce = all.filter(({ startTick }) => {
    const key = keyAt(score, startTick);
    return key.tonic === tonic && key.mode === mode;
  });
  return inForce.length ? inForce : all;
}

/** How long each of the twelve pitch classes sounds, in ticks; index 0 is C. */
export function pitchClassDurations(notes: readonly Note[]): number[] {
  const durations: number[] = Array(12).fill(0);
  for (const { pitch, durationTicks } of notes) durations[pitch % 12] = (durations[pitch % 12] ?? 0) + durationTicks;
  return durations;
}
