import type { Note, Score, Track } from '@beatbot/music';

const TICKS_PER_BEAT = 480;
const BEATS_PER_SECOND = 2;
const INSTRUMENTS = [
  'standard-kit',
  'electric-bass-finger',
  'acoustic-grand-piano',
  'string-ensemble-1',
  'acoustic-guitar-steel',
  'trumpet',
  'electric-piano-1',
  'flute',
  'violin',
  'church-organ',
  'alto-sax',
  'pad-2-warm',
  'marimba',
  'french-horn',
  'choir-aahs',
  'lead-2-sawtooth',
];

/** Pseudo-random whole numbers below a bound, the same for the same seed (a linear congruential generator). */
function randomWholes(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A score of that many tracks and about that many notes, with reverb and chorus on every track: equal seeds give equal scores. */
export function renderScore(seed: number, tracks: number, notes: number, seconds: number): Score {
  const random = randomWholes(seed);
  const end = seconds * BEATS_PER_SECOND * TICKS_PER_BEAT;
  const perTrack = Math.round(notes / tracks);
  return {
    title: `Benchmark ${seed}`,
    style: 'benchmark',
    seed,
    composerVersion: 'benchmark',
    ppq: TICKS_PER_BEAT,
    tempos: [{ tick: 0, milliBpm: 60_000 * BEATS_PER_SECOND }],
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    keys: [{ tick: 0, tonic: 'C', mode: 'major' }],
    sections: [{ id: 'a-1', name: 'a', startBar: 0, bars: (seconds * BEATS_PER_SECOND) / 4, energy: 50 }],
    chords: [],
    tracks: INSTRUMENTS.slice(0, tracks).map((instrument, index) => ({
      id: instrument,
      name: instrument,
      role: index === 0 ? 'drums' : 'lead',
      instrument,
      notes: notesOf(index, perTrack, end, random),
      controls: [],
      mix: { gainCentibels: -60, pan: 0, reverbSend: 40, delaySend: 0, chorusSend: 20, muted: false },
    })) satisfies Track[],
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
  };
}

function notesOf(track: number, count: number, end: number, random: (bound: number) => number): Note[] {
  const spacing = end / count;
  return Array.from({ length: count }, (_, index) => ({
    startTick: Math.floor(index * spacing),
    durationTicks: Math.max(60, Math.floor(spacing * (1 + random(2)))),
    // Drums on their keys, basses low, others around the middle; in C major, at no pitch twice at a time.
    pitch:
      track === 0 ? [36, 38, 42, 42, 46][random(5)]! : (track === 1 ? 36 : 60) + [0, 2, 4, 5, 7, 9, 11][index % 7]!,
    velocity: 50 + random(70),
  }));
}
