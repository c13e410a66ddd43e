import { PPQ, type Note, type Score, type Track } from '../score';

/** One bar of 4/4 in ticks. */
export const BAR = PPQ * 4;

/** A note, velocity 80 unless said. */
export function note(startTick: number, durationTicks: number, pitch: number, velocity = 80): Note {
  return { startTick, durationTicks, pitch, velocity };
}

/** A track with a neutral mix. */
export function track(fields: Pick<Track, 'id' | 'instrument' | 'notes'> & Partial<Track>): Track {
  return {
    name: fields.id,
    role: 'lead',
    controls: [],
    mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false },
    ...fields,
  };
}

/** Four bars in D minor at 82 bpm, i - iv - V7 - i: piano chords, bass, drums and a melody. */
export function sampleScore(changes: Partial<Score> = {}): Score {
  const chords = [
    { symbol: 'Dm', roman: 'i', pitches: [62, 65, 69], bass: 38 },
    { symbol: 'Gm', roman: 'iv', pitches: [62, 67, 70], bass: 43 },
    { symbol: 'A7', roman: 'V7', pitches: [61, 64, 67, 69], bass: 45 },
    { symbol: 'Dm', roman: 'i', pitches: [62, 65, 69], bass: 38 },
  ];
  const bars = chords.map((chord, bar) => ({ ...chord, start: bar * BAR }));
  const melody = [74, 72, 70, 69, 70, 69, 67, 69, 73, 76, 73, 69, 74, 77, 76, 74];
  return {
    title: 'Sample',
    style: 'lo-fi',
    seed: 7,
    composerVersion: 'test',
    ppq: PPQ,
    tempos: [{ tick: 0, milliBpm: 82_000 }],
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    keys: [{ tick: 0, tonic: 'D', mode: 'minor' }],
    sections: [
      { id: 'a-1', name: 'a', startBar: 0, bars: 2, energy: 40 },
      { id: 'b-1', name: 'b', startBar: 2, bars: 2, energy: 70 },
    ],
    chords: bars.map(({ symbol, roman, start }) => ({ startTick: start, durationTicks: BAR, symbol, roman })),
    tracks: [
      track({
        id: 'drums',
        role: 'drums',
        instrument: 'standard-kit',
        notes: bars.flatMap(({ start }) =>
          [0, 1, 2, 3].flatMap((beat) => [
            note(start + beat * PPQ, 60, beat % 2 ? 38 : 36, 100),
            note(start + beat * PPQ, 60, 42, 70),
            note(start + beat * PPQ + PPQ / 2, 60, 42, 50),
          ]),
        ),
      }),
      track({
        id: 'bass',
        role: 'bass',
        instrument: 'acoustic-bass',
        notes: bars.flatMap(({ start, bass }) => [note(start, PPQ * 2, bass), note(start + PPQ * 2, PPQ * 2, bass)]),
      }),
      track({
        id: 'keys',
        role: 'chords',
        instrument: 'electric-piano-1',
        notes: bars.flatMap(({ start, pitches }) => pitches.map((pitch) => note(start, BAR, pitch, 70))),
      }),
      track({
        id: 'lead',
        role: 'lead',
        instrument: 'flute',
        notes: melody.map((pitch, index) => note(index * PPQ, PPQ - 20, pitch)),
      }),
    ],
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
    ...changes,
  };
}
