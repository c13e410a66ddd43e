import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** House with the harmony of soul and jazz. */
export const deepHouse: StyleData = {
  id: 'deep-house',
  name: 'Deep house',
  description:
    'Warm ninth chords in parallel, rolling round bass, shuffled hats on four on the floor, soft organ and vocals',
  aliases: ['deep house music', 'soulful house', 'garage house', 'melodic house'],
  sources: [
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on house: deep house at 118 to 124 bpm, minor sevenths and ninths moved in parallel',
    'Wikipedia, "Deep house"',
    'M. J. Butler, Unlocking the Groove (2006)',
  ],
  tempoBpm: { lowest: 116, highest: 124, default: 121 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 57, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 6 },
    { mode: 'dorian', weight: 4 },
  ],
  defaultKey: { tonic: 'F', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i9 | i9 | iv9 | iv9', weight: 4 },
      { tonality: 'minor', chords: 'i9 | VII9 | VImaj7 | v7', weight: 3 },
      { tonality: 'minor', chords: 'i9 | i9 iv9', weight: 3 },
      { tonality: 'minor', sections: ['break'], chords: 'VImaj7 | v7 | i9 | i9', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i9 | i9 | IV9 | IV9', weight: 4 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i9 | ii7 | i9 | ii7', weight: 3 },
      { tonality: 'major', chords: 'Imaj9 | Imaj9 | vi9 | vi9', weight: 3 },
      { tonality: 'major', chords: 'Imaj9 | iii7 | vi9 | ii9', weight: 3 },
    ],
    cadences: { major: 'ii9 | Imaj9', minor: 'v7 | i9' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['tr-909-kit', 'electronic-kit'], energy: [36, 100] },
    { role: 'bass', instruments: ['sub-bass', 'electric-bass-finger'], energy: [44, 100] },
    { role: 'chords', instruments: ['electric-piano-2', 'percussive-organ', 'electric-piano-1'] },
    { role: 'pad', instruments: ['analog-warm-pad', 'string-ensemble-2'] },
    { role: 'lead', instruments: ['voice-oohs', 'tenor-sax', 'lead-6-voice', 'vibraphone'], energy: [62, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [58, 100] },
    { role: 'counter', instruments: ['vibraphone', 'flute'], energy: [84, 100], percent: 50 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 50],
        lines: { kick: 'X...X...X...X...', 'closed-hi-hat': '..x...x...x...x.', shaker: 'g.g.g.g.g.g.g.g.' },
      },
      {
        energy: [45, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X...',
          clap: '....x.......x...',
          'open-hi-hat': '..x...x...x...x.',
          'closed-hi-hat': 'g..gg..gg..gg..g',
          'side-stick': '.......o......o.',
        },
      },
      {
        energy: [65, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X..?',
          clap: '....X.......X...',
          'side-stick': '...x..x...x.....',
          'open-hi-hat': '..x...x...x...x.',
          shaker: 'xggxxggxxggxxggx',
        },
      },
    ],
    fills: MACHINE_FILLS,
    crash: false,
    backbeatLateTicks: 3,
    looseTicks: 3,
  },
  percussion: [
    {
      grid: 'x..x..x.x..x..x.',
      lines: {
        'open-high-conga': '...x..x....x..x.',
        'low-conga': 'x.......x.......',
        'muted-high-conga': '..g.g...g.g.g...',
        cabasa: 'g.x.g.x.g.x.g.x.',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 48,
    figures: [
      { energy: [0, 60], weight: 2, grid: 'R-....R-..R-....' },
      { weight: 3, grid: 'R--R..R-..5-.R8-R--R..R-..7-.5R-' },
      { energy: [50, 100], weight: 3, grid: 'R-.R..8-R-.5..7-' },
    ],
    kickLockPercent: 0,
    gatePercent: 82,
  },
  comping: {
    lowest: 53,
    highest: 77,
    voices: 5,
    rootless: true,
    figures: [
      { weight: 4, grid: 'X--X..X-..X--X..', gatePercent: 62 },
      { weight: 3, grid: '..X-..X-..X-..X-', gatePercent: 60 },
      { energy: [0, 60], weight: 3, grid: 'x-----x---------', gatePercent: 94 },
    ],
    anticipatePercent: 30,
  },
  pad: { lowest: 50, highest: 76, voices: 4, motion: 'pump' },
  melody: {
    lowest: 62,
    highest: 81,
    cells: [
      { cell: '..x-x--x-x------', weight: 3 },
      { cell: 'x--x--x---......', weight: 3 },
      { cell: '....x--x--x-x---', weight: 3 },
      { cell: 'x-----x-x--x----', weight: 2 },
      { energy: [80, 100], cell: 'x-.x-.x-x-.x-.x-', weight: 2 },
    ],
    closes: [{ cell: 'x--x--------....' }, { cell: '..x-x-----......' }],
    motifBars: [
      { bars: 2, weight: 2 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 28,
    intervals: { repeat: 1, step: 6, third: 3, leap: 1 },
    chordTonePercent: 82,
    gatePercent: 92,
    counter: 'answer',
    slidePercent: 8,
  },
  mix: CLUB_MIX,
  ending: 'fade',
};
