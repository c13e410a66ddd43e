import { AGENTS } from '../agents/compose';
import type { Brief } from '../brief/brief';
import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import { ROLES, type Chord, type Role, type Score, type Track } from '../score/score';
import { contentHash } from '../score/canonical-score';
import type { TickRange } from '../score/timeline';
import { isInside } from './scope';
import { rebend } from './rebend';
import { spliceNotes } from './splice-notes';
import { changeTrack, type SongState } from './song-state';
import { writeTrack } from './write-track';

/** Who is written first: the bass hears the kick, the counter hears the lead. */
const ORDER: readonly Role[] = ['drums', 'percussion', 'bass', 'lead', ...ROLES];

/**
 * Some tracks written anew in a range by the agents of their roles, for the chords there are or (`chords`) for new
 * ones. The version comes from a seed made of the Brief's and of what stood there, so that asking again gives another.
 */
export function rewrite(state: SongState, range: TickRange, tracks: readonly Track[], chords: boolean): SongState {
  const { plan, score } = state;
  const brief = varied(state.brief, score, range, tracks);
  const harmonised = chords ? { ...score, chords: newChords(brief, state, range) } : score;
  const scope = [...tracks].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  const written = scope.reduce((current, track) => {
    const { notes } = writeTrack(brief, plan, current, track);
    return changeTrack(current, track.id, (old) => ({
      ...old,
      notes: spliceNotes(old.notes, notes, range, instrument(old.instrument)),
    }));
  }, harmonised);
  return rebend(state, { ...state, score: written });
}

/** The chords with those in a range composed anew. */
export function newChords(brief: Brief, { plan, score }: SongState, range: TickRange): Chord[] {
  const { chords } = AGENTS.harmony({ brief, plan, score, attempt: 0 });
  const [within, around] = [clipped(chords, range), without(score.chords, range)];
  return [...around, ...within].sort((a, b) => a.startTick - b.startTick);
}

/** The Brief with a seed that depends on what stands in a range now. */
export function varied(brief: Brief, score: Score, range: TickRange, tracks: readonly Track[]): Brief {
  const { startTick, endTick } = range;
  const before = tracks.map(({ id }) =>
    score.tracks.find((track) => track.id === id)?.notes.filter((note) => isInside(range, note.startTick)),
  );
  const seed = randomStream(brief.seed.value, 'regenerate', startTick, endTick, contentHash(before)).uint32();
  return { ...brief, seed: { ...brief.seed, value: seed } };
}

function clipped(chords: readonly Chord[], { startTick, endTick }: TickRange): Chord[] {
  return chords.flatMap((chord) => {
    const from = Math.max(chord.startTick, startTick);
    const to = Math.min(chord.startTick + chord.durationTicks, endTick);
    return to > from ? [{ ...chord, startTick: from, durationTicks: to - from }] : [];
  });
}

function without(chords: readonly Chord[], { startTick, endTick }: TickRange): Chord[] {
  return [
    ...clipped(chords, { startTick: 0, endTick: startTick }),
    ...clipped(chords, { startTick: endTick, endTick: Infinity }),
  ];
}
