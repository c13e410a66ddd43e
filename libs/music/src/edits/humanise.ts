import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import { contentHash } from '../score/canonical-score';
import type { Track } from '../score/score';
import type { TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { rebend } from './rebend';
import { isInside, rangeOf, tracksOf } from './scope';
import { spliceNotes } from './splice-notes';
import { changeTrack, type SongState } from './song-state';

/** How far a note moves at most: about 13 ms at 120 bpm, below what is heard as out of step; and its velocity. */
const [MOST_TICKS, MOST_VELOCITY] = [12, 7];

/** Notes of a scope a little before or behind their time, a little louder or softer; each time asked, anew. */
export function humanise(state: SongState, edit: EditOf<'humanise'>, field: string): SongState {
  const { score } = state;
  const range = rangeOf(score, edit, field);
  const next = tracksOf(score, edit, field).reduce(
    (current, { id }) => changeTrack(current, id, (track) => played(track, range, score.seed)),
    score,
  );
  return rebend(state, { ...state, score: next });
}

function played(track: Track, range: TickRange, seed: number): Track {
  const random = randomStream(seed, 'humanise', track.id, contentHash(track.notes));
  const inside = track.notes.filter(({ startTick }) => isInside(range, startTick));
  const moved = inside.map((note) => {
    const startTick = Math.max(range.startTick, note.startTick + random.integer(-MOST_TICKS, MOST_TICKS));
    const velocity = note.velocity + random.integer(-MOST_VELOCITY, MOST_VELOCITY);
    return {
      ...note,
      startTick: Math.min(startTick, range.endTick - 1),
      durationTicks: Math.max(1, note.durationTicks - Math.max(0, startTick - note.startTick)),
      velocity: Math.max(1, Math.min(127, velocity)),
    };
  });
  return { ...track, notes: spliceNotes(track.notes, moved, range, instrument(track.instrument), { ringOut: true }) };
}
