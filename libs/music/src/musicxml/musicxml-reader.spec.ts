import fc from 'fast-check';
import { composeScore } from '../agents/compose';
import { defaultBrief } from '../brief/default-brief';
import { InputError } from '../input-error';
import { MAX_IMPORT_BYTES } from '../imports/imported-score';
import { producePlan } from '../plan/producer';
import type { Score } from '../score/score';
import { note, sampleScore, track } from '../score/testing/sample-score';
import { inputErrorOf } from '../score/testing/score-arbitrary';
import { totalBars } from '../score/timeline';
import { validateScore } from '../score/validate-score';
import { readMusicXml } from './musicxml-reader';
import { writeMusicXml } from './musicxml-writer';

/** One bar of one part. */
const xml = (measure: string, more = '') =>
  `<?xml version="1.0"?>\n<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Flute</part-name></score-part></part-list><part id="P1"><measure number="1">${measure}</measure>${more}</part></score-partwise>`;
const ATTRIBUTES =
  '<attributes><divisions>2</divisions><key><fifths>-1</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time></attributes>';
const noteXml = (step: string, duration: number, more = '') =>
  `<note>${more}<pitch><step>${step}</step><octave>4</octave></pitch><duration>${duration}</duration></note>`;

/** What sheet music keeps of a song. */
function sheet(score: Score) {
  return {
    title: score.title,
    bars: totalBars(score),
    meters: score.meters,
    keys: score.keys.map(({ tick, tonic, mode }) => ({ tick, tonic, mode })),
    sections: score.sections.map(({ id, startBar, bars }) => ({ id, startBar, bars })),
    tempos: score.tempos,
    tracks: score.tracks.map(({ name, instrument }) => ({ name, instrument })),
  };
}

describe('readMusicXml', () => {
  it.each(['pop', 'waltz', 'jazz-swing', 'baroque'])(
    'reads its own sheet music of %s: notes, bars, chords',
    (style) => {
      const brief = defaultBrief({ style, bars: 16 });
      const { score } = composeScore(brief, producePlan(brief));
      const sounding = { ...score, tracks: score.tracks.filter(({ notes }) => notes.length > 0) };
      const { score: read } = readMusicXml(writeMusicXml(sounding));
      validateScore(read);
      expect(sheet(read)).toEqual(sheet(sounding));
      expect(read.chords.map(({ startTick, symbol }) => [startTick, symbol])).toEqual(
        score.chords.map(({ startTick, symbol }) => [startTick, symbol]),
      );
      // What was quantised once is the same when it is written and read again.
      const again = readMusicXml(writeMusicXml(read)).score;
      expect(again.tracks.map(({ notes }) => notes)).toEqual(read.tracks.map(({ notes }) => notes));
      for (const [index, { notes }] of read.tracks.entries()) {
        const before = sounding.tracks[index]?.notes ?? [];
        const pitches = (list: typeof notes) => new Set(list.map(({ pitch }) => pitch));
        expect(pitches(notes)).toEqual(pitches(before));
      }
    },
  );

  it('reads ties, chords, rests, voices, a transposing part, tempo and marks', () => {
    const measure = `${ATTRIBUTES}<attributes><transpose><chromatic>2</chromatic></transpose></attributes>
      <direction><direction-type><rehearsal>Intro</rehearsal></direction-type><sound tempo="72.5"/></direction>
      <harmony><root><root-step>B</root-step><root-alter>-1</root-alter></root><kind>major-seventh</kind></harmony>
      ${noteXml('C', 2)}<note><chord/><pitch><step>E</step><octave>4</octave></pitch><duration>2</duration></note>
      <note><rest/><duration>2</duration></note>
      <note dynamics="50"><pitch><step>G</step><alter>1</alter><octave>4</octave></pitch><duration>2</duration><tie type="start"/></note>
      <backup><duration>6</duration></backup><forward><duration>2</duration></forward>${noteXml('C', 4)}`;
    const second =
      '<measure number="2"><note><pitch><step>G</step><alter>1</alter><octave>4</octave></pitch><duration>2</duration><tie type="stop"/></note></measure>';
    const { score, remarks } = readMusicXml(xml(measure, second));
    expect(remarks).toEqual([]);
    expect(score.meters).toEqual([{ tick: 0, numerator: 3, denominator: 4 }]);
    expect(score.tempos).toEqual([{ tick: 0, milliBpm: 72_500 }]);
    expect(score.sections).toMatchObject([{ id: 'Intro', name: 'intro', bars: 2 }]);
    expect(score.chords).toMatchObject([{ startTick: 0, symbol: 'Bbmaj7', durationTicks: 2880 }]);
    expect(score.tracks).toMatchObject([
      {
        name: 'Flute',
        instrument: 'flute',
        notes: [
          { startTick: 0, durationTicks: 480 },
          { startTick: 0, durationTicks: 480 },
          { startTick: 480, durationTicks: 960 },
          { startTick: 960, durationTicks: 960, pitch: 70, velocity: 45 },
        ],
      },
    ]);
  });

  it('puts a pick-up at the end of its bar, and says what it leaves out', () => {
    const pickUp = `${ATTRIBUTES}${noteXml('D', 2, '')}<note><grace/><pitch><step>C</step><octave>5</octave></pitch></note>`;
    const second = `<measure number="2">${noteXml('G', 6)}<barline><repeat direction="backward"/></barline></measure>`;
    const { score, remarks } = readMusicXml(xml(pickUp, second));
    expect(score.tracks[0]?.notes.map(({ startTick }) => startTick)).toEqual([960, 1440]);
    expect(remarks).toEqual(['grace notes are left out', 'repeats are played once']);
  });

  it.each<[string, string, string, RegExp]>([
    ['nothing', '', 'musicxml line 1', /XML/],
    ['no XML', 'MThd', 'musicxml line 1', /well-formed/],
    ['an open tag', '<score-partwise>\n<part>', 'musicxml line 2', /well-formed/],
    ['a timewise score', '<score-timewise/>', 'musicxml line 1', /score-partwise/],
    [
      'entities',
      '<!DOCTYPE score-partwise [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<score-partwise>&b;</score-partwise>',
      'musicxml line 1',
      /without declarations/,
    ],
    ['an undeclared entity', '<score-partwise>&lol;</score-partwise>', 'musicxml line 1', /well-formed/],
    ['deep nesting', '<a>'.repeat(100), 'musicxml line 1', /nested at most 64/],
    ['no notes', xml(ATTRIBUTES), 'musicxml', /at least one note/],
    ['an overfull bar', xml(`${ATTRIBUTES}${noteXml('C', 8)}`), 'musicxml line 2', /at most 3/],
    ['a step H', xml(`${ATTRIBUTES}${noteXml('H', 2)}`), 'musicxml line 2', /A to G/],
    ['no duration', xml('<note><rest/></note>'), 'musicxml line 2', /a duration/],
    ['a word as duration', xml('<note><rest/><duration>long</duration></note>'), 'musicxml line 2', /duration from 0/],
    ['no divisions', xml('<attributes><divisions>0</divisions></attributes>'), 'musicxml line 2', /divisions from 1/],
    [
      'a beat type of 32',
      xml('<attributes><time><beats>4</beats><beat-type>32</beat-type></time></attributes>'),
      'musicxml line 2',
      /from 2 to 16/,
    ],
    ['a tempo of 1', xml(`<sound tempo="1"/>${noteXml('C', 1)}`), 'musicxml line 2', /20 to 400/],
    ['too big a file', ' '.repeat(MAX_IMPORT_BYTES + 1), 'musicxml', /at most/],
  ])('refuses %s, with the line and what is allowed', (_, source, field, allowed) => {
    const error = inputErrorOf(() => readMusicXml(source));
    expect(error.field).toBe(field);
    expect(error.allowed).toMatch(allowed);
  });

  it('takes the DOCTYPE that MusicXML files have, and reads nothing of it', () => {
    const source = writeMusicXml(sampleScore());
    expect(source).toContain('<!DOCTYPE');
    expect(readMusicXml(new TextEncoder().encode(source)).score.title).toBe('Sample');
  });

  it('never throws anything but an InputError, whatever the text', () => {
    const good = writeMusicXml(
      sampleScore({ tracks: [track({ id: 'lead', instrument: 'flute', notes: [note(0, 480, 72)] })] }),
    );
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</note>',
      '<note>',
      '&amp;',
      '0',
      '-',
      '99',
      '"',
      '<chord/>',
      'é',
      ']]>',
      '<!--',
    );
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length), fc.nat(12), pieces), { minLength: 1, maxLength: 4 })
      .map((changes) =>
        changes.reduce((text, [at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut), good),
      );
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string()), (source) => {
        try {
          validateScore(readMusicXml(source).score);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
