import { playableNotes } from '../agents/performance';
import { instrumentId } from '../brief/check-controls';
import { InputError } from '../input-error';
import { instrument, type Instrument } from '../instruments/instrument';
import type { Note } from '../score/score';
import { endTick } from '../score/timeline';
import type { EditOf } from './edit';
import { intoRange } from './move-pitches';
import { rebend } from './rebend';
import { isInside, rangeOf } from './scope';
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

/**
 * The song without a track, or without what of it begins in a section or bars; a track left with nothing goes too.
 * @throws InputError for the last one.
 */
export function removeTrack(state: SongState, edit: EditOf<'remove_track'>, field: string): SongState {
  const { brief, plan, score } = state;
  const { trackId, sectionId } = edit;
  const removed = findTrack(score, trackId, `${field}.trackId`);
  const range = rangeOf(score, edit, field);
  const left = removed.notes.filter(({ startTick }) => !isInside(range, startTick));
  if (left.length > 0) {
    const silenced = changeTrack(score, trackId, (track) => ({ ...track, notes: left }));
    const planned = changePlannedTrack(plan, trackId, (track) => ({
      ...track,
      sectionIds: track.sectionIds.filter((id) => id !== sectionId),
    }));
    return rebend(state, { brief, plan: planned, score: silenced });
  }
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
  return rebend(state, {
    brief: { ...state.brief, instruments: { ...state.brief.instruments, value: demands } },
    plan: changePlannedTrack(state.plan, trackId, (planned) => ({ ...planned, instrument: instrumentName, name })),
    score: changeTrack(state.score, trackId, (old) => ({ ...old, instrument: instrumentName, name, notes })),
  });
}

/** Notes moved by the octaves that bring most of them into an instrument's range; what is still outside comes in note by note. */
export function withinRange(notes: readonly Note[], { lowestPitch, highestPitch }: Instrument): Note[] {
  const outside = (shift: number) =>
    notes.filter(({ pitch }) => pitch + shift < lowestPitch || pitch + shift > highestPitch).length;
  // The smallest shift wins among those that leave the fewest notes outside.
  const shifts = [0, 12, -12, 24, -24, 36, -36, 48, -48].map((shift) => ({ shift, count: outside(shift) }));
  const best = shifts.reduce((least, each) => (each.count < least.count ? each : least));
  return notes.map((note) => ({ ...note, pitch: intoRange(note.pitch + best.shift, lowestPitch, highestPitch) }));
}
