import { playableNotes } from '../agents/performance';
import { instrumentId } from '../brief/check-controls';
import { InputError } from '../input-error';
import { instrument, type Instrument } from '../instruments/instrument';
import type { Note } from '../score/score';
import { endTick } from '../score/timeline';
import type { EditOf } from './edit';
import { intoRange } from './move-pitches';
import { changePlannedTrack, changeTrack, findTrack, type SongState } from './song-state';

/** A track silent in the mix, or sounding again; its notes stay. */
export function muteTrack(state: SongState, { trackId, muted }: EditOf<'mute_track'>, field: string): SongState {
  findTrack(state.score, trackId, `${field}.trackId`);
  const score = changeTrack(state.score, trackId, (track) => ({ ...track, mix: { ...track.mix, muted } }));
  return { ...state, score };
}

/** Level, place and sends of a track; what is not given stays. @throws InputError where nothing is given. */
export function setMix(state: SongState, edit: EditOf<'set_mix'>, field: string): SongState {
  const { type: _type, trackId, ...given } = edit;
  findTrack(state.score, trackId, `${field}.trackId`);
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0) {
    throw new InputError(field, edit, 'at least one of gainCentibels, pan, reverbSend, delaySend, chorusSend');
  }
  const score = changeTrack(state.score, trackId, (track) => ({ ...track, mix: { ...track.mix, ...changes } }));
  return { ...state, score };
}

/** The song without a track. @throws InputError for the last one. */
export function removeTrack(
  { brief, plan, score }: SongState,
  { trackId }: EditOf<'remove_track'>,
  field: string,
): SongState {
  const removed = findTrack(score, trackId, `${field}.trackId`);
  if (score.tracks.length === 1) throw new InputError(`${field}.trackId`, trackId, 'a track that is not the only one');
  const demand = brief.instruments.value.findIndex(
    (entry) => entry.instrument === removed.instrument && entry.role === removed.role,
  );
  const instruments = { ...brief.instruments, value: brief.instruments.value.filter((_, index) => index !== demand) };
  return {
    brief: demand < 0 ? brief : { ...brief, instruments },
    plan: { ...plan, tracks: plan.tracks.filter(({ id }) => id !== trackId) },
    score: { ...score, tracks: score.tracks.filter(({ id }) => id !== trackId) },
  };
}

/**
 * Another instrument plays the track: the whole part moves by the octaves that bring most of it into range, what is
 * still outside comes in note by note; an instrument with one voice keeps the loudest of notes that begin together.
 * @throws InputError for an unknown instrument, or a drum kit for a pitched part and the other way round.
 */
export function replaceInstrument(state: SongState, edit: EditOf<'replace_instrument'>, field: string): SongState {
  const { trackId } = edit;
  const track = findTrack(state.score, trackId, `${field}.trackId`);
  const player = instrument(instrumentId(`${field}.instrument`, edit.instrument));
  const isKit = instrument(track.instrument).isDrumKit;
  if (player.isDrumKit !== isKit) {
    throw new InputError(`${field}.instrument`, edit.instrument, isKit ? 'a drum kit' : 'an instrument with pitches');
  }
  const notes = isKit ? track.notes : playableNotes(withinRange(track.notes, player), player, endTick(state.score));
  const { id: instrumentName, name } = player;
  const demands = state.brief.instruments.value.map((demand) =>
    demand.instrument === track.instrument && demand.role === track.role
      ? { ...demand, instrument: instrumentName, asked: edit.instrument, standIn: false }
      : demand,
  );
  return {
    brief: { ...state.brief, instruments: { ...state.brief.instruments, value: demands } },
    plan: changePlannedTrack(state.plan, trackId, (planned) => ({ ...planned, instrument: instrumentName, name })),
    score: changeTrack(state.score, trackId, (old) => ({ ...old, instrument: instrumentName, name, notes })),
  };
}

function withinRange(notes: readonly Note[], { lowestPitch, highestPitch }: Instrument): Note[] {
  const outside = (shift: number) =>
    notes.filter(({ pitch }) => pitch + shift < lowestPitch || pitch + shift > highestPitch).length;
  // The smallest shift wins among those that leave the fewest notes outside.
  const shifts = [0, 12, -12, 24, -24, 36, -36, 48, -48].map((shift) => ({ shift, count: outside(shift) }));
  const best = shifts.reduce((least, each) => (each.count < least.count ? each : least));
  return notes.map((note) => ({ ...note, pitch: intoRange(note.pitch + best.shift, lowestPitch, highestPitch) }));
}
