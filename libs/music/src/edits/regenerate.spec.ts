import { scoreHash, sectionHash, trackHash } from '../score/canonical-score';
import type { Track } from '../score/score';
import { barStartTick } from '../score/timeline';
import type { EditInput } from './edit';
import { song, SCORE, edited, trackOf, restHash } from './testing/edited-song';

describe('regenerate', () => {
  it('writes one track anew and leaves chords and all others', () => {
    for (const { id } of SCORE.tracks.filter(({ notes }) => notes.length > 0)) {
      const { score } = edited([{ type: 'regenerate', trackId: id }]);
      expect(restHash(score, [], [id])).toBe(restHash(SCORE, [], [id]));
      expect(trackHash(trackOf(score, id))).not.toBe(trackHash(trackOf(SCORE, id)));
      expect({ ...trackOf(score, id), notes: [] }).toEqual({ ...trackOf(SCORE, id), notes: [] });
    }
  });

  it('writes one section anew, chords too, and leaves all others', () => {
    const section = SCORE.sections[1];
    const { score } = edited([{ type: 'regenerate', sectionId: section?.id }]);
    for (const other of SCORE.sections) {
      const same = sectionHash(score, other) === sectionHash(SCORE, other);
      expect([other.id, same]).toEqual([other.id, other.id !== section?.id]);
    }
    expect(
      restHash(
        score,
        ['chords'],
        score.tracks.map(({ id }) => id),
      ),
    ).toBe(
      restHash(
        SCORE,
        ['chords'],
        SCORE.tracks.map(({ id }) => id),
      ),
    );
  });

  it('writes bars of one track anew, and nothing around them', () => {
    const { score } = edited([{ type: 'regenerate', trackId: 'bass', fromBar: 8, toBar: 12 }]);
    const [from, to] = [barStartTick(SCORE, 8), barStartTick(SCORE, 12)];
    const outside = ({ notes }: Track) => notes.filter(({ startTick }) => startTick < from || startTick >= to);
    expect(outside(trackOf(score, 'bass'))).toEqual(outside(trackOf(SCORE, 'bass')));
    expect(trackOf(score, 'bass').notes).not.toEqual(trackOf(SCORE, 'bass').notes);
    expect(restHash(score, [], ['bass'])).toBe(restHash(SCORE, [], ['bass']));
  });

  it('gives another version each time it is asked', () => {
    const edit: EditInput = { type: 'regenerate', trackId: 'drums' };
    const hashes = [SCORE, edited([edit]).score, edited([edit, edit]).score].map((score) =>
      trackHash(trackOf(score, 'drums')),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('keeps a stated progression', () => {
    const state = song({ progression: ['Dm7', 'G7'] });
    const { score } = edited([{ type: 'regenerate' }], state);
    expect(score.chords).toEqual(state.score.chords);
    expect(scoreHash(score)).not.toBe(scoreHash(state.score));
  });
});
