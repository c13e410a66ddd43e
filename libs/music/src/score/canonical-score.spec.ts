import fc from 'fast-check';
import { canonicalBytes, canonicalJson, scoreHash, sectionHash, trackHash } from './canonical-score';
import { note, sampleScore } from './testing/sample-score';
import { inputErrorOf, scoreArbitrary } from './testing/score-arbitrary';
import { parseScore, validateScore } from './validate-score';

describe('canonical score', () => {
  it('sorts keys, keeps lists in order and writes no white space', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: true, c: 'é"' }, gone: undefined })).toBe(
      '{"a":{"c":"é\\"","d":true},"b":[2,1]}',
    );
  });

  it('refuses a fraction and names its field', () => {
    const score = sampleScore({ master: { loudnessCentiLufs: -1400.5, truePeakCentiDb: 0, fadeOutTicks: 0 } });
    expect(inputErrorOf(() => canonicalBytes(score)).field).toBe('score.master.loudnessCentiLufs');
  });

  it('hashes to a fixed SHA-256, whatever the order of keys', () => {
    const score = sampleScore();
    const reversed = Object.fromEntries(Object.entries(score).reverse()) as unknown as typeof score;
    expect(scoreHash(score)).toMatch(/^[0-9a-f]{64}$/);
    expect(scoreHash(reversed)).toBe(scoreHash(score));
  });

  it('is the same after writing and reading, for any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(), (score) => {
        validateScore(score);
        const read = parseScore(canonicalBytes(score));
        expect(read).toEqual(score);
        expect(scoreHash(read)).toBe(scoreHash(score));
      }),
      { numRuns: 60 },
    );
  });

  it('changes a section hash and a track hash by what changed in them only', () => {
    const before = sampleScore();
    const after = sampleScore();
    after.tracks[3]!.notes[9] = note(9 * 480, 460, 75);
    const sections = [0, 1].map((index) => [before, after].map((score) => sectionHash(score, score.sections[index]!)));
    expect(sections[0]![0]).toBe(sections[0]![1]);
    expect(sections[1]![0]).not.toBe(sections[1]![1]);
    expect(after.tracks.map((track, index) => trackHash(track) === trackHash(before.tracks[index]!))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('keeps the hash of a section that only moved', () => {
    const score = sampleScore();
    const bar = (startBar: number) => ({ id: 'x', name: 'x', startBar, bars: 1, energy: 0 });
    const drumsOnly = { ...score, chords: [], tracks: score.tracks.slice(0, 1) };
    expect(sectionHash(drumsOnly, bar(0))).toBe(sectionHash(drumsOnly, bar(3)));
  });
});
