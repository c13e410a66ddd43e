import { KIT_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Funk drummers, sampled and driven hard. */
export const breakbeat: StyleData = {
  id: 'breakbeat',
  name: 'Breakbeat',
  description: 'Chopped funk breaks with big snares, acid and rock bass riffs, organ and guitar hits, rave stabs',
  aliases: ['breaks', 'big beat', 'nu skool breaks', 'breakbeats', 'acid breaks', 'florida breaks'],
  sources: [
    'Wikipedia, "Breakbeat" and "Big beat": 110 to 140 bpm, syncopated kick from funk breaks',
    'R. Snoman, Dance Music Manual (4th ed., 2019)',
    'S. Reynolds, Energy Flash (3rd ed., 2013), chapter on big beat',
  ],
  tempoBpm: { lowest: 112, highest: 134, default: 126 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 54, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 5 },
    { mode: 'dorian', weight: 3 },
    { mode: 'mixolydian', weight: 2 },
  ],
  defaultKey: { tonic: 'E', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i7 | i7 | i7 | VII', weight: 4 },
      { tonality: 'minor', chords: 'i | i | VII | IV', weight: 2 },
      { tonality: 'minor', chords: 'i | III | VII | i', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | i7 | IV7 | i7', weight: 4 },
      { tonality: 'major', chords: 'I | I | bVII | I', weight: 3 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I7 | I7 | bVII | IV', weight: 3 },
    ],
    cadences: { major: 'IV | I', minor: 'VII | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['power-kit', 'room-kit'], energy: [34, 100] },
    { role: 'bass', instruments: ['synth-bass-1', 'electric-bass-pick'], energy: [40, 100] },
    { role: 'chords', instruments: ['rock-organ', 'overdriven-guitar', 'electric-guitar-muted'] },
    { role: 'lead', instruments: ['lead-2-sawtooth', 'lead-8-bass-lead', 'overdriven-guitar'], energy: [54, 100] },
    { role: 'fx', instruments: ['orchestra-hit', 'reverse-cymbal'] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [64, 100], percent: 70 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 55],
        weight: 2,
        lines: { kick: 'X.........X.....', snare: '....X.......X...', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [45, 100],
        weight: 4,
        lines: { kick: 'X.X.......XX....', snare: '....X..g.g..X..g', 'closed-hi-hat': 'X.x.x.x.X.x.x.x.' },
      },
      {
        energy: [55, 100],
        weight: 4,
        lines: {
          kick: 'X..X..X...X..o..X.X....x..X.....',
          snare: '....X..X.g..X..g....X.gX.g..X.gx',
          'closed-hi-hat': 'x.x.x.x.x.x.x.x.',
          'open-hi-hat': '..............o.',
        },
      },
      { sections: ['build'], lines: { kick: 'X...X...X...X...', snare: 'x.x.x.x.xxxxXXXX' } },
    ],
    fills: KIT_FILLS,
    crash: true,
    backbeatLateTicks: 2,
    looseTicks: 4,
  },
  percussion: [
    {
      grid: 'x.xxx.xxx.xxx.xx',
      lines: { tambourine: '....x.......x...', cowbell: 'x...x...x...x.x.', shaker: 'g.g.g.g.g.g.g.g.' },
    },
  ],
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { energy: [0, 60], weight: 2, grid: 'R-....R-..R-..8-' },
      { weight: 3, grid: 'R.R..R8.R..R..7-R.R..R8.R.7.5.a-' },
      { energy: [50, 100], weight: 3, grid: 'R-RR..R.8-R...57' },
      { energy: [50, 100], weight: 2, grid: 'RR.8.RR.R.7.R.5.' },
    ],
    kickLockPercent: 25,
    gatePercent: 74,
    glidePercent: 12,
  },
  comping: {
    lowest: 50,
    highest: 74,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 3, grid: 'X.....X...X.....', gatePercent: 60 },
      { energy: [45, 100], weight: 3, grid: '..X..X....X..X..', gatePercent: 46 },
      { energy: [45, 100], weight: 3, grid: 'X.xX..X.X.xX....', gatePercent: 46 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 57,
    highest: 78,
    cells: [
      { cell: 'x.x.xx..x.x.....', weight: 3 },
      { cell: 'xx.x..x.xx.x....', weight: 3 },
      { cell: 'x--x-x--..x.x.x.', weight: 3 },
      { energy: [70, 100], cell: 'x.xxx.xxx.x.x-x-', weight: 3 },
      { cell: '..x.x.x-....x.x.', weight: 2 },
    ],
    closes: [{ cell: 'x.x.x---........' }, { cell: 'xx.x------......' }],
    motifBars: [
      { bars: 1, weight: 3 },
      { bars: 2, weight: 2 },
    ],
    restPercent: 18,
    intervals: { repeat: 4, step: 4, third: 3, leap: 1.5 },
    chordTonePercent: 84,
    gatePercent: 66,
    counter: 'answer',
    slidePercent: 18,
  },
  scales: [
    { name: 'minor pentatonic', mode: 'minor', degrees: [0, 3, 5, 7, 10] },
    { name: 'blues', mode: 'dorian', degrees: [0, 3, 5, 6, 7, 10] },
  ],
  mix: { ...CLUB_MIX, drums: placed(0, 0, 18) },
  ending: 'hit',
};
