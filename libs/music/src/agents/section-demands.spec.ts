import { interpretPrompt } from '../brief/interpret-prompt';
import { producePlan } from '../plan/producer';
import { noteReceipt } from '../receipt/note-receipt';
import { validateScore } from '../score/validate-score';
import { AGENT_NAMES } from './agent';
import { AGENTS, composeScore } from './compose';

function compose(prompt: string) {
  const brief = interpretPrompt(prompt, { seed: 1 });
  const plan = producePlan(brief);
  return { brief, plan, ...composeScore(brief, plan) };
}

describe('a section with demands of its own', () => {
  it.each([
    ['pop in E flat major in 4/4, bridge in 3/4 in B flat', ['4/4', '3/4', '4/4'], ['Eb major', 'Bb major', 'Eb major'], 1],
    ['pop in D major, modulate up a tone for the last chorus', ['4/4'], ['D major', 'E major'], 1],
    ['rock in A minor at 90 bpm, twice as fast in the chorus', ['4/4'], ['A minor'], 7],
    ['house in A minor, intro without drums, drop with only drums and bass', ['4/4'], ['A minor'], 1],
    ['indie in G major, bridge a cappella', ['4/4'], ['G major'], 1],
    ['lofi in D major, 80 bpm, no drums until the first chorus', ['4/4'], ['D major'], 1],
  ])('gets them, and the receipt measures each: %s', (prompt, meters, keys, tempos) => {
    const { brief, plan, score, faults } = compose(prompt);
    const first = composeScore(brief, plan, { maxRepairs: 0 }).score;
    expect(() => validateScore(score)).not.toThrow();
    expect(score.meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`)).toEqual(meters);
    expect(score.keys.map(({ tonic, mode }) => `${tonic} ${mode}`)).toEqual(keys);
    expect(score.tempos).toHaveLength(tempos);
    expect(faults).toEqual([]);
    const { demands } = noteReceipt(brief, score);
    expect(demands.filter(({ met }) => !met)).toEqual([]);
    for (const name of AGENT_NAMES) expect(AGENTS[name]({ brief, plan, score: first, attempt: 0 })).toEqual(first);
  }); // prettier-ignore

  it('shows in the receipt where they are not met', () => {
    const { brief, score } = compose('pop in E flat major in 4/4 at 90 bpm, bridge in 3/4 in B flat at 120 bpm without drums');
    const plain = composeScore({ ...brief, form: { ...brief.form, value: brief.form.value.map(({ name, bars }) => ({ name, bars })) } }, producePlan(brief)).score;
    const unmet = (music: typeof score) =>
      noteReceipt(brief, music).demands.filter(({ met, asked }) => !met && asked.includes('bridge-1')).map(({ demand }) => demand);
    expect(unmet(score)).toEqual([]);
    expect(unmet(plain)).toEqual(['key', 'meter', 'tempo']);
    const drums = score.tracks.map((track) => (track.role === 'drums' ? { ...track, notes: track.notes.map((note) => ({ ...note })) } : track));
    const kit = drums.find(({ role }) => role === 'drums');
    const bridge = score.meters.find(({ numerator }) => numerator === 3);
    kit?.notes.push({ startTick: bridge?.tick ?? 0, durationTicks: 60, pitch: 36, velocity: 90 });
    expect(unmet({ ...score, tracks: drums })).toEqual(['excluded']);
  }); // prettier-ignore
});
