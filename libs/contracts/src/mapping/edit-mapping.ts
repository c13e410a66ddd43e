import type { EditInput } from '@beatbot/music';
import type * as message from '../generated/beatbot/music/v1/edit';
import { feelNames, roleNames } from './enum-names';
import { required } from './required';
import { keyFromMessage, keyToMessage } from './score-mapping';

/**
 * The music model's edit of a message; its figures are checked by `parseEdits`. Throws a RangeError where no type is set,
 * and for an undo, which is for those who keep the revisions.
 */
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
    const { role, instrument, sectionIds } = edit.addTrack;
    const where = sectionIds.length > 0 ? { sectionIds } : {};
    return { type: 'add_track', role: roleNames.fromMessage(role), instrument, ...where };
  }
  if (edit.repeatSection) {
    const { sectionId, times } = edit.repeatSection;
    return { type: 'repeat_section', sectionId, times: times || 1 };
  }
  if (edit.removeSection) return { type: 'remove_section', ...edit.removeSection };
  if (edit.setMeter) {
    const { numerator, denominator } = edit.setMeter;
    return { type: 'set_meter', numerator, denominator: noteValue(denominator) };
  }
  if (edit.setFeel) return { type: 'set_feel', feel: feelNames.fromMessage(edit.setFeel.feel) };
  if (edit.setStyle) return { type: 'set_style', ...edit.setStyle };
  if (edit.resizeSection) return { type: 'resize_section', ...edit.resizeSection };
  if (edit.insertSection) return { type: 'insert_section', ...edit.insertSection };
  if (edit.moveSection) return { type: 'move_section', ...edit.moveSection };
  if (edit.simplify) return { type: 'simplify', ...edit.simplify };
  if (edit.intensify) return { type: 'intensify', ...edit.intensify };
  if (edit.humanise) return { type: 'humanise', ...edit.humanise };
  if (edit.revoice) return { type: 'revoice', ...edit.revoice };
  if (edit.reharmonise) return { type: 'reharmonise', ...edit.reharmonise };
  if (edit.hardEnding) return { type: 'hard_ending' };
  throw new RangeError(edit.undo ? 'an undo stands by itself' : 'edit.type is missing');
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
      return { removeTrack: withoutType(edit) };
    case 'replace_instrument':
      return { replaceInstrument: { trackId: edit.trackId, instrument: edit.instrument } };
    case 'set_mix':
      return { setMix: withoutType(edit) };
    case 'regenerate':
      return { regenerate: withoutType(edit) };
    case 'fade_out':
      return { fadeOut: { bars: edit.bars } };
    case 'add_track':
      return {
        addTrack: {
          role: roleNames.toMessage(edit.role),
          instrument: edit.instrument,
          sectionIds: edit.sectionIds ?? [],
        },
      };
    case 'repeat_section':
      return { repeatSection: { sectionId: edit.sectionId, times: edit.times ?? 1 } };
    case 'remove_section':
      return { removeSection: { sectionId: edit.sectionId } };
    case 'set_meter':
      return { setMeter: { numerator: edit.numerator, denominator: edit.denominator } };
    case 'set_feel':
      return { setFeel: { feel: feelNames.toMessage(edit.feel) } };
    case 'set_style':
      return { setStyle: { style: edit.style } };
    case 'resize_section':
      return { resizeSection: withoutType(edit) };
    case 'insert_section':
      return { insertSection: withoutType(edit) };
    case 'move_section':
      return { moveSection: withoutType(edit) };
    case 'simplify':
      return { simplify: withoutType(edit) };
    case 'intensify':
      return { intensify: withoutType(edit) };
    case 'humanise':
      return { humanise: withoutType(edit) };
    case 'revoice':
      return { revoice: withoutType(edit) };
    case 'reharmonise':
      return { reharmonise: withoutType(edit) };
    case 'hard_ending':
      return { hardEnding: {} };
  }
}

function withoutType<T extends { type: string }>({ type: _type, ...rest }: T): Omit<T, 'type'> {
  return rest;
}

function noteValue(denominator: number): 2 | 4 | 8 | 16 {
  const known = ([2, 4, 8, 16] as const).find((value) => value === denominator);
  if (known === undefined) throw new RangeError(`set_meter.denominator ${denominator} is not one of 2, 4, 8, 16`);
  return known;
}
