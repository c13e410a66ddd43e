import { addTrack } from './add-track';
import { insertSection, moveSection, removeSection, repeatSection, resizeSection } from './change-sections';
import { parseEdits, type Edit, type EditInput } from './edit';
import { fadeOut, hardEnding, setTempo, setTitle } from './edit-song';
import { muteTrack, removeTrack, replaceInstrument, setMix } from './edit-track';
import { humanise } from './humanise';
import { intensify } from './intensify';
import { regenerate } from './regenerate';
import { reharmonise } from './reharmonise';
import { revoice } from './revoice';
import { setFeel } from './set-feel';
import { setMeter, setStyle } from './recompose';
import { simplify } from './simplify';
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
    case 'set_meter':
      return setMeter(state, edit, field);
    case 'set_feel':
      return setFeel(state, edit, field);
    case 'set_style':
      return setStyle(state, edit, field);
    case 'resize_section':
      return resizeSection(state, edit, field);
    case 'insert_section':
      return insertSection(state, edit, field);
    case 'move_section':
      return moveSection(state, edit, field);
    case 'simplify':
      return simplify(state, edit, field);
    case 'intensify':
      return intensify(state, edit, field);
    case 'humanise':
      return humanise(state, edit, field);
    case 'revoice':
      return revoice(state, edit, field);
    case 'reharmonise':
      return reharmonise(state, edit, field);
    case 'hard_ending':
      return hardEnding(state);
  }
}
