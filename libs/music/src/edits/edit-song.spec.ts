import { durationSeconds } from '../score/timeline';
import { song, SCORE, edited, restHash } from './testing/edited-song';

describe('set_tempo, set_title, fade_out', () => {
  it('sets the tempo and keeps a ritardando in proportion', () => {
    const state = song({ style: 'orchestral' });
    const { score, brief } = edited([{ type: 'set_tempo', tempoBpm: 120 }], state);
    expect(restHash(score, ['tempos'])).toBe(restHash(state.score, ['tempos']));
    expect(state.score.tempos.length).toBeGreaterThan(1);
    const ratio = 120_000 / (state.score.tempos[0]?.milliBpm ?? 0);
    expect(score.tempos.map(({ milliBpm }) => milliBpm)).toEqual(
      state.score.tempos.map(({ milliBpm }) => Math.round(milliBpm * ratio)),
    );
    expect(brief.tempoMilliBpm.value).toBe(120_000);
    expect(durationSeconds(score)).toBeCloseTo(durationSeconds(state.score) / ratio, 2);
  });

  it('sets the title and nothing else', () => {
    const { score, plan, brief } = edited([{ type: 'set_title', title: ' Night Bus ' }]);
    expect([score.title, plan.title, brief.title.value]).toEqual(['Night Bus', 'Night Bus', 'Night Bus']);
    expect(restHash(score, ['title'])).toBe(restHash(SCORE, ['title']));
  });

  it('fades the last bars, or not', () => {
    const { score } = edited([{ type: 'fade_out', bars: 4 }]);
    expect(score.master.fadeOutTicks).toBe(4 * 1920);
    expect(restHash(score, ['master'])).toBe(restHash(SCORE, ['master']));
    expect(edited([{ type: 'fade_out', bars: 0 }]).score.master.fadeOutTicks).toBe(0);
  });
});
