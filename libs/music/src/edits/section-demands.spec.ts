import { composeScore } from '../agents/compose';
import { interpretPrompt } from '../brief/interpret-prompt';
import { producePlan } from '../plan/producer';
import { noteReceipt } from '../receipt/note-receipt';
import { applyEdits } from './apply-edits';
import type { EditInput } from './edit';

describe('an edit of a song with such a section', () => {
  const prompt = 'pop in E flat major in 4/4 at 90 bpm, bridge in 3/4 in B flat at 120 bpm without drums';
  const brief = interpretPrompt(prompt, { seed: 1 });
  const plan = producePlan(brief);
  const { score } = composeScore(brief, plan);

  it.each<[string, EditInput]>([
    ['a section less', { type: 'remove_section', sectionId: 'intro-1' }],
    ['the section twice', { type: 'repeat_section', sectionId: 'bridge-1', times: 1 }],
    ['another key', { type: 'transpose', semitones: 2 }],
    ['another tempo', { type: 'set_tempo', tempoBpm: 99 }],
  ])('still measures what it asks for: %s', (_name, edit) => {
    const edited = applyEdits({ brief, plan, score }, [edit]);
    const own = edited.brief.form.value.filter(({ meter }) => meter);
    expect(own.every(({ name, key, tempoMilliBpm, silent }) => name === 'bridge' && key && tempoMilliBpm && silent)).toBe(true);
    expect(own.length).toBe(edit.type === 'repeat_section' ? 2 : 1);
    const { demands } = noteReceipt(edited.brief, edited.score);
    expect(demands.filter(({ met }) => !met)).toEqual([]);
  }); // prettier-ignore
});
