import { withBends } from '../agents/bends';
import { AGENTS } from '../agents/compose';
import { songFrame } from '../agents/song-frame';
import type { Brief } from '../brief/brief';
import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import { ROLES, type Role, type Score } from '../score/score';
import { contentHash } from '../score/canonical-score';
import { barRange, sectionRange, totalBars, type TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { spliceNotes } from './splice-notes';
import { changeTrack, findSection, findTrack, type SongState } from './song-state';
import { writeTrack } from './write-track';

/** Who is written first: the bass hears the kick, the counter hears the lead. */
const ORDER: readonly Role[] = ['drums', 'percussion', 'bass', 'lead', ...ROLES];

/**
 * Writes anew what lies in the scope: notes that begin there, and the chords where the scope is whole sections of all
 * tracks and the Brief states no progression. Nothing else changes by a byte. The new version comes from a seed made of
 * the Brief's and of what stood there, so that asking again gives yet another one.
 */
export function regenerate(state: SongState, edit: EditOf<'regenerate'>, field: string): SongState {
  const { plan, score } = state;
  const range = rangeOf(score, edit, field);
  const only = edit.trackId === undefined ? undefined : findTrack(score, edit.trackId, `${field}.trackId`);
  const brief = varied(state.brief, score, range, only?.id);
  const keepsChords = only !== undefined || edit.fromBar !== undefined || brief.progression.value.length > 0;
  const harmonised = keepsChords ? score : { ...score, chords: splicedChords(brief, state, range) };
  const frame = songFrame(brief, plan);
  const scope = only ? [only] : [...score.tracks].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  const result = scope.reduce((current, track) => {
    const { notes } = writeTrack(brief, plan, current, track);
    return changeTrack(current, track.id, (old) =>
      withBends(score, frame, { ...old, notes: spliceNotes(old.notes, notes, range, instrument(old.instrument)) }),
    );
  }, harmonised);
  return { ...state, score: result };
}

function rangeOf(score: Score, { sectionId, fromBar, toBar }: EditOf<'regenerate'>, field: string): TickRange {
  const total = totalBars(score);
  if (sectionId !== undefined) return sectionRange(score, findSection(score, sectionId, `${field}.sectionId`));
  if (fromBar === undefined || toBar === undefined) return barRange(score, 0, total);
  if (fromBar >= total) throw new InputError(`${field}.fromBar`, fromBar, `0 to ${total - 1}, the bars of the song`);
  if (toBar <= fromBar || toBar > total) throw new InputError(`${field}.toBar`, toBar, `${fromBar + 1} to ${total}`);
  return barRange(score, fromBar, toBar - fromBar);
}

/** The Brief with a seed that depends on what stands in the scope now. */
function varied(brief: Brief, score: Score, { startTick, endTick }: TickRange, trackId?: string): Brief {
  const before = score.tracks
    .filter(({ id }) => trackId === undefined || id === trackId)
    .map(({ notes }) => notes.filter((note) => note.startTick >= startTick && note.startTick < endTick));
  const seed = randomStream(brief.seed.value, 'regenerate', startTick, endTick, contentHash(before)).uint32();
  return { ...brief, seed: { ...brief.seed, value: seed } };
}

function splicedChords(brief: Brief, { plan, score }: SongState, { startTick, endTick }: TickRange): Score['chords'] {
  const inside = (chord: Score['chords'][number]) => chord.startTick >= startTick && chord.startTick < endTick;
  const { chords } = AGENTS.harmony({ brief, plan, score, attempt: 0 });
  return [...score.chords.filter((chord) => !inside(chord)), ...chords.filter(inside)].sort(
    (a, b) => a.startTick - b.startTick,
  );
}
