import { findKey } from '../measures/find-key';
import { scoreHash } from '../score/canonical-score';
import type { Track } from '../score/score';
import { song, STATE, SCORE, edited, trackOf, restHash, pitchedTracks } from './testing/edited-song';

const PITCHED = pitchedTracks(SCORE).map(({ id }) => id);

describe('transpose', () => {
  const result = edited([{ type: 'transpose', semitones: 3 }]);

  it('moves every pitched note by the same pitch class and leaves rhythm, drums and mix as they were', () => {
    expect(restHash(result.score, ['chords', 'keys'], PITCHED)).toBe(restHash(SCORE, ['chords', 'keys'], PITCHED));
    for (const id of PITCHED) {
      const [old, now] = [trackOf(SCORE, id), trackOf(result.score, id)];
      expect(now.notes.map(({ startTick }) => startTick)).toEqual(old.notes.map(({ startTick }) => startTick));
      expect(pitchClasses(now)).toEqual(pitchClasses(old, 3));
    }
  });

  it('moves keys, chords and the Brief along, and keeps the numerals', () => {
    expect(result.score.keys).toEqual([{ tick: 0, tonic: 'F', mode: 'minor' }]);
    expect(result.brief.key.value).toEqual({ tonic: 'F', mode: 'minor' });
    expect(result.score.chords.map(({ roman }) => roman)).toEqual(SCORE.chords.map(({ roman }) => roman));
    expect(result.score.chords[0]?.symbol).toMatch(/^F/);
  });

  it('keeps notes in range however far it goes', () => {
    for (const semitones of [-24, -13, 13, 24]) edited([{ type: 'transpose', semitones }]);
  });

  it('there and back is the same key', () => {
    const back = edited([
      { type: 'transpose', semitones: 2 },
      { type: 'transpose', semitones: -2 },
    ]);
    expect(back.score.keys).toEqual(SCORE.keys);
    expect(back.score.chords).toEqual(SCORE.chords);
  });

  function pitchClasses(track: Track, shift = 0): number[] {
    return track.notes.map(({ pitch }) => (pitch + shift) % 12).sort((a, b) => a - b);
  }
});

describe('set_key', () => {
  it('goes to the other tonic by the shorter way', () => {
    const { score } = edited([{ type: 'set_key', key: { tonic: 'B', mode: 'minor' } }]);
    expect(score.keys[0]).toEqual({ tick: 0, tonic: 'B', mode: 'minor' });
    expect(trackOf(score, 'bass').notes[0]?.pitch).toBe((trackOf(SCORE, 'bass').notes[0]?.pitch ?? 0) - 3);
  });

  it('changes the mode so that it can be heard, and leaves the rhythm', () => {
    const state = song({ style: 'orchestral', key: { tonic: 'D', mode: 'minor' } });
    const result = edited([{ type: 'set_key', key: { tonic: 'D', mode: 'major' } }], state);
    expect(findKey(pitchedTracks(result.score).flatMap(({ notes }) => notes))?.key).toEqual({
      tonic: 'D',
      mode: 'major',
    });
    const unpitched = ({ tracks }: typeof SCORE) =>
      tracks.map((track) => ({ ...track, notes: track.notes.map(({ startTick }) => startTick) }));
    expect(unpitched(result.score)).toEqual(unpitched(state.score));
    expect(result.score.chords.map(({ startTick }) => startTick)).toEqual(
      state.score.chords.map(({ startTick }) => startTick),
    );
  });

  it('changes nothing where the key is the same', () => {
    const { tonic, mode } = STATE.brief.key.value;
    expect(scoreHash(edited([{ type: 'set_key', key: { tonic, mode } }]).score)).toBe(scoreHash(SCORE));
  });
});
