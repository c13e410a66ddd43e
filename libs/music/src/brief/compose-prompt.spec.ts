import { composeScore } from '../agents/compose';
import { producePlan } from '../plan/producer';
import { totalBars } from '../score/timeline';
import { validateScore } from '../score/validate-score';
import { interpretPrompt } from './interpret-prompt';
import { PROMPT_CORPUS } from './testing/prompt-corpus';

describe('a song from a prompt', () => {
  // Every fifth, for composing takes its time; the reference prompt is the first.
  const prompts = PROMPT_CORPUS.map(([prompt]) => prompt).filter((_, index) => index % 5 === 0);

  it.each(prompts)('has what was asked for: %s', (prompt) => {
    const brief = interpretPrompt(prompt);
    const plan = producePlan(brief);
    const { score } = composeScore(brief, plan);
    validateScore(score);
    expect(totalBars(score)).toBe(brief.bars.value);
    for (const { instrument, role } of brief.instruments.value) {
      const track = score.tracks.find((each) => each.instrument === instrument && each.role === role);
      expect([instrument, role, track !== undefined && track.notes.length > 0]).toEqual([instrument, role, true]);
    }
    const ruledOut = score.tracks.filter(({ instrument, role }) =>
      brief.excluded.value.some((target) => target === instrument || target === role),
    );
    expect(ruledOut).toEqual([]);
  });
});
