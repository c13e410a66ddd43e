import { InputError } from '../input-error';
import { instrument, type Instrument } from '../instruments/instrument';
import type { Note, Role, Track } from '../score/score';
import type { TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { isInside, rangeOf, tracksOf } from './scope';
import { spliceNotes } from './splice-notes';
import { changeTrack, type SongState } from './song-state';

const VOICED: readonly Role[] = ['chords', 'pad'];
/** Notes struck within so many ticks of each other are one chord (a strum, a humanised grip). */
const TOGETHER_TICKS = 40;
/** A chord whose lowest voice has come above this (the G over middle C) goes down an octave. */
const HIGHEST_BASS = 67;

/**
 * The chords of a scope in their next inversion: the lowest voice goes up an octave, and when the grip has come too high,
 * all of it comes down one. Chords and pads, or the track that is named; rhythm, velocities and pitch classes stay.
 * @throws InputError where no track of the scope has chords.
 */
export function revoice(state: SongState, edit: EditOf<'revoice'>, field: string): SongState {
  const { score } = state;
  const range = rangeOf(score, edit, field);
  const scope = tracksOf(score, edit, field).filter(
    ({ id, role, instrument: player }) =>
      (edit.trackId === id || VOICED.includes(role)) && instrument(player).polyphonic && !instrument(player).isDrumKit,
  );
  if (scope.length === 0) throw new InputError(`${field}.trackId`, edit.trackId, 'a track that plays chords');
  const next = scope.reduce((current, { id }) => changeTrack(current, id, (track) => inverted(track, range)), score);
  return { ...state, score: next };
}

function inverted(track: Track, range: TickRange): Track {
  const player = instrument(track.instrument);
  const grips: Note[][] = [];
  for (const note of track.notes) {
    const grip = grips.at(-1);
    const first = grip?.[0];
    if (grip && first && note.startTick - first.startTick <= TOGETHER_TICKS) grip.push(note);
    else grips.push([note]);
  }
  const notes = grips.flatMap((grip) =>
    grip.length > 1 && grip.every(({ startTick }) => isInside(range, startTick)) ? nextInversion(grip, player) : grip,
  );
  return { ...track, notes: spliceNotes(track.notes, notes, range, player, { ringOut: true }) };
}

function nextInversion(grip: readonly Note[], { lowestPitch, highestPitch }: Instrument): Note[] {
  const [lowest, ...others] = [...grip].sort((a, b) => a.pitch - b.pitch);
  if (!lowest) return [];
  // Above the top voice, so that it is the lowest no more.
  const top = Math.max(...others.map(({ pitch }) => pitch));
  const octaves = 12 * Math.max(1, Math.ceil((top + 1 - lowest.pitch) / 12));
  const turned = [...others, { ...lowest, pitch: lowest.pitch + octaves }];
  const bass = Math.min(...turned.map(({ pitch }) => pitch));
  const peak = Math.max(...turned.map(({ pitch }) => pitch));
  const down = (bass > HIGHEST_BASS || peak > highestPitch) && bass - 12 >= lowestPitch ? -12 : 0;
  const placed = turned.map((note) => ({ ...note, pitch: note.pitch + down }));
  return placed.some(({ pitch }) => pitch > highestPitch) ? [...grip] : placed;
}
