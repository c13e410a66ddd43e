import { Midi } from '@tonejs/midi';
import fc from 'fast-check';
import { type MidiEvent, parseMidi } from 'midi-file';
import { instrument, INSTRUMENTS } from '../instruments/instrument';
import type { Score } from '../score/score';
import { barStartTick, durationSeconds, endTick, tickToSeconds } from '../score/timeline';
import { note, sampleScore, track } from '../score/testing/sample-score';
import { inputErrorOf, scoreArbitrary } from '../score/testing/score-arbitrary';
import { midiChannels } from './midi-channels';
import { writeMidi } from './midi-writer';

const text = (latin1: string) => Buffer.from(latin1, 'latin1').toString('utf8');

function timed(events: MidiEvent[]): (MidiEvent & { tick: number })[] {
  let tick = 0;
  return events.map((event) => ({ ...event, tick: (tick += event.deltaTime) }));
}

/** What a reader that knows nothing of this writer finds: notes by pairing on and off per pitch. */
function readBack(bytes: Uint8Array) {
  const { header, tracks } = parseMidi(bytes);
  const [conductor = [], ...parts] = tracks.map(timed);
  const of = <T extends MidiEvent['type']>(type: T) =>
    conductor.filter((event): event is Extract<MidiEvent, { type: T }> & { tick: number } => event.type === type);
  return {
    header,
    title: of('trackName').map((event) => text(event.text)),
    tempos: of('setTempo').map(({ tick, microsecondsPerBeat }) => ({ tick, microsecondsPerBeat })),
    meters: of('timeSignature').map(({ tick, numerator, denominator }) => ({ tick, numerator, denominator })),
    keys: of('keySignature').map(({ tick, key, scale }) => ({ tick, key, scale })),
    markers: of('marker').map((event) => ({ tick: event.tick, text: text(event.text) })),
    lengths: [conductor, ...parts].map((events) => events.at(-1)?.tick),
    parts: parts.map((events) => {
      const open = new Map<number, { startTick: number; velocity: number }>();
      const notes: { startTick: number; durationTicks: number; pitch: number; velocity: number }[] = [];
      for (const event of events) {
        if (event.type === 'noteOn') {
          expect(open.has(event.noteNumber)).toBe(false);
          open.set(event.noteNumber, { startTick: event.tick, velocity: event.velocity });
        }
        if (event.type === 'noteOff') {
          const start = open.get(event.noteNumber)!;
          open.delete(event.noteNumber);
          notes.push({ ...start, durationTicks: event.tick - start.startTick, pitch: event.noteNumber });
        }
      }
      expect(open.size).toBe(0);
      return {
        names: events.flatMap((event) => (event.type === 'trackName' ? [text(event.text)] : [])),
        programs: events.flatMap((event) => (event.type === 'programChange' ? [event.programNumber] : [])),
        channels: [...new Set(events.flatMap((event) => ('channel' in event ? [event.channel] : [])))],
        controllers: events.flatMap((event) =>
          event.type === 'controller' ? [[event.controllerType, event.value]] : [],
        ),
        bends: events.flatMap((event) => (event.type === 'pitchBend' ? [[event.tick, event.value]] : [])),
        notes: notes.sort((left, right) => left.startTick - right.startTick || left.pitch - right.pitch),
      };
    }),
  };
}

describe('writeMidi', () => {
  it('writes what midi-file reads back as the same music, for any valid score', () => {
    fc.assert(
      fc.property(scoreArbitrary(), (score) => {
        fc.pre(
          new Set(score.tracks.filter((one) => instrument(one.instrument).isDrumKit).map((one) => one.instrument))
            .size <= 2,
        );
        const read = readBack(writeMidi(score));
        expect(read.header).toMatchObject({ format: 1, ticksPerBeat: 480, numTracks: score.tracks.length + 1 });
        expect(read.title).toEqual([score.title]);
        expect(read.tempos.map(({ tick }) => tick)).toEqual(score.tempos.map(({ tick }) => tick));
        read.tempos.forEach((tempo, index) => {
          expect(Math.abs(60e9 / tempo.microsecondsPerBeat / score.tempos[index]!.milliBpm - 1)).toBeLessThan(1e-5);
        });
        expect(read.meters).toEqual(score.meters);
        expect(read.markers).toEqual(
          score.sections.map(({ id, startBar }) => ({ tick: barStartTick(score, startBar), text: id })),
        );
        expect(new Set(read.lengths)).toEqual(new Set([endTick(score)]));
        expect(read.parts.map(({ notes }) => notes)).toEqual(score.tracks.map(({ notes }) => notes));
        expect(read.parts.map(({ names }) => names)).toEqual(score.tracks.map(({ name }) => [name]));
        read.parts.forEach(({ bends, channels }, index) => {
          const one = score.tracks[index]!;
          expect(bends).toEqual(
            one.controls.filter(({ controller }) => controller === -1).map(({ tick, value }) => [tick, value]),
          );
          expect(channels).toHaveLength(1);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('writes what @tonejs/midi reads back: names, programs, times, key, tempo and meter', () => {
    const score = sampleScore();
    const midi = new Midi(writeMidi(score));
    expect(midi.name).toBe('Sample');
    expect(midi.header.keySignatures).toMatchObject([{ key: 'F', scale: 'minor', ticks: 0 }]);
    expect(midi.header.timeSignatures).toMatchObject([{ ticks: 0, timeSignature: [4, 4] }]);
    expect(midi.header.tempos[0]?.bpm).toBeCloseTo(82, 3);
    expect(midi.tracks.map(({ name }) => name)).toEqual(['drums', 'bass', 'keys', 'lead']);
    expect(midi.tracks.map(({ channel }) => channel)).toEqual([9, 0, 1, 2]);
    expect(midi.tracks.map((one) => one.instrument.name)).toEqual([
      'standard kit',
      'acoustic bass',
      'electric piano 1',
      'flute',
    ]);
    midi.tracks.forEach((read, index) => {
      const notes = score.tracks[index]!.notes;
      const byStart = [...read.notes].sort((left, right) => left.ticks - right.ticks || left.midi - right.midi);
      expect(byStart.map(({ ticks, durationTicks, midi: pitch }) => [ticks, durationTicks, pitch])).toEqual(
        notes.map(({ startTick, durationTicks, pitch }) => [startTick, durationTicks, pitch]),
      );
      byStart.forEach((one, place) => expect(one.time).toBeCloseTo(tickToSeconds(score, notes[place]!.startTick), 4));
    });
    expect(midi.duration).toBeLessThanOrEqual(durationSeconds(score) + 1e-4);
  });

  it('sets volume, pan and sends from the mix', () => {
    const mix = { gainCentibels: -60, pan: -100, reverbSend: 40, delaySend: 20, chorusSend: 10, muted: false };
    const parts = (changes: Partial<typeof mix>) => {
      const score = sampleScore({
        tracks: [track({ id: 'a', instrument: 'flute', notes: [note(0, 10, 70)], mix: { ...mix, ...changes } })],
      });
      return readBack(writeMidi(score)).parts[0]!.controllers;
    };
    // -6 dB by the 40 log10 law: 100 * 10^(-6/40) = 70.8.
    expect(parts({})).toEqual([
      [7, 71],
      [10, 0],
      [91, 40],
      [93, 10],
      [94, 20],
    ]);
    expect(parts({ gainCentibels: 0, pan: 0 })).toEqual(
      expect.arrayContaining([
        [7, 100],
        [10, 64],
      ]),
    );
    expect(parts({ gainCentibels: 120, pan: 100 })).toEqual(
      expect.arrayContaining([
        [7, 127],
        [10, 127],
      ]),
    );
    expect(parts({ muted: true })).toEqual(expect.arrayContaining([[7, 0]]));
  });

  it('keeps a title of any script', () => {
    expect(readBack(writeMidi(sampleScore({ title: 'Ночь 夜 🎷' }))).title).toEqual(['Ночь 夜 🎷']);
  });

  it('is the same bytes twice', () => {
    expect(writeMidi(sampleScore())).toEqual(writeMidi(sampleScore()));
  });
});

describe('midiChannels', () => {
  const melodic = INSTRUMENTS.filter((entry) => !entry.isDrumKit).map(({ id }) => ({ instrument: id }));

  it('gives fifteen melodic tracks a channel each, and never the drums', () => {
    const channels = midiChannels([...melodic.slice(0, 15), { instrument: 'jazz-kit' }, { instrument: 'jazz-kit' }]);
    expect(channels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 9, 9]);
  });

  it('lets tracks of equal program share when channels run out', () => {
    const channels = midiChannels([...melodic.slice(0, 10), ...melodic.slice(0, 10)]);
    expect(channels.slice(10)).toEqual(channels.slice(0, 10));
    expect(new Set(channels).size).toBe(10);
  });

  it('gives a second kit channel 11 as General MIDI 2 does', () => {
    const score: Score = sampleScore({
      tracks: [
        track({ id: 'a', instrument: 'standard-kit', notes: [note(0, 10, 36)] }),
        track({ id: 'b', instrument: 'orchestra-kit', notes: [note(0, 10, 36)] }),
      ],
    });
    const bytes = writeMidi(score);
    expect(readBack(bytes).parts[1]).toMatchObject({
      channels: [10],
      programs: [48],
      controllers: expect.arrayContaining([[0, 120]]),
    });
    expect(Buffer.from(bytes).includes(Buffer.from([0xf0, 5, 0x7e, 0x7f, 0x09, 0x03, 0xf7]))).toBe(true);
  });

  it('refuses sixteen programs and three kits', () => {
    expect(inputErrorOf(() => midiChannels(melodic.slice(0, 16))).message).toMatch(/at most 15 different melodic/);
    const kits = ['standard-kit', 'jazz-kit', 'brush-kit'].map((id) => ({ instrument: id }));
    expect(inputErrorOf(() => midiChannels(kits)).field).toBe('tracks');
  });
});
