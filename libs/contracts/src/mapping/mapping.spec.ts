import { composeScore, FEELS, interpretPrompt, noteReceipt, producePlan, type EditInput } from '@beatbot/music';
import {
  briefFromMessage,
  briefToMessage,
  controlsFromMessage,
  controlsToMessage,
  editFromMessage,
  editToMessage,
  modeNames,
  planFromMessage,
  planToMessage,
  receiptFromMessage,
  receiptToMessage,
  scoreFromMessage,
  scoreToMessage,
} from '..';

const brief = interpretPrompt(
  'waltz-like jazz in Bb dorian at 140 bpm, no drums, flute melody, 48 bars, bridge in 5/4 in F major at 90 bpm, intro without bass, outro with only piano, florble',
);
const plan = producePlan(brief);
const { score } = composeScore(brief, plan);

describe('the mapping between the music model and messages', () => {
  it('loses nothing of a brief, a plan, a score or a receipt', () => {
    expect(briefFromMessage(briefToMessage(brief))).toEqual(brief);
    const own = new Set(brief.form.value.flatMap((section) => Object.keys(section)));
    expect([...own].sort()).toEqual(['bars', 'key', 'meter', 'name', 'only', 'silent', 'tempoMilliBpm']);
    expect(planFromMessage(planToMessage(plan))).toEqual(plan);
    expect(scoreFromMessage(scoreToMessage(score))).toEqual(score);
    const receipt = noteReceipt(brief, score);
    expect(receiptFromMessage(receiptToMessage(receipt))).toEqual(receipt);
  });

  it('loses nothing of controls, given or not', () => {
    const controls = {
      title: 'T',
      style: 'house',
      key: { tonic: 'F#', mode: 'phrygian' as const },
      tempoBpm: 92.5,
      meter: { numerator: 6, denominator: 8 },
      bars: 8,
      instruments: ['flute'],
      exclude: ['drums'],
      intensity: 0,
    };
    expect(controlsFromMessage(controlsToMessage(controls))).toEqual(controls);
    expect(controlsFromMessage(controlsToMessage({}))).toEqual({});
    expect(controlsFromMessage(null)).toEqual({});
  });

  const EDITS: EditInput[] = [
    { type: 'transpose', semitones: -3 },
    { type: 'set_key', key: { tonic: 'Eb', mode: 'lydian' } },
    { type: 'set_tempo', tempoBpm: 99.5 },
    { type: 'set_title', title: 'New' },
    { type: 'mute_track', trackId: 'bass', muted: true },
    { type: 'remove_track', trackId: 'bass' },
    { type: 'replace_instrument', trackId: 'lead', instrument: 'oboe' },
    { type: 'set_mix', trackId: 'lead', gainCentibels: -30, pan: 10 },
    { type: 'regenerate', trackId: 'lead', fromBar: 1, toBar: 4 },
    { type: 'fade_out', bars: 4 },
    { type: 'add_track', role: 'counter', instrument: 'oboe' },
    { type: 'repeat_section', sectionId: 'a-1', times: 2 },
    { type: 'remove_section', sectionId: 'a-1' },
    { type: 'remove_track', trackId: 'bass', fromBar: 8, toBar: 12 },
    { type: 'add_track', role: 'pad', instrument: 'string-ensemble-1', sectionIds: ['a-1', 'b-1'] },
    { type: 'set_meter', numerator: 6, denominator: 8 },
    ...FEELS.map((feel) => ({ type: 'set_feel' as const, feel })),
    { type: 'set_style', style: 'reggae' },
    { type: 'resize_section', sectionId: 'a-1', bars: 12 },
    { type: 'insert_section', name: 'bridge', bars: 8, afterSectionId: 'a-1' },
    { type: 'insert_section', name: 'intro', bars: 4 },
    { type: 'move_section', sectionId: 'a-1', afterSectionId: 'b-1' },
    ...(['simplify', 'intensify', 'humanise', 'revoice'] as const).map((type) => ({
      type,
      trackId: 'bass',
      fromBar: 0,
      toBar: 4,
    })),
    { type: 'simplify', sectionId: 'a-1' },
    { type: 'intensify' },
    { type: 'reharmonise', sectionId: 'a-1' },
    { type: 'hard_ending' },
  ];
  it.each(EDITS)('loses nothing of the edit $type', (edit) => {
    expect(editFromMessage(editToMessage(edit))).toEqual(edit);
  });

  it('names what is missing or unknown', () => {
    expect(() => briefFromMessage({ ...briefToMessage(brief), key: undefined })).toThrow('brief.key is missing');
    expect(() => editFromMessage({})).toThrow('edit.type is missing');
    expect(() => editFromMessage({ undo: {} })).toThrow('an undo stands by itself');
    expect(() => editFromMessage({ setMeter: { numerator: 3, denominator: 5 } })).toThrow(
      '5 is not one of 2, 4, 8, 16',
    );
    expect(() => modeNames.fromMessage('MODE_UNSPECIFIED' as never)).toThrow(
      /MODE_UNSPECIFIED is not one of MODE_MAJOR/,
    );
  });
});
