import { scoreHash, sectionHash } from '../score/canonical-score';
import { endTick, sectionRange, totalBars } from '../score/timeline';
import { song, STATE, SCORE, edited } from './testing/edited-song';

describe('repeat_section', () => {
  const section = SCORE.sections[1];
  const result = edited([{ type: 'repeat_section', sectionId: section?.id ?? '', times: 2 }]);

  it('plays it again under new ids, with every section as it was', () => {
    const bars = (section?.bars ?? 0) * 2;
    expect(totalBars(result.score)).toBe(totalBars(SCORE) + bars);
    expect(result.brief.bars.value).toBe(totalBars(SCORE) + bars);
    for (const old of SCORE.sections) {
      const now = result.score.sections.find(({ id }) => id === old.id);
      expect(now && sectionHash(result.score, now)).toBe(sectionHash(SCORE, old));
    }
    const copies = result.score.sections.filter(({ id }) => !SCORE.sections.some((old) => old.id === id));
    expect(copies).toHaveLength(2);
    for (const copy of copies) {
      expect(copy).toMatchObject({ name: section?.name, bars: section?.bars, energy: section?.energy });
      expect(section && sectionHash(result.score, copy)).toBe(section && sectionHash(SCORE, section));
    }
  });

  it('lets later edits and the agents work on the copies', () => {
    const copy = result.score.sections[1];
    const again = edited([{ type: 'regenerate', sectionId: copy?.id }], result);
    expect(copy && sectionHash(again.score, copy)).not.toBe(copy && sectionHash(result.score, copy));
  });

  it('keeps a ritardando at the end', () => {
    const state = song({ style: 'orchestral' });
    const last = state.score.sections.at(-1);
    const { score } = edited([{ type: 'repeat_section', sectionId: last?.id ?? '' }], state);
    const moved = endTick(score) - endTick(state.score);
    expect(score.tempos).toEqual(
      state.score.tempos.map((tempo) => (tempo.tick > 0 ? { ...tempo, tick: tempo.tick + moved } : tempo)),
    );
  });
});

describe('remove_section', () => {
  it('closes the gap and leaves every other section as it was', () => {
    for (const section of SCORE.sections) {
      const { score, plan } = edited([{ type: 'remove_section', sectionId: section.id }]);
      expect(totalBars(score)).toBe(totalBars(SCORE) - section.bars);
      for (const now of score.sections) {
        const old = SCORE.sections.find(({ id }) => id === now.id);
        expect(sectionHash(score, now)).toBe(old && sectionHash(SCORE, old));
      }
      expect(plan.tracks.some(({ sectionIds }) => sectionIds.includes(section.id))).toBe(false);
    }
  });

  it('keeps what is in force after it', () => {
    const second = SCORE.sections[1];
    const tick = second ? sectionRange(SCORE, second).startTick : 0;
    const keys = [...SCORE.keys, { tick, tonic: 'E', mode: 'minor' as const }];
    const state = { ...STATE, score: { ...SCORE, keys } };
    const { score } = edited([{ type: 'remove_section', sectionId: SCORE.sections[0]?.id ?? '' }], state);
    expect(score.keys).toEqual([{ tick: 0, tonic: 'E', mode: 'minor' }]);
  });

  it('is undone by nothing but undoes a repetition', () => {
    const id = SCORE.sections[1]?.id ?? '';
    const repeated = edited([{ type: 'repeat_section', sectionId: id }]);
    const copy = repeated.score.sections[1]?.id ?? '';
    expect(scoreHash(edited([{ type: 'remove_section', sectionId: copy }], repeated).score)).toBe(scoreHash(SCORE));
  });
});
