import fc from 'fast-check';
import { sampleScore } from '../score/testing/sample-score';
import { scoreArbitrary } from '../score/testing/score-arbitrary';
import { totalBars } from '../score/timeline';
import { writeChordSheet } from './chord-sheet';

describe('writeChordSheet', () => {
  it('writes sections, bars and chords', () => {
    expect(writeChordSheet(sampleScore())).toBe(
      [
        'Sample',
        'Key: D minor   Meter: 4/4   Tempo: 82 bpm   Bars: 4   Length: 0:12',
        '[a-1]\n| Dm | Gm |',
        '[b-1]\n| A7 | Dm |\n',
      ].join('\n\n'),
    );
  });

  it('writes chords that change within a bar beat by beat, bars alike once, and silence', () => {
    const chord = (startTick: number, durationTicks: number, symbol: string) => ({
      startTick,
      durationTicks,
      symbol,
      roman: '',
    });
    const sheet = writeChordSheet(
      sampleScore({
        chords: [chord(0, 960, 'Dm'), chord(960, 720, 'G7'), chord(1680, 240, 'A7'), chord(3840, 3840, 'Cmaj7')],
      }),
    );
    expect(sheet).toContain('[a-1]\n| Dm . G7 A7 | N.C.       |');
    expect(sheet).toContain('[b-1]\n| Cmaj7 | %     |');
  });

  it('has every bar of any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(1), (score) => {
        const [, , ...sections] = writeChordSheet({ ...score, title: 'Any' })
          .trimEnd()
          .split('\n\n');
        expect(sections).toHaveLength(score.sections.length);
        const cells = sections
          .flatMap((text) => text.split('\n').slice(1))
          .join('')
          .split('|')
          .filter((cell) => cell.trim());
        expect(cells).toHaveLength(totalBars(score));
      }),
      { numRuns: 40 },
    );
  });
});
