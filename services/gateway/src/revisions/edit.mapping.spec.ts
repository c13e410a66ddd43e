import { editToMessage, editView } from './edit.mapping';
import { editSchema, type EditView } from './edit.schemas';

const EDITS: EditView[] = [
  { type: 'transpose', semitones: -3 },
  { type: 'setKey', key: { tonic: 'Bb', mode: 'dorian' } },
  { type: 'setTempo', tempoBpm: 92.5 },
  { type: 'setTitle', title: 'Rain' },
  { type: 'muteTrack', trackId: 'bass', muted: false },
  { type: 'removeTrack', trackId: 'bass' },
  { type: 'replaceInstrument', trackId: 'bass', instrument: 'acoustic-bass' },
  { type: 'setMix', trackId: 'bass', gainDb: -3.5, pan: -20, reverbSend: 0 },
  { type: 'regenerate', trackId: 'bass', fromBar: 4, toBar: 8 },
  { type: 'regenerate', sectionId: 'verse-1' },
  { type: 'fadeOut', bars: 4 },
  { type: 'addTrack', role: 'pad', instrument: 'string-ensemble-1' },
  { type: 'addTrack', role: 'pad', instrument: 'string-ensemble-1', sectionIds: ['bridge-1'] },
  { type: 'removeTrack', trackId: 'drums', fromBar: 8, toBar: 12 },
  { type: 'repeatSection', sectionId: 'chorus-1', times: 2 },
  { type: 'setMeter', numerator: 6, denominator: 8 },
  { type: 'setFeel', feel: 'halfTime' },
  { type: 'setStyle', style: 'bossa nova' },
  { type: 'resizeSection', sectionId: 'verse-1', bars: 12 },
  { type: 'insertSection', name: 'bridge', bars: 8, afterSectionId: 'chorus-2' },
  { type: 'moveSection', sectionId: 'bridge-1' },
  { type: 'simplify', trackId: 'bass' },
  { type: 'intensify', sectionId: 'chorus-2' },
  { type: 'humanise', fromBar: 0, toBar: 4 },
  { type: 'revoice' },
  { type: 'reharmonise', sectionId: 'verse-2' },
  { type: 'hardEnding' },
  { type: 'undo' },
  { type: 'removeSection', sectionId: 'bridge' },
];

describe('edits', () => {
  it.each(EDITS)('$type survives the way to the contracts and back', (edit) => {
    expect(editSchema.parse(edit)).toEqual(edit);
    const message = editToMessage(edit);
    expect(Object.keys(message)).toEqual([edit.type]);
    expect(editView(message)).toEqual(edit);
  });

  it('has an example of every type', () => {
    expect(new Set(EDITS.map(({ type }) => type)).size).toBe(editSchema.options.length);
  });

  it('counts gains in tenths of a decibel', () => {
    expect(editToMessage({ type: 'setMix', trackId: 'bass', gainDb: -0.3 })).toMatchObject({
      setMix: { gainCentibels: -3 },
    });
  });
});
