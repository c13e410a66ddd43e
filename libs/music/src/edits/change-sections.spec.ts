import { scoreHash, sectionHash } from '../score/canonical-score';
import type { Score, Section } from '../score/score';
import { endTick, sectionRange, totalBars } from '../score/timeline';
import { song, STATE, SCORE, edited, errorOf, restHash, trackOf } from './testing/edited-song';

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
        expect(old && sameSection(score, now, SCORE, old)).toBe(true);
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

describe('move_section', () => {
  const [first, second, third] = SCORE.sections;

  it('plays it elsewhere, with every section as it was', () => {
    const { score } = edited([{ type: 'move_section', sectionId: third?.id ?? '' }]);
    expect(score.sections.map(({ id }) => id)).toEqual([
      third?.id,
      ...SCORE.sections.map(({ id }) => id).filter((id) => id !== third?.id),
    ]);
    expect(totalBars(score)).toBe(totalBars(SCORE));
    for (const now of score.sections) {
      const old = SCORE.sections.find(({ id }) => id === now.id);
      expect(old && sameSection(score, now, SCORE, old)).toBe(true);
    }
  });

  it('there and back gives the same notes, chords and form', () => {
    const there = edited([{ type: 'move_section', sectionId: first?.id ?? '', afterSectionId: second?.id }]);
    const { score } = edited([{ type: 'move_section', sectionId: first?.id ?? '' }], there);
    expect(score.sections).toEqual(SCORE.sections);
    expect(score.chords).toEqual(SCORE.chords);
    for (const { id, notes } of SCORE.tracks) expect(trackOf(score, id).notes).toEqual(notes);
  });

  it('keeps a ritardando at the end', () => {
    const state = song({ style: 'orchestral' });
    const last = state.score.sections.at(-1)?.id ?? '';
    const { score } = edited([{ type: 'move_section', sectionId: last }], state);
    expect(score.tempos).toEqual(state.score.tempos);
  });

  it('refuses to move a section after itself', () => {
    const edit = { type: 'move_section', sectionId: first?.id, afterSectionId: first?.id };
    expect(errorOf([edit])).toMatchObject({ field: 'edits[0].afterSectionId' });
  });
});

describe('insert_section', () => {
  it.each([undefined, ...SCORE.sections.map(({ id }) => id)])(
    'composes one after %s and leaves all others',
    (after) => {
      const edit = { type: 'insert_section' as const, name: 'bridge', bars: 4 };
      const { score, plan } = edited([after === undefined ? edit : { ...edit, afterSectionId: after }]);
      const place = after === undefined ? 0 : SCORE.sections.findIndex(({ id }) => id === after) + 1;
      const added = score.sections[place];
      expect(added).toMatchObject({ id: 'bridge-1', bars: 4 });
      expect(totalBars(score)).toBe(totalBars(SCORE) + 4);
      const range = added && sectionRange(score, added);
      const inside = ({ startTick }: { startTick: number }) =>
        range !== undefined && startTick >= range.startTick && startTick < range.endTick;
      expect(score.chords.some(inside)).toBe(true);
      expect(score.tracks.filter(({ notes }) => notes.some(inside)).length).toBeGreaterThan(1);
      expect(plan.tracks.some(({ sectionIds }) => sectionIds.includes('bridge-1'))).toBe(true);
      for (const old of SCORE.sections) {
        const now = score.sections.find(({ id }) => id === old.id);
        expect(now && sameSection(score, now, SCORE, old)).toBe(true);
      }
    },
  );

  it.each([
    [{ name: 'Bridge', bars: 4 }, 'edits[0].name'],
    [{ name: 'bridge', bars: 0 }, 'edits[0].bars'],
    [{ name: 'bridge', bars: 1020 }, 'edits[0].bars'],
    [{ name: 'bridge', bars: 4, afterSectionId: 'x' }, 'edits[0].afterSectionId'],
  ])('refuses %j', (edit, field) => {
    expect(errorOf([{ type: 'insert_section', ...edit }]).field).toBe(field);
  });
});

describe('resize_section', () => {
  it.each(SCORE.sections.flatMap(({ id, bars }) => [bars + 4, bars - 1, 1].map((length) => [id, length] as const)))(
    'makes %s %i bars long and leaves all others',
    (id, bars) => {
      const { score } = edited([{ type: 'resize_section', sectionId: id, bars }]);
      expect(score.sections.find((section) => section.id === id)?.bars).toBe(bars);
      for (const old of SCORE.sections.filter((section) => section.id !== id)) {
        const now = score.sections.find((section) => section.id === old.id);
        expect(now && sameSection(score, now, SCORE, old)).toBe(true);
      }
      const now = score.sections.find((section) => section.id === id);
      const range = now && sectionRange(score, now);
      for (let tick = range?.startTick ?? 0; tick < (range?.endTick ?? 0); tick += 1920) {
        const covers = (chord: (typeof score.chords)[number]) =>
          chord.startTick <= tick && chord.startTick + chord.durationTicks > tick;
        expect(score.chords.some(covers)).toBe(true);
      }
    },
  );

  it('longer and shorter again is the same', () => {
    const { id = '', bars = 0 } = SCORE.sections[1] ?? {};
    const longer = edited([{ type: 'resize_section', sectionId: id, bars: bars + 4 }]);
    const { score } = edited([{ type: 'resize_section', sectionId: id, bars }], longer);
    for (const track of SCORE.tracks) expect(trackOf(score, track.id).notes).toEqual(track.notes);
    expect(restHash({ ...score, tracks: [] }, ['chords'])).toBe(restHash({ ...SCORE, tracks: [] }, ['chords']));
  });

  it('changes nothing where the length is the same', () => {
    const { id = '', bars = 0 } = SCORE.sections[0] ?? {};
    expect(scoreHash(edited([{ type: 'resize_section', sectionId: id, bars }]).score)).toBe(scoreHash(SCORE));
  });
});

/** Whether two sections are the same but for what a joint has to set again on the first tick. */
function sameSection(score: Score, section: Section, other: Score, otherSection: Section): boolean {
  const hash = (of: Score, which: Section) => {
    const { startTick } = sectionRange(of, which);
    const tracks = of.tracks.map((track) => ({
      ...track,
      controls: track.controls.filter(({ tick }) => tick !== startTick),
    }));
    return sectionHash({ ...of, tracks }, which);
  };
  return hash(score, section) === hash(other, otherSection);
}
