import type { Note, Score, Track } from '@beatbot/music/score';

export function track(
  fields: Pick<Track, 'id' | 'instrument' | 'notes'> & Partial<Omit<Track, 'mix'>> & { mix?: Partial<Track['mix']> },
): Track {
  return {
    name: fields.id,
    role: 'lead',
    controls: [],
    ...fields,
    mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false, ...fields.mix },
  };
}

export function note(startTick: number, durationTicks: number, pitch: number, velocity = 80): Note {
  return { startTick, durationTicks, pitch, velocity };
}

/** Two bars at 120 bpm (4 s) of piano, bass, drums and flute with sends, after which the tail follows. */
export function testScore(changes: Partial<Score> = {}): Score {
  return {
    title: 'Test',
    style: 'test',
    seed: 1,
    composerVersion: 'test',
    ppq: 480,
    tempos: [{ tick: 0, milliBpm: 120_000 }],
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    keys: [{ tick: 0, tonic: 'C', mode: 'major' }],
    sections: [{ id: 'a-1', name: 'a', startBar: 0, bars: 2, energy: 50 }],
    chords: [],
    tracks: [
      track({
        id: 'piano',
        instrument: 'acoustic-grand-piano',
        notes: [0, 1920].flatMap((start) => [60, 64, 67].map((pitch) => note(start, 1800, pitch))),
        mix: { reverbSend: 50, pan: -30 },
      }),
      track({
        id: 'bass',
        instrument: 'acoustic-bass',
        notes: Array.from({ length: 8 }, (_, beat) => note(beat * 480, 440, 36, 100)),
        mix: { gainCentibels: -20 },
      }),
      track({
        id: 'drums',
        instrument: 'standard-kit',
        notes: Array.from({ length: 16 }, (_, i) => note(i * 240, 60, i % 4 === 0 ? 36 : i % 4 === 2 ? 38 : 42, 90)),
        mix: { reverbSend: 10 },
      }),
      track({
        id: 'flute',
        instrument: 'flute',
        notes: [72, 74, 76, 79].map((pitch, i) => note(i * 960, 900, pitch)),
        mix: { delaySend: 40, chorusSend: 30, pan: 40 },
      }),
    ],
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
    ...changes,
  };
}
