import { Midi } from '@tonejs/midi';
import fc from 'fast-check';
import { instrument, INSTRUMENTS } from '../instruments/instrument';
import { InputError } from '../input-error';
import { MAX_IMPORT_BYTES } from '../imports/imported-score';
import { composeScore } from '../agents/compose';
import { defaultBrief } from '../brief/default-brief';
import { producePlan } from '../plan/producer';
import { note, sampleScore, track } from '../score/testing/sample-score';
import { inputErrorOf, scoreArbitrary } from '../score/testing/score-arbitrary';
import { validateScore } from '../score/validate-score';
import { readMidi } from './midi-reader';
import { writeMidi } from './midi-writer';

const text = (value: string) => [...new TextEncoder().encode(value)];
const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
/** What an instrument is read as: a synthesised one as the General MIDI instrument that stands in for it. */
const inMidi = (id: string) => {
  const { program, isDrumKit } = instrument(id);
  return INSTRUMENTS.find((entry) => entry.program === program && entry.isDrumKit === isDrumKit)?.id;
};
const END = [0x00, 0xff, 0x2f, 0x00];
const chunk = (events: number[]) => [...text('MTrk'), ...uint32(events.length), ...events];
const header = (format: number, tracks: number, division: number) => [
  ...text('MThd'),
  ...uint32(6),
  0,
  format,
  0,
  tracks,
  division >> 8,
  division & 255,
];
const file = (format: number, division: number, ...tracks: number[][]) =>
  Uint8Array.from([...header(format, tracks.length, division), ...tracks.flatMap(chunk)]);
const NOTE = [0x00, 0x90, 60, 100, 0x60, 0x80, 60, 0];

function hasRoomInMidi(score: ReturnType<typeof sampleScore>): boolean {
  const kits = new Set(score.tracks.filter((one) => instrument(one.instrument).isDrumKit).map((one) => one.instrument));
  return kits.size <= 2;
}

describe('readMidi', () => {
  it('reads what writeMidi wrote so that it is written again to the byte, for any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(), (score) => {
        fc.pre(hasRoomInMidi(score) && score.tracks.length > 0 && score.tracks.every(({ notes }) => notes.length > 0));
        const bytes = writeMidi(score);
        const { score: read, remarks } = readMidi(bytes);
        validateScore(read);
        expect(remarks).toEqual([]);
        expect(read.tracks.map(({ notes, controls }) => ({ notes, controls }))).toEqual(
          score.tracks.map(({ notes, controls }) => ({ notes, controls })),
        );
        expect(Buffer.from(writeMidi(read)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));
      }),
      { numRuns: 60 },
    );
  });

  it.each(['jazz-swing', 'techno'])('reads a composed song of %s as it was', (style) => {
    const brief = defaultBrief({ style, bars: 16 });
    const { score } = composeScore(brief, producePlan(brief));
    const { score: read } = readMidi(writeMidi(score));
    expect(read.sections.map(({ id, startBar, bars }) => [id, startBar, bars])).toEqual(
      score.sections.map(({ id, startBar, bars }) => [id, startBar, bars]),
    );
    expect([read.title, read.meters]).toEqual([score.title, score.meters]);
    expect(read.tracks.map(({ name, instrument: id, notes }) => ({ name, id, notes }))).toEqual(
      score.tracks
        .filter(({ notes }) => notes.length > 0)
        .map(({ name, instrument: id, notes }) => ({ name, id: inMidi(id), notes })),
    );
    read.tempos.forEach(({ milliBpm }, index) =>
      expect(Math.abs(milliBpm / (score.tempos[index]?.milliBpm ?? 0) - 1)).toBeLessThan(1e-4),
    );
  });

  it('reads what another library wrote', () => {
    const midi = new Midi();
    midi.header.setTempo(93);
    midi.header.timeSignatures.push({ ticks: 0, timeSignature: [3, 4] });
    const part = midi.addTrack();
    part.name = 'Melody';
    part.instrument.number = 73;
    for (const [index, pitch] of [72, 74, 76].entries())
      part.addNote({ midi: pitch, ticks: index * 480, durationTicks: 240, velocity: 0.5 });
    const { score } = readMidi(midi.toArray());
    expect(score.meters).toEqual([{ tick: 0, numerator: 3, denominator: 4 }]);
    expect(score.tempos[0]?.milliBpm).toBe(93_000);
    expect(score.tracks).toMatchObject([{ name: 'Melody', instrument: 'flute', role: 'lead' }]);
    expect(score.tracks[0]?.notes.map(({ startTick, pitch }) => [startTick, pitch])).toEqual([
      [0, 72],
      [480, 74],
      [960, 76],
    ]);
  });

  it('reads format 0 with running status, a note-on that ends, and another resolution', () => {
    const events = [
      [0x00, 0xc1, 40, 0x00, 0x91, 67, 90, 0x60, 67, 0],
      [0x00, 0xf0, 0x02, 0x7e, 0xf7, 0x00, 0x99, 36, 100, 0x30, 36, 0],
      END,
    ].flat();
    const { score } = readMidi(file(0, 96, events));
    expect(score.tracks).toMatchObject([
      { instrument: 'violin', notes: [{ startTick: 0, durationTicks: 480, pitch: 67, velocity: 90 }] },
      { instrument: 'standard-kit', role: 'drums', notes: [{ startTick: 480, durationTicks: 240, pitch: 36 }] },
    ]);
  });

  it('passes over chunks that it does not know, and tells what it changed', () => {
    const low = [0x00, 0xc0, 73, 0x00, 0x90, 20, 100, 0x30, 0x90, 20, 100, 0x60, 0x80, 20, 0, 0x00, 0x80, 20, 0];
    const bytes = Uint8Array.from([
      ...header(1, 1, 96),
      ...[...text('XFIH'), ...uint32(3), 1, 2, 3],
      ...chunk([...low, ...END]),
    ]);
    const { score, remarks } = readMidi(bytes);
    expect(score.tracks[0]?.notes).toHaveLength(2);
    expect(remarks).toEqual([
      'Flute: 2 notes outside the range of Flute moved by octaves',
      'Flute: 1 notes end where another one of their pitch begins',
    ]);
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ['nothing', Uint8Array.of(), 'midi byte 0', /more bytes/],
    ['a WAV file', Uint8Array.from(text('RIFF....WAVEfmt ')), 'midi byte 0', /MThd/],
    ['format 2', file(2, 96, [...NOTE, ...END]), 'midi byte 8', /format 0 or 1/],
    ['SMPTE time', file(1, 0xe250, [...NOTE, ...END]), 'midi byte 12', /not in SMPTE/],
    ['no ticks', file(1, 0, [...NOTE, ...END]), 'midi byte 12', /at least 1/],
    ['no tracks', file(1, 96), 'midi byte 10', /at least one track/],
    ['a track without end', file(1, 96, NOTE), 'midi byte 30', /end-of-track/],
    ['data without status', file(1, 96, [0x00, 60, 100, ...END]), 'midi byte 23', /status byte/],
    ['a status byte as data', file(1, 96, [0x00, 0x90, 0x90, 100, ...END]), 'midi byte 23', /0 to 127/],
    ['a system message', file(1, 96, [0x00, 0xf2, 0, 0, ...END]), 'midi byte 23', /channel/],
    ['an endless quantity', file(1, 96, [0xff, 0xff, 0xff, 0xff, 0xff, ...END]), 'midi byte 22', /at most 4 bytes/],
    ['a long text', file(1, 96, [0x00, 0xff, 0x03, 0x70, 65]), 'midi byte 26', /at most 1 bytes/],
    ['a short tempo', file(1, 96, [0x00, 0xff, 0x51, 0x01, 7, ...NOTE, ...END]), 'midi byte 23', /meta event 81/],
    ['no notes', file(1, 96, END), 'midi', /at least one note/],
    ['2 bpm', file(1, 96, [0x00, 0xff, 0x51, 0x03, 0xff, 0xff, 0xff, ...NOTE, ...END]), 'midi tempo', /20 to 400/],
    ['a meter over 32', file(1, 96, [0x00, 0xff, 0x58, 0x04, 4, 5, 24, 8, ...NOTE, ...END]), 'midi meter', /over 2, 4/],
    ['too long a song', file(1, 1, [0xff, 0xff, 0x7f, 0x90, 60, 9, ...END]), 'midi', /at most 1024 bars/],
    ['too big a file', new Uint8Array(MAX_IMPORT_BYTES + 1), 'midi', /at most/],
  ])('refuses %s, with the place and what is allowed', (_, bytes, field, allowed) => {
    const error = inputErrorOf(() => readMidi(bytes));
    expect(error.field).toBe(field);
    expect(error.allowed).toMatch(allowed);
  });

  it('never throws anything but an InputError, whatever the bytes', () => {
    const good = writeMidi(
      sampleScore({ tracks: [track({ id: 'lead', instrument: 'flute', notes: [note(0, 480, 72)] })] }),
    );
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const cut = fc.nat(good.length).map((length) => good.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(mutated, cut, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        try {
          validateScore(readMidi(bytes).score);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the file', () => {
    const events = (count: number) => Array.from({ length: count }, () => [0x01, 0x90, 60, 9, 0x01, 60, 0]).flat();
    const seconds = (count: number) => {
      const bytes = file(1, 960, [...events(count), ...END]);
      const start = process.cpuUsage();
      readMidi(bytes);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    seconds(1000);
    const times = [1, 2, 3].map(() => seconds(40_000) / Math.max(1000, seconds(10_000)));
    expect(Math.min(...times)).toBeLessThan(12);
  });
});
