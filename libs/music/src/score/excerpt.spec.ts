import { excerpt } from './excerpt';
import { note, sampleScore } from './testing/sample-score';
import { barStartTick } from './timeline';
import { validateScore } from './validate-score';

describe('excerpt', () => {
  const score = sampleScore();
  const [first, second] = score.sections;
  if (!first || !second) throw new Error('the sample has two sections');

  it('is a Score of its own that begins at tick 0', () => {
    const part = excerpt(score, [second]);
    const from = barStartTick(score, second.startBar);
    expect(() => validateScore(part)).not.toThrow();
    expect(part.sections).toEqual([{ ...second, startBar: 0 }]);
    expect(part.chords.map(({ symbol }) => symbol)).toEqual(
      score.chords.filter(({ startTick }) => startTick >= from).map(({ symbol }) => symbol),
    );
    expect(Math.min(...part.tracks.flatMap(({ notes }) => notes.map(({ startTick }) => startTick)))).toBe(0);
  });

  it('has what is in force at its beginning, and what changes within it', () => {
    const from = barStartTick(score, second.startBar);
    const changing = {
      ...score,
      tempos: [...score.tempos, { tick: 240, milliBpm: 60_000 }, { tick: from + 480, milliBpm: 70_000 }],
    };
    expect(excerpt(changing, [second]).tempos).toEqual([
      { tick: 0, milliBpm: 60_000 },
      { tick: 480, milliBpm: 70_000 },
    ]);
  });

  it('cuts off what rings on after its end', () => {
    const end = barStartTick(score, second.startBar);
    const [track] = score.tracks;
    const ringing = { ...score, tracks: track ? [{ ...track, notes: [note(end - 240, 960, 40)] }] : [] };
    expect(excerpt(ringing, [first]).tracks[0]?.notes).toEqual([expect.objectContaining({ durationTicks: 240 })]);
  });

  it('needs a section', () => expect(() => excerpt(score, [])).toThrow('an excerpt needs a section'));
});
