import { randomStream } from '@beatbot/music';
import { Midi } from '@tonejs/midi';
import { barHeard, keyHeard, pitchClassOf, tempoHeard, triadOf } from './ear';
import { hear } from './heard';
import { promises } from './keep-promises';
import { songFaults } from './song-faults';
import { drawWish, type Wish } from './wish';
import { wordWish } from './wording';

interface Part {
  program?: number;
  drums?: boolean;
  /** Pitch, start and length in quarters. */
  notes: readonly (readonly [pitch: number, at: number, quarters: number])[];
}

/** A MIDI file of some parts. */
function file(
  parts: readonly Part[],
  { bpm = 120, meter = [4, 4] }: { bpm?: number; meter?: number[] } = {},
): Uint8Array {
  const midi = new Midi();
  midi.header.name = 'Test';
  midi.header.setTempo(bpm);
  midi.header.timeSignatures.push({ ticks: 0, timeSignature: meter });
  for (const { program = 0, drums, notes } of parts) {
    const track = midi.addTrack();
    track.channel = drums ? 9 : 0;
    track.instrument.number = program;
    for (const [pitch, at, quarters] of notes) {
      const ticks = Math.round(at * midi.header.ppq);
      track.addNote({
        midi: pitch,
        ticks,
        durationTicks: Math.round(quarters * midi.header.ppq),
        velocity: at % 4 === 0 ? 1 : 0.5,
      });
    }
  }
  return midi.toArray();
}

/** Four bars of 4/4: a scale of D minor over its tonic, tonic last. */
const SCALE = [62, 64, 65, 67, 69, 70, 72, 74, 74, 72, 70, 69, 67, 65, 64, 62];
const TUNE: Part = { program: 73, notes: SCALE.map((pitch, at) => [pitch, at, 1] as const) };
const BASS: Part = { program: 42, notes: [[50, 0, 16]] };
const DRUMS: Part = {
  drums: true,
  notes: Array.from({ length: 32 }, (_, eighth) => [eighth % 8 === 0 ? 36 : 42, eighth / 2, 0.25] as const),
};
const WISH: Wish = {
  genre: 'folk', key: { tonic: 'D', mode: 'minor' }, bpm: 120, meter: { beats: 4, unit: 4 }, bars: 4, title: 'Test',
  players: [{ name: 'flute', program: 73 }], absent: [{ name: 'guitars', programs: [24, 25] }],
}; // prettier-ignore

const unmet = (wish: Partial<Wish>, bytes: Uint8Array) =>
  promises({ ...WISH, ...wish }, hear(bytes)).filter(({ met }) => !met).map(({ kind }) => kind); // prettier-ignore

describe('promises', () => {
  it('finds all kept in a file that keeps them', () => expect(unmet({}, file([TUNE, BASS, DRUMS]))).toEqual([]));

  it.each<[string, Partial<Wish>, Uint8Array]>([
    ['key', { key: { tonic: 'D', mode: 'major' } }, file([TUNE, BASS, DRUMS])],
    ['key', { key: { tonic: 'G', mode: 'minor' } }, file([TUNE, BASS, DRUMS])],
    ['tempo', { bpm: 100 }, file([TUNE, BASS, DRUMS])],
    ['tempo', {}, file([TUNE, BASS, DRUMS], { bpm: 117 })],
    ['meter', { meter: { beats: 3, unit: 4 } }, file([TUNE, BASS, DRUMS])],
    ['bars', { bars: 8 }, file([TUNE, BASS, DRUMS])],
    ['instrument', { players: [{ name: 'oboe', program: 68 }] }, file([TUNE, BASS, DRUMS])],
    ['absence', { absent: [{ name: 'flute', programs: [73] }] }, file([TUNE, BASS, DRUMS])],
    ['absence', { absent: [{ name: 'drums', programs: [], drums: true }] }, file([TUNE, BASS, DRUMS])],
    ['title', { title: 'Other' }, file([TUNE, BASS, DRUMS])],
    ['form', { sections: [{ name: 'verse', bars: 4 }] }, file([TUNE, BASS, DRUMS])],
    ['chords', { romans: ['bII', 'V'] }, file([TUNE, BASS, DRUMS])],
  ])('misses %s where it is not kept', (kind, wish, bytes) => expect(unmet(wish, bytes)).toEqual([kind]));
});

describe('the ear', () => {
  it('knows modes by their notes', () => {
    const dorian = hear(file([{ notes: [62, 64, 65, 67, 69, 71, 72, 74, 62, 69, 62, 65].map((pitch, at) => [pitch, at, 1] as const) }])); // prettier-ignore
    expect(keyHeard(dorian.notes, 'dorian')).toEqual({ tonic: 2, mode: 'dorian' });
    expect(keyHeard([], 'minor')).toEqual({ tonic: 0, mode: 'major' });
  });

  it('tells no tempo of a few notes, and that of many', () => {
    expect(tempoHeard(hear(file([{ notes: [[60, 0, 4]] }])).notes, 120)).toBeUndefined();
    expect(tempoHeard(hear(file([DRUMS], { bpm: 133 })).notes, 120)).toBeCloseTo(133, 0);
  });

  it('hears bars of four that are none of five', () => {
    const heard = hear(file([DRUMS]));
    expect([barHeard(heard, 4, 4), barHeard(heard, 9, 8)]).toEqual([true, false]);
  });

  it('spells triads', () => {
    expect(triadOf('vi', pitchClassOf('C'), 'major')).toEqual([9, 0, 4]);
    expect(triadOf('VI', pitchClassOf('Bb'), 'minor')).toEqual([6, 10, 1]);
  });
});

describe('songFaults', () => {
  it('finds none in a sound file', () => expect(songFaults(file([TUNE, BASS, DRUMS]), 2, false)).toEqual([]));

  it.each<[string, Part[]]>([
    ['range', [{ program: 73, notes: [[40, 0, 16]] }]],
    ['overlap', [{ program: 0, notes: [[50, 0, 4], [50, 2, 14]] }]],
    ['silent bar', [{ program: 0, notes: [[50, 0, 4], [50, 8, 4]] }]],
    ['no ending', [{ program: 0, notes: [[52, 0, 16]] }]],
  ])('finds a fault of kind %s', (kind, parts) =>
    expect(songFaults(file(parts), 2, false).map((fault) => fault.split(':')[0])).toContain(kind),
  ); // prettier-ignore

  it('asks no ending of a fade', () => expect(songFaults(file([{ notes: [[52, 0, 4]] }]), 2, true)).toEqual([]));
});

describe('wishes', () => {
  it('are the same for the same seed, can be met, and are worded whole', () => {
    for (let seed = 0; seed < 200; seed++) {
      const wish = drawWish(randomStream(seed, 'wish'));
      expect(drawWish(randomStream(seed, 'wish'))).toEqual(wish);
      for (const { programs } of wish.absent) {
        for (const { program } of wish.players) expect(programs).not.toContain(program);
      }
      const prompt = wordWish(wish, randomStream(seed, 'wording'));
      expect(prompt).toContain(wish.genre);
      for (const { name } of [...wish.players, ...wish.absent]) expect(prompt).toContain(name);
      for (const figure of [wish.bpm, wish.bars]) if (figure) expect(prompt).toContain(`${figure}`);
    }
  });
});
