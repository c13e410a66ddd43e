import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** South Africa: log drum, shakers and jazz piano. */
export const amapiano: StyleData = {
  id: 'amapiano',
  name: 'Amapiano',
  description:
    'Percussive gliding log-drum bass, sixteenth shakers, soft four on the floor, jazzy piano and airy vocal pads, long builds',
  aliases: ['yanos', 'log drum house', 'south african house', 'private school amapiano', 'bacardi'],
  sources: [
    'Wikipedia, "Amapiano": 108 to 115 bpm, log drum, kwaito basslines, jazz and lounge piano, high-pitched shakers',
    "G. Steingo, Kwaito's Promise: Music and the Aesthetics of Freedom in South Africa (2016)",
    'R. Snoman, Dance Music Manual (4th ed., 2019), on deep house, from which it grew',
  ],
  tempoBpm: { lowest: 108, highest: 115, default: 112 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 56, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 6 },
    { mode: 'dorian', weight: 2 },
    { mode: 'major', weight: 2 },
  ],
  defaultKey: { tonic: 'F', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i9 | i9 | VImaj7 | v7', weight: 4 },
      { tonality: 'minor', chords: 'i9 | iv9 | VII9 | IIImaj7', weight: 2 },
      { tonality: 'minor', chords: 'i7 | i7 | iv9 | v7', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i9 | IV9 | i9 | v7', weight: 3 },
      { tonality: 'major', chords: 'Imaj9 | iii7 | vi9 | IVmaj7', weight: 3 },
      { tonality: 'major', chords: 'Imaj7 | IVmaj7 | iii7 | vi7', weight: 3 },
    ],
    cadences: { major: 'V7sus4 | Imaj9', minor: 'v7 | i9' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit', 'tr-808-kit'], energy: [34, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['log-drum-bass'], energy: [44, 100] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'electric-piano-1'] },
    { role: 'pad', instruments: ['pad-4-choir', 'voice-oohs', 'pad-2-warm'] },
    { role: 'lead', instruments: ['voice-oohs', 'flute', 'soprano-sax', 'whistle'], energy: [56, 100] },
    { role: 'counter', instruments: ['marimba', 'kalimba'], energy: [66, 100], percent: 60 },
  ],
  drums: {
    grids: [
      { energy: [0, 60], weight: 2, lines: { kick: 'x...x...x...x...', shaker: 'XgxgXgxgXgxgXgxg' } },
      {
        energy: [45, 100],
        weight: 3,
        lines: {
          kick: 'X...x...X...x...',
          'side-stick': '...x..x....x..x.',
          clap: '............h...',
          'closed-hi-hat': '..x...x...x...x.',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: {
          kick: 'X..x....X..x....',
          snare: '......x..x....x.',
          'side-stick': '...x.......x..h.',
          'closed-hi-hat': '..x...x...x...x.',
        },
      },
    ],
    fills: [{ lines: { snare: '......x..x.xxx.x', kick: 'X...............' } }, ...MACHINE_FILLS],
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 3,
  },
  percussion: [
    {
      grid: 'XgxgXgxgXgxgXgxg',
      lines: {
        shaker: 'XgxgXgxgXgxgXgxg',
        'high-bongo': '...x..x....x..xx',
        'low-conga': '.......x......x.',
        maracas: '..x...x...x...x.',
      },
    },
  ],
  bass: {
    lowest: 26,
    highest: 48,
    figures: [
      { weight: 3, grid: '...R..R.R..8..5.' },
      { weight: 3, grid: 'R..R..8...R.5.R...R..R8..R..7.5.' },
      { energy: [60, 100], weight: 3, grid: '..R.RR.8..R.5.RR' },
      { energy: [60, 100], weight: 2, grid: 'R..8..R..R8.R.5a' },
    ],
    kickLockPercent: 0,
    gatePercent: 90,
    glidePercent: 45,
  },
  comping: {
    lowest: 53,
    highest: 79,
    voices: 5,
    rootless: true,
    figures: [
      { weight: 3, grid: 'x--x--x---------', gatePercent: 82 },
      { weight: 3, grid: 'X--..x--..X-..x-', gatePercent: 70 },
      { weight: 3, grid: '..x-..x-x-----..', gatePercent: 74 },
      { energy: [0, 55], weight: 2, grid: 'x---------g-----', gatePercent: 94 },
    ],
    anticipatePercent: 30,
  },
  pad: { lowest: 55, highest: 79, voices: 4, motion: 'swell' },
  melody: {
    lowest: 60,
    highest: 81,
    cells: [
      { cell: 'x--x--x-........', weight: 3 },
      { cell: '..x-x--x--x-....', weight: 3 },
      { cell: '....x-xx-x------', weight: 3 },
      { cell: 'x-x-..x---x-....', weight: 2 },
      { energy: [80, 100], cell: 'x--x--x-x--x--x-', weight: 2 },
    ],
    closes: [{ cell: 'x--x--------....' }, { cell: '..x-x-----......' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 32,
    intervals: { repeat: 2, step: 6, third: 3, leap: 1 },
    chordTonePercent: 84,
    gatePercent: 90,
    counter: 'answer',
  },
  mix: { ...CLUB_MIX, bass: placed(-5, 0, 0), percussion: placed(-70, 26, 16) },
  ending: 'fade',
};
