import type { EditInput } from '@beatbot/music';
import type * as message from '../generated/beatbot/music/v1/edit';
import { roleNames } from './enum-names';
import { required } from './required';
import { keyFromMessage, keyToMessage } from './score-mapping';

/** The music model's edit of a message; its figures are checked by `parseEdits`. Throws a RangeError where no type is set. */
export function editFromMessage(edit: message.Edit): EditInput {
  if (edit.transpose) return { type: 'transpose', ...edit.transpose };
  if (edit.setKey) return { type: 'set_key', key: keyFromMessage(required(edit.setKey.key, 'setKey.key')) };
  if (edit.setTempo) return { type: 'set_tempo', ...edit.setTempo };
  if (edit.setTitle) return { type: 'set_title', ...edit.setTitle };
  if (edit.muteTrack) return { type: 'mute_track', ...edit.muteTrack };
  if (edit.removeTrack) return { type: 'remove_track', ...edit.removeTrack };
  if (edit.replaceInstrument) return { type: 'replace_instrument', ...edit.replaceInstrument };
  if (edit.setMix) return { type: 'set_mix', ...edit.setMix };
  if (edit.regenerate) return { type: 'regenerate', ...edit.regenerate };
  if (edit.fadeOut) return { type: 'fade_out', ...edit.fadeOut };
  if (edit.addTrack) {
    return { type: 'add_track', role: roleNames.fromMessage(edit.addTrack.role), instrument: edit.addTrack.instrument };
  }
  if (edit.repeatSection) {
    const { sectionId, times } = edit.repeatSection;
    return { type: 'repeat_section', sectionId, times: times || 1 };
  }
  if (edit.removeSection) return { type: 'remove_section', ...edit.removeSection };
  throw new RangeError('edit.type is missing');
}

/** The message of an edit. */
export function editToMessage(edit: EditInput): message.Edit {
  switch (edit.type) {
    case 'transpose':
      return { transpose: { semitones: edit.semitones } };
    case 'set_key':
      return { setKey: { key: keyToMessage(edit.key) } };
    case 'set_tempo':
      return { setTempo: { tempoBpm: edit.tempoBpm } };
    case 'set_title':
      return { setTitle: { title: edit.title } };
    case 'mute_track':
      return { muteTrack: { trackId: edit.trackId, muted: edit.muted } };
    case 'remove_track':
      return { removeTrack: { trackId: edit.trackId } };
    case 'replace_instrument':
      return { replaceInstrument: { trackId: edit.trackId, instrument: edit.instrument } };
    case 'set_mix': {
      const { type: _type, ...mix } = edit;
      return { setMix: mix };
    }
    case 'regenerate': {
      const { type: _type, ...scope } = edit;
      return { regenerate: scope };
    }
    case 'fade_out':
      return { fadeOut: { bars: edit.bars } };
    case 'add_track':
      return { addTrack: { role: roleNames.toMessage(edit.role), instrument: edit.instrument } };
    case 'repeat_section':
      return { repeatSection: { sectionId: edit.sectionId, times: edit.times ?? 1 } };
    case 'remove_section':
      return { removeSection: { sectionId: edit.sectionId } };
  }
}
