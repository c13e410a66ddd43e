import fc from 'fast-check';
import { InputError } from '../input-error';
import { scoreHash } from '../score/canonical-score';
import { applyEdits } from '../edits/apply-edits';
import { song } from '../edits/testing/edited-song';
import { checkInstruction, followInstruction } from './follow-instruction';
import { INSTRUCTIONS } from './testing/instruction-corpus';
import { SONG } from './testing/instructed-song';
import { readClauses } from './read-clauses';
import { toEdits } from './to-edits';

describe('an instruction', () => {
  it.each(INSTRUCTIONS)('%s', (text, expected) => {
    const clauses = readClauses(text);
    const edits = clauses.flatMap((clause) => toEdits(SONG, clause, {}));
    expect(clauses.filter(({ intent }) => !intent).map((clause) => clause.text)).toEqual([]);
    expect(edits).toEqual(expected);
  });

  it('has a corpus of at least 100', () => {
    expect(INSTRUCTIONS.length).toBeGreaterThanOrEqual(100);
    expect(new Set(INSTRUCTIONS.map(([text]) => text)).size).toBe(INSTRUCTIONS.length);
  });

  it('is followed clause by clause, each on what the one before left', () => {
    const text = 'add a bridge after the second chorus, then make it bigger and drop the drums in the bridge';
    const { state, edits, notUnderstood, notDone } = followInstruction(SONG, text);
    expect([notUnderstood, notDone]).toEqual([[], []]);
    expect(edits).toMatchObject([
      { type: 'insert_section', name: 'bridge', afterSectionId: 'chorus-2' },
      { type: 'intensify' },
      { type: 'remove_track', trackId: 'drums', sectionId: 'bridge-1' },
    ]);
    expect(scoreHash(applyEdits(SONG, edits).score)).toBe(scoreHash(state.score));
  });

  it('takes "it" for what was spoken of last', () => {
    expect(followInstruction(SONG, 'mute the bass and simplify it').edits).toEqual([
      { type: 'mute_track', trackId: 'bass', muted: true },
      { type: 'simplify', trackId: 'bass' },
    ]);
  });

  it('is done as far as it is understood and possible, and tells the rest', () => {
    const { edits, notUnderstood, notDone } = followInstruction(
      SONG,
      'slower, paint it purple, mute the kazoo, and remove the drums in bars 90-99',
    );
    expect(edits.map(({ type }) => type)).toEqual(['set_tempo']);
    expect(notUnderstood).toEqual(['paint it purple']);
    expect(notDone).toEqual([
      expect.stringMatching(/^"mute the kazoo": a track of the song: it has no kazoo, but drums/),
      expect.stringMatching(/"remove the drums in bars 90-99": bars 1 to \d+$/),
    ]);
  });

  it('passes over no place that is said', () => {
    const { edits, notDone } = followInstruction(
      SONG,
      'slower; make the chorus bigger in bars 3-4; fade out in the intro',
    );
    expect(edits.map(({ type }) => type)).toEqual(['set_tempo']);
    expect(notDone).toEqual([
      '"make the chorus bigger in bars 3-4": one place for one change',
      '"fade out in the intro": one place for one change',
    ]);
  });

  it.each(['make it taste better', 'hello', 'qwertz', '...', 'the', 'in the bridge', '  '])(
    'is refused: %j',
    (text) => {
      const refusal = () => checkInstruction(text);
      expect(refusal).toThrow(InputError);
      expect(refusal).toThrow(/transpose up a tone/);
    },
  );

  it.each(['undo', 'Undo that, please', 'undo the last change', 'go back', 'revert'])('undoes: %s', (text) => {
    expect(checkInstruction(text)).toBe('undo');
    expect(() => followInstruction(SONG, text)).toThrow(/where the revisions are kept/);
  });

  it('refuses an undo with other changes', () => {
    expect(() => checkInstruction('undo and slower')).toThrow(/by itself/);
  });

  it('never throws anything but an InputError, whatever is said', () => {
    const word = fc.constantFrom(
      ...INSTRUCTIONS.flatMap(([text]) => text.split(' ')),
      ...['9', '-', '4/4', 'bars 3', '"', 'and', ',', 'zzz', 'Bb', '%', '200000', '🥁'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            for (const clause of readClauses(text)) toEdits(SONG, clause, {});
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['and ', 'bars 1-', 'the ', 'make it ', 'add piano and ', 'chorus ', 'in ', '9 ', 'call it '])(
    'reads the longest one made of %j in a moment',
    (unit) => {
      const text = unit.repeat(4000).slice(0, 3999);
      const times = [1, 2, 3].map(() => {
        const start = process.cpuUsage();
        readClauses(text);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      });
      expect(Math.min(...times)).toBeLessThan(1000);
    },
  );

  it('works on songs of any style', () => {
    const state = song({ style: 'techno', bars: 32 });
    expect(followInstruction(state, 'no drums in the last 4 bars').edits).toEqual([
      { type: 'remove_track', trackId: 'drums', fromBar: 28, toBar: 32 },
    ]);
  });
});
