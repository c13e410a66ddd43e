import { keyFromMessage, keyToMessage, roleNames } from '@beatbot/contracts';
import type { Edit } from '@beatbot/contracts/music/v1/edit';
import type { EditView } from './edit.schemas';

/** The contracts count gains in tenths of a decibel. */
const TENTHS = 10;

export function editToMessage(edit: EditView): Edit {
  switch (edit.type) {
    case 'setKey':
      return { setKey: { key: keyToMessage(edit.key) } };
    case 'addTrack':
      return { addTrack: { role: roleNames.toMessage(edit.role), instrument: edit.instrument } };
    case 'setMix': {
      const { type: _type, gainDb, ...mix } = edit;
      return { setMix: { ...mix, gainCentibels: gainDb === undefined ? undefined : Math.round(gainDb * TENTHS) } };
    }
    default: {
      const { type, ...change } = edit;
      return { [type]: change };
    }
  }
}

/** Throws a RangeError for an edit of no known type. */
export function editView(edit: Edit): EditView {
  if (edit.setKey?.key) return { type: 'setKey', key: keyFromMessage(edit.setKey.key) };
  if (edit.addTrack)
    return { type: 'addTrack', role: roleNames.fromMessage(edit.addTrack.role), instrument: edit.addTrack.instrument };
  if (edit.setMix) {
    const { gainCentibels, ...mix } = edit.setMix;
    return { type: 'setMix', ...mix, ...(gainCentibels !== undefined && { gainDb: gainCentibels / TENTHS }) };
  }
  if (edit.transpose) return { type: 'transpose', ...edit.transpose };
  if (edit.setTempo) return { type: 'setTempo', ...edit.setTempo };
  if (edit.setTitle) return { type: 'setTitle', ...edit.setTitle };
  if (edit.muteTrack) return { type: 'muteTrack', ...edit.muteTrack };
  if (edit.removeTrack) return { type: 'removeTrack', ...edit.removeTrack };
  if (edit.replaceInstrument) return { type: 'replaceInstrument', ...edit.replaceInstrument };
  if (edit.regenerate) return { type: 'regenerate', ...edit.regenerate };
  if (edit.fadeOut) return { type: 'fadeOut', ...edit.fadeOut };
  if (edit.repeatSection) return { type: 'repeatSection', ...edit.repeatSection };
  if (edit.removeSection) return { type: 'removeSection', ...edit.removeSection };
  throw new RangeError('an edit of a revision has no known type');
}
