import fc from 'fast-check';
import { PPQ, type Score } from '../score/score';
import { barLengthTicks, barStartTick, meterAt, totalBars } from '../score/timeline';
import { BAR, note, sampleScore, track } from '../score/testing/sample-score';
import { scoreArbitrary } from '../score/testing/score-arbitrary';
import { writeMusicXml } from './musicxml-writer';

interface ReadNote {
  at: number;
  duration: number;
  pitch: string;
  ties: string;
  xml: string;
}

/** The parts of a document as measures of notes; a chord's further notes stand where its first stands. */
function readParts(xml: string): { notes: ReadNote[]; length: number; xml: string }[][] {
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
  return all(xml, /<part id="[^"]*">([\s\S]*?)<\/part>/g).map((part) =>
    all(part, /<measure number="\d+">([\s\S]*?)<\/measure>/g).map((measure) => {
      let end = 0;
      let start = 0;
      const notes = all(measure, /<note>([\s\S]*?)<\/note>/g).map((text): ReadNote => {
        const duration = Number(/<duration>(\d+)</.exec(text)?.[1]);
        if (!text.includes('<chord/>')) [start, end] = [end, end + duration];
        const [, step, alter, octave] =
          /<step>(.)<\/step>\s*(?:<alter>(-?\d)<\/alter>\s*)?<octave>(\d+)</.exec(text) ??
          /<display-step>(.)<\/display-step>()\s*<display-octave>(\d)/.exec(text) ??
          [];
        const accidental = { '-2': 'bb', '-1': 'b', '1': '#', '2': '##' }[alter ?? ''] ?? '';
        const ties = all(text, /<tie type="(\w+)"\/>/g).join('+');
        return { at: start, duration, pitch: step ? `${step}${accidental}${octave}` : 'rest', ties, xml: text };
      });
      return { notes, length: end, xml: measure };
    }),
  );
}

const shown = (notes: ReadNote[]) =>
  notes.map(({ at, duration, pitch, ties }) => `${at}:${pitch}/${duration}${ties && ` ${ties}`}`);
const leadOnly = (notes: Score['tracks'][number]['notes'], changes: Partial<Score> = {}) =>
  readParts(
    writeMusicXml(sampleScore({ tracks: [track({ id: 'lead', instrument: 'violin', notes })], ...changes })),
  )[0]!;

describe('writeMusicXml', () => {
  it('fills every bar of every part exactly, for any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(), (score) => {
        fc.pre(score.tracks.length > 0);
        for (const part of readParts(writeMusicXml(score))) {
          expect(part).toHaveLength(totalBars(score));
          part.forEach(({ length }, bar) => {
            expect(length).toBe(barLengthTicks(meterAt(score, barStartTick(score, bar))) / 40);
          });
        }
      }),
      { numRuns: 80 },
    );
  });

  it('ties every tied note to an equal one that follows at once, for any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(2), (score) => {
        fc.pre(score.tracks.length > 0);
        for (const part of readParts(writeMusicXml(score))) {
          const flat = part.flatMap(({ notes }, bar) =>
            notes.map((one) => ({ ...one, at: one.at + barStartTick(score, bar) / 40 })),
          );
          for (const one of flat.filter(({ ties }) => ties.includes('start'))) {
            const next = flat.find((other) => other.at === one.at + one.duration && other.pitch === one.pitch);
            expect(next?.ties).toMatch(/^stop/);
          }
          expect(flat.filter(({ ties }) => ties.includes('start')).length).toBe(
            flat.filter(({ ties }) => ties.includes('stop')).length,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('writes title, key, meter, tempo, sections and clefs', () => {
    const xml = writeMusicXml(sampleScore({ title: 'A <b> & "c"\u0001' }));
    expect(xml).toContain('<work-title>A &lt;b&gt; &amp; &quot;c&quot;\u{FFFD}</work-title>');
    expect(xml).toMatch(/<fifths>-1<\/fifths>\s*<mode>minor<\/mode>/);
    expect(xml).toMatch(/<beats>4<\/beats>\s*<beat-type>4<\/beat-type>/);
    expect(xml).toContain('<per-minute>82</per-minute>');
    expect([...xml.matchAll(/<rehearsal>(.*?)</g)].map((match) => match[1])).toEqual(['a-1', 'b-1']);
    expect([...xml.matchAll(/<sign>(\w+)<\/sign>/g)].map((match) => match[1])).toEqual(['percussion', 'F', 'G', 'G']);
    expect(xml).toMatch(/<midi-channel>10<\/midi-channel>\s*<midi-program>1<\/midi-program>\s*<midi-unpitched>37</);
  });

  it('reads a humanised performance as it was meant', () => {
    const late = [12, -9, 7, -14, 3, 15, -6, 11];
    const notes = late.map((offset, index) => note(Math.max(0, index * 240 + offset), 200 - offset, 74 + (index % 3)));
    expect(shown(leadOnly(notes)[0]!.notes).map((text) => text.split(':')[0])).toEqual([
      '0',
      '6',
      '12',
      '18',
      '24',
      '30',
      '36',
      '42',
    ]);
    expect(leadOnly(notes)[0]!.notes.every(({ duration }) => duration === 6)).toBe(true);
  });

  it('writes swung eighths as triplets, bracketed', () => {
    const notes = [note(0, 310, 74), note(325, 150, 76), note(480, 480, 77)];
    const [first] = leadOnly(notes);
    expect(shown(first!.notes).slice(0, 3)).toEqual(['0:D5/8', '8:E5/4', '12:F5/12']);
    expect(first!.notes[0]!.xml).toMatch(/<type>quarter<\/type>\s*<time-modification>[\s\S]*<tuplet type="start"/);
    expect(first!.notes[1]!.xml).toMatch(/<type>eighth<\/type>[\s\S]*<tuplet type="stop"/);
    expect(first!.notes[2]!.xml).not.toContain('time-modification');
  });

  it('ties over bar lines and writes rests', () => {
    const bars = leadOnly([note(BAR - PPQ, PPQ * 3, 74)]);
    expect(shown(bars[0]!.notes)).toEqual(['0:rest/36', '36:D5/12 start']);
    expect(shown(bars[1]!.notes)).toEqual(['0:D5/24 stop', '24:rest/24']);
    expect(bars[2]!.xml).toContain('<rest measure="yes"/>');
  });

  it('reads releases freely: long notes end on eighths, a last sixteenth of silence is closed', () => {
    const bars = leadOnly([note(0, 700, 74), note(960, 360, 76), note(1440, 100, 77)]);
    expect(shown(bars[0]!.notes)).toEqual(['0:D5/18', '18:rest/6', '24:E5/12', '36:F5/3', '39:rest/9']);
  });

  it('gives percussion no key signature and lets hits end with the beat', () => {
    const kit = track({ id: 'kit', instrument: 'jazz-kit', notes: [note(0, 60, 36), note(600, 60, 38)] });
    const [bar] = readParts(writeMusicXml(sampleScore({ tracks: [kit] })))[0]!;
    expect(bar!.xml).not.toContain('<fifths>');
    expect(shown(bar!.notes).slice(0, 4)).toEqual(['0:F4/12', '12:rest/3', '15:C5/9', '24:rest/24']);
  });

  it('joins equal onsets to chords and ends a chord where the next begins', () => {
    const bars = leadOnly([note(0, BAR, 60), note(4, BAR, 64), note(960, 960, 67)]);
    expect(shown(bars[0]!.notes)).toEqual(['0:C4/24', '0:E4/24', '24:G4/24']);
  });

  it('spells by the key and by the chord, with accidentals where they are needed once a bar', () => {
    const chords = [
      { startTick: 0, durationTicks: BAR, symbol: 'A7', roman: 'V7' },
      { startTick: BAR, durationTicks: BAR, symbol: 'Db', roman: 'bI' },
    ];
    const bars = leadOnly([note(0, 480, 61), note(480, 480, 61), note(960, 480, 70), note(BAR, 480, 61)], { chords });
    expect(shown(bars[0]!.notes).slice(0, 3)).toEqual(['0:C#4/12', '12:C#4/12', '24:Bb4/12']);
    expect(bars[0]!.notes.map(({ xml }) => /<accidental>(\w+)</.exec(xml)?.[1])).toEqual([
      'sharp',
      undefined,
      undefined,
      undefined,
    ]);
    expect(shown(bars[1]!.notes)[0]).toBe('0:Db4/12');
  });

  it.each([
    ['Dm7', 'D', 'minor-seventh', []],
    ['Bbmaj7', 'B', 'major-seventh', []],
    ['F#7b9', 'F', 'dominant', ['9 -1']],
    ['G7sus4', 'G', 'suspended-fourth', ['7 0']],
    ['Cadd9', 'C', 'major', ['9 0']],
    ['C/E', 'C', 'major', []],
  ])('writes the harmony %s', (symbol, root, kind, degrees) => {
    const score = sampleScore({ chords: [{ startTick: 0, durationTicks: BAR, symbol, roman: '' }] });
    const xml = writeMusicXml(score);
    const harmony = /<harmony[\s\S]*?<\/harmony>/.exec(xml)?.[0] ?? '';
    expect(harmony).toContain(`<root-step>${root}</root-step>`);
    expect(harmony).toMatch(new RegExp(`<kind text="[^"]*">${kind}</kind>`));
    expect(
      [...harmony.matchAll(/<degree-value>(\d+)<\/degree-value>\s*<degree-alter>(-?\d)</g)].map(
        (match) => `${match[1]} ${match[2]}`,
      ),
    ).toEqual(degrees);
    expect(harmony.includes('<bass-step>E</bass-step>')).toBe(symbol === 'C/E');
  });

  it('beams eighths and sixteenths within a beat', () => {
    const [bar] = leadOnly([
      note(0, 240, 74),
      note(240, 120, 76),
      note(360, 120, 77),
      note(480, 240, 74),
      note(960, 240, 74),
    ]);
    expect(
      bar!.notes
        .slice(0, 4)
        .map(({ xml }) =>
          [...xml.matchAll(/<beam number="(\d)">([\w ]+)</g)].map((match) => `${match[1]} ${match[2]}`),
        ),
    ).toEqual([['1 begin'], ['1 continue', '2 begin'], ['1 end', '2 end'], []]);
  });

  it('refuses a score without tracks', () => {
    expect(() => writeMusicXml(sampleScore({ tracks: [] }))).toThrow(/tracks \[\] is not allowed/);
  });
});
