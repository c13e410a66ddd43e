import fc from 'fast-check';
import { InputError } from '../../input-error';
import { instrument, INSTRUMENTS } from '../../instruments/instrument';
import { MODES, PPQ, ROLES, type Chord, type Control, type Note, type Score, type Section, type Track } from '../score';
import { barStartTick, barLengthTicks } from '../timeline';

const METERS = [
  [4, 4],
  [3, 4],
  [2, 4],
  [5, 4],
  [6, 8],
  [7, 8],
  [12, 8],
  [9, 16],
  [2, 2],
] as const;
const TONICS = ['C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#', 'F', 'Bb', 'Eb', 'Ab', 'Db', 'Gb'];

/** Notes as a performer might play them: any start, any length that fits, without overlapping equal pitches. */
function notesArbitrary(track: { low: number; high: number; end: number }): fc.Arbitrary<Note[]> {
  return fc
    .array(
      fc.record({
        startTick: fc.integer({ min: 0, max: track.end - 1 }),
        durationTicks: fc.integer({ min: 1, max: PPQ * 6 }),
        pitch: fc.integer({ min: track.low, max: track.high }),
        velocity: fc.integer({ min: 1, max: 127 }),
      }),
      { maxLength: 40 },
    )
    .map((drafts) => {
      const sorted = drafts.sort((left, right) => left.startTick - right.startTick || left.pitch - right.pitch);
      const notes: Note[] = [];
      sorted.forEach((draft, index) => {
        const next = sorted.slice(index + 1).find((other) => other.pitch === draft.pitch);
        const end = Math.min(draft.startTick + draft.durationTicks, next?.startTick ?? track.end, track.end);
        if (end > draft.startTick) notes.push({ ...draft, durationTicks: end - draft.startTick });
      });
      return notes;
    });
}

function controlsArbitrary(end: number): fc.Arbitrary<Control[]> {
  return fc
    .uniqueArray(
      fc.oneof(
        fc.record({ tick: fc.nat(end), controller: fc.constantFrom(1, 11, 64), value: fc.nat(127) }),
        fc.record({ tick: fc.nat(end), controller: fc.constant(-1), value: fc.integer({ min: -8192, max: 8191 }) }),
      ),
      { maxLength: 6, selector: ({ tick, controller }) => `${tick}/${controller}` },
    )
    .map((controls) => controls.sort((left, right) => left.tick - right.tick || left.controller - right.controller));
}

function trackArbitrary(index: number, end: number): fc.Arbitrary<Track> {
  return fc.constantFrom(...INSTRUMENTS.map(({ id }) => id)).chain((id) => {
    const { lowestPitch: low, highestPitch: high } = instrument(id);
    return fc.record({
      id: fc.constant(`track-${index}`),
      name: fc.string({ maxLength: 12, unit: 'grapheme' }),
      role: fc.constantFrom(...ROLES),
      instrument: fc.constant(id),
      notes: notesArbitrary({ low, high, end }),
      controls: controlsArbitrary(end),
      mix: fc.record({
        gainCentibels: fc.integer({ min: -600, max: 120 }),
        pan: fc.integer({ min: -100, max: 100 }),
        reverbSend: fc.nat(127),
        delaySend: fc.nat(127),
        chorusSend: fc.nat(127),
        muted: fc.boolean(),
      }),
    });
  });
}

/** Valid scores of one to four sections and up to `maxTracks` tracks of any instrument, with a meter and tempo change now and then. */
export function scoreArbitrary(maxTracks = 4): fc.Arbitrary<Score> {
  return fc
    .record({
      sectionBars: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      first: fc.constantFrom(...METERS),
      second: fc.option(fc.constantFrom(...METERS)),
      key: fc.record({ tonic: fc.constantFrom(...TONICS), mode: fc.constantFrom(...MODES) }),
      tempos: fc.array(fc.integer({ min: 20_000, max: 400_000 }), { minLength: 1, maxLength: 2 }),
      tracks: fc.nat(maxTracks),
    })
    .chain(({ sectionBars, first, second, key, tempos, tracks }) => {
      let startBar = 0;
      const sections = sectionBars.map((bars, index): Section => {
        const section = { id: `section-${index}`, name: 'section', startBar, bars, energy: 50 };
        startBar += bars;
        return section;
      });
      const meters = [{ tick: 0, numerator: first[0] as number, denominator: first[1] as number }];
      if (second && startBar > 1) {
        meters.push({
          tick: barLengthTicks({ numerator: first[0], denominator: first[1] }),
          numerator: second[0],
          denominator: second[1],
        });
      }
      const end = barStartTick({ meters }, startBar);
      const chords = Array.from({ length: startBar }, (_, bar): Chord => {
        const startTick = barStartTick({ meters }, bar);
        return {
          startTick,
          durationTicks: barStartTick({ meters }, bar + 1) - startTick,
          symbol: bar % 2 ? 'G7' : 'Cm7',
          roman: '',
        };
      });
      return fc.record<Score>({
        title: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((title) => title.length > 0),
        style: fc.constant('test'),
        seed: fc.integer({ min: 0, max: 0xffff_ffff }),
        composerVersion: fc.constant('test'),
        ppq: fc.constant(PPQ),
        tempos: fc.constant(tempos.map((milliBpm, index) => ({ tick: index * 100, milliBpm }))),
        meters: fc.constant(meters),
        keys: fc.constant([{ tick: 0, ...key }]),
        sections: fc.constant(sections),
        chords: fc.constant(chords),
        tracks: fc.tuple(...Array.from({ length: tracks }, (_, index) => trackArbitrary(index, end))),
        master: fc.constant({ loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 }),
      });
    });
}

/** What `run` throws, which must be an InputError. */
export function inputErrorOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
