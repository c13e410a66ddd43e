import type { EditOf } from './edit';
import { rewrite } from './rewrite';
import { rangeOf, tracksOf } from './scope';
import type { SongState } from './song-state';

/**
 * Writes anew what lies in the scope: notes that begin there, and the chords where the scope is whole sections of all
 * tracks and the Brief states no progression. Nothing else changes by a byte; asking again gives yet another version.
 */
export function regenerate(state: SongState, edit: EditOf<'regenerate'>, field: string): SongState {
  const range = rangeOf(state.score, edit, field);
  const tracks = tracksOf(state.score, edit, field);
  const keepsChords =
    edit.trackId !== undefined || edit.fromBar !== undefined || state.brief.progression.value.length > 0;
  return rewrite(state, range, tracks, !keepsChords);
}
