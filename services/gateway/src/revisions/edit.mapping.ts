import { feelNames, keyFromMessage, keyToMessage, roleNames } from '@beatbot/contracts';
import type { Edit } from '@beatbot/contracts/music/v1/edit';
import { type EditView, FEEL_NAMES } from './edit.schemas';

/** The contracts count gains in tenths of a decibel. */
const TENTHS = 10;

export function editToMessage(edit: EditView): Edit {
  switch (edit.type) {
    case 'setKey':
      return { setKey: { key: keyToMessage(edit.key) } };
    case 'addTrack':
      return {
        addTrack: {
          role: roleNames.toMessage(edit.role),
          instrument: edit.instrument,
          sectionIds: edit.sectionIds ?? [],
        },
      };
    case 'setFeel':
      return { setFeel: { feel: feelNames.toMessage(FEEL_NAMES[edit.feel]) } };
    case 'repeatSection':
      return { repeatSection: { sectionId: edit.sectionId, times: edit.times ?? 1 } };
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
  if (edit.addTrack) {
    const { role, instrument, sectionIds } = edit.addTrack;
    const where = sectionIds.length > 0 ? { sectionIds } : {};
    return { type: 'addTrack', role: roleNames.fromMessage(role), instrument, ...where };
  }
  if (edit.setFeel) return { type: 'setFeel', feel: feelView(feelNames.fromMessage(edit.setFeel.feel)) };
  if (edit.setMeter) {
    const { numerator, denominator } = edit.setMeter;
    return { type: 'setMeter', numerator, denominator: noteValue(denominator) };
  }
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
  if (edit.setStyle) return { type: 'setStyle', ...edit.setStyle };
  if (edit.resizeSection) return { type: 'resizeSection', ...edit.resizeSection };
  if (edit.insertSection) return { type: 'insertSection', ...edit.insertSection };
  if (edit.moveSection) return { type: 'moveSection', ...edit.moveSection };
  if (edit.simplify) return { type: 'simplify', ...edit.simplify };
  if (edit.intensify) return { type: 'intensify', ...edit.intensify };
  if (edit.humanise) return { type: 'humanise', ...edit.humanise };
  if (edit.revoice) return { type: 'revoice', ...edit.revoice };
  if (edit.reharmonise) return { type: 'reharmonise', ...edit.reharmonise };
  if (edit.hardEnding) return { type: 'hardEnding' };
  if (edit.undo) return { type: 'undo' };
  throw new RangeError('an edit of a revision has no known type');
}

function feelView(feel: (typeof FEEL_NAMES)[keyof typeof FEEL_NAMES]): keyof typeof FEEL_NAMES {
  const names = Object.keys(FEEL_NAMES) as (keyof typeof FEEL_NAMES)[];
  const name = names.find((each) => FEEL_NAMES[each] === feel);
  if (name === undefined) throw new RangeError(`the feel ${feel} has no name here`);
  return name;
}

function noteValue(denominator: number): 2 | 4 | 8 | 16 {
  const known = ([2, 4, 8, 16] as const).find((value) => value === denominator);
  if (known === undefined) throw new RangeError(`a meter over ${denominator}`);
  return known;
}
