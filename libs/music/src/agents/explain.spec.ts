import { interpretPrompt } from '../brief/interpret-prompt';
import { producePlan } from '../plan/producer';
import { composeScore } from './compose';
import { explain } from './explain';

describe('explain', () => {
  it('says what each agent chose and why, in order', () => {
    const brief = interpretPrompt('rock in D minor at 120 bpm, intro 4, verse 8, chorus 8, no bass, flute', {
      seed: 1,
    });
    const plan = producePlan(brief);
    const { score, repairs, faults, explanations } = composeScore(brief, plan);
    expect(explanations).toEqual(explain(brief, plan, { score, repairs, faults }));
    const text = Object.fromEntries(explanations.map((each) => [each.agent, each.text]));
    expect(Object.keys(text)).toEqual([
      'interpreter', 'producer', 'harmony', 'rhythm', 'bass', 'melody', 'arranger', 'mixer', 'critic',
    ]); // prettier-ignore
    expect(text.interpreter).toContain('The prompt states style, key, tempo, form, instruments and exclusions');
    expect(text.producer).toContain('20 bars: intro-1 4, verse-1 8, chorus-1 8 (as asked)');
    expect(text.producer).toContain('Flute (lead, as asked)');
    expect(text.harmony).toContain('In D minor (as asked)');
    expect(text.rhythm).toContain('4/4 at 120 bpm (as asked)');
    expect(text.bass).toBe('No bass, since it was ruled out.');
    expect(text.melody).toContain('for Flute');
    expect(text.mixer).toContain('-14 LUFS');
  });

  it('tells of what the critic returned and what is left', () => {
    const brief = interpretPrompt('rock in D minor', { seed: 1 });
    const plan = producePlan(brief);
    const { score } = composeScore(brief, plan);
    const repairs = [{ agent: 'bass', fault: 'ends without the tonic in the bass', bars: '32', attempt: 1 }];
    const told = explain(brief, plan, { score, repairs, faults: [{ agent: 'rhythm', fault: 'the kick is missing', bars: '1' }] });
    expect(told.at(-1)?.text).toBe(
      'Returned once: ends without the tonic in the bass (bars 32, bass). Left: the kick is missing.',
    );
  }); // prettier-ignore
});
