import { addTrack } from './add-track';
import { removeSection, repeatSection } from './change-sections';
import { parseEdits, type Edit, type EditInput } from './edit';
import { fadeOut, setTempo, setTitle } from './edit-song';
import { muteTrack, removeTrack, replaceInstrument, setMix } from './edit-track';
import { regenerate } from './regenerate';
import { setKey, transpose } from './set-key';
import type { SongState } from './song-state';

/**
 * Applies edits in order, each to what the one before left. Pure: equal input gives equal bytes, and what lies outside
 * an edit's scope stays as it is, to the byte.
 * @throws InputError that names the edit and field (`edits[1].trackId`) and what is allowed; then nothing is applied.
 */
export function applyEdits(state: SongState, edits: readonly EditInput[]): SongState {
  return parseEdits(edits).reduce((current, edit, index) => applyEdit(current, edit, `edits[${index}]`), state);
}

function applyEdit(state: SongState, edit: Edit, field: string): SongState {
  switch (edit.type) {
    case 'transpose':
      return transpose(state, edit);
    case 'set_key':
      return setKey(state, edit);
    case 'set_tempo':
      return setTempo(state, edit);
    case 'set_title':
      return setTitle(state, edit);
    case 'mute_track':
      return muteTrack(state, edit, field);
    case 'remove_track':
      return removeTrack(state, edit, field);
    case 'replace_instrument':
      return replaceInstrument(state, edit, field);
    case 'set_mix':
      return setMix(state, edit, field);
    case 'regenerate':
      return regenerate(state, edit, field);
    case 'fade_out':
      return fadeOut(state, edit, field);
    case 'add_track':
      return addTrack(state, edit, field);
    case 'repeat_section':
      return repeatSection(state, edit, field);
    case 'remove_section':
      return removeSection(state, edit, field);
  }
}
