import { SHAKER, SOFT_FILLS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Slow beats for after the club, from Bristol and Vienna. */
export const downtempo: StyleData = {
  id: 'downtempo',
  name: 'Downtempo',
  description: 'Slow heavy breakbeat, deep dub-like bass, minor-key strings and tremolo guitar, smoky voice-like lead',
  aliases: [
    'trip hop',
    'trip-hop',
    'triphop',
    'chillout',
    'chill out',
    'chillout music',
    'chillwave',
    'nu jazz',
    'lounge electronica',
    'downbeat',
  ],
  sources: [
    'Wikipedia, "Downtempo" and "Trip hop": 80 to 110 bpm, sampled breaks, minor modes, Rhodes, saxophone and strings',
    'S. Reynolds, Energy Flash (3rd ed., 2013), chapter on trip hop',
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on chill out',
  ],
  tempoBpm: { lowest: 72, highest: 100, default: 86 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 54, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 6 },
    { mode: 'dorian', weight: 3 },
  ],
  defaultKey: { tonic: 'D', mode: 'minor' },
  defaultBars: 48,
  forms: [
    formOf('intro 8 26, a 8 46, b 8 62, break 4 32, a 8 54, b 8 68, outro 8 30'),
    formOf('intro 4 28, a 8 48, b 8 64, outro 4 30'),
  ],
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | iv | i', weight: 3 },
      { tonality: 'minor', chords: 'i7 | i7 | VImaj7 | v7', weight: 4 },
      { tonality: 'minor', chords: 'i | i | bII | V', weight: 2 },
      { tonality: 'minor', chords: 'imaj7 | i7 | i6 | iv', weight: 2 },
      { tonality: 'minor', sections: ['b', 'chorus'], chords: 'VImaj7 | iv7 | i7 | V7', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i9 | i9 | IV | IV', weight: 4 },
      { tonality: 'major', chords: 'Imaj7 | iii7 | IVmaj7 | iv6', weight: 3 },
    ],
    cadences: { major: 'iv6 | Imaj7', minor: 'v7 | i' },
    turnaroundPercent: 10,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['room-kit', 'electronic-kit'], energy: [34, 100] },
    { role: 'bass', instruments: ['fretless-bass', 'synth-bass-2', 'electric-bass-finger'], energy: [24, 100] },
    { role: 'chords', instruments: ['electric-piano-1', 'electric-guitar-clean', 'drawbar-organ'] },
    { role: 'pad', instruments: ['string-ensemble-2', 'synth-strings-2', 'pad-2-warm'] },
    { role: 'lead', instruments: ['voice-oohs', 'soprano-sax', 'lead-6-voice', 'flute'], energy: [44, 100] },
    { role: 'fx', instruments: ['fx-4-atmosphere', 'fx-7-echoes'], percent: 70 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 50],
        weight: 2,
        lines: { kick: 'X.........x.....', 'side-stick': '....x.......x...', 'closed-hi-hat': 'x...x...x...x...' },
      },
      {
        energy: [35, 100],
        weight: 3,
        lines: { kick: 'X......x..X.....', snare: '....X..g....X...', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [50, 100],
        weight: 3,
        lines: {
          kick: 'X..x......X..o..X......x..X.....',
          snare: '....X..h....X..g....X.......X.g.',
          ride: 'x...x...x...x...',
          'closed-hi-hat': '..g...g...g...g.',
        },
      },
    ],
    fills: SOFT_FILLS,
    crash: false,
    backbeatLateTicks: 12,
    looseTicks: 5,
  },
  percussion: SHAKER,
  bass: {
    lowest: 28,
    highest: 48,
    figures: [
      { weight: 3, grid: 'R-----..R-..5---' },
      { weight: 3, grid: 'R-......R-5-7-8-' },
      { weight: 2, grid: 'R--R----....5-a-' },
      { energy: [0, 45], weight: 2, grid: 'R-----------....' },
    ],
    kickLockPercent: 30,
    gatePercent: 92,
    glidePercent: 16,
  },
  comping: {
    lowest: 52,
    highest: 76,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 3, grid: 'x-----------x---', gatePercent: 94 },
      { weight: 3, grid: '..x---..x-----..', gatePercent: 84 },
      { weight: 2, grid: '1-2-3-4-3-2-----', gatePercent: 96 },
    ],
    anticipatePercent: 10,
  },
  pad: { lowest: 50, highest: 77, voices: 4, motion: 'swell' },
  melody: {
    lowest: 60,
    highest: 80,
    cells: [
      { cell: 'x-----x-x-----..', weight: 3 },
      { cell: '....x-x-----x---', weight: 3 },
      { cell: 'x-x-x-------....', weight: 3 },
      { cell: '..x---x---x-----', weight: 2 },
      { energy: [55, 100], cell: 'x-xx----x-x-x---', weight: 2 },
    ],
    closes: [{ cell: 'x-----------....' }, { cell: 'x-x---------....' }],
    motifBars: [
      { bars: 2, weight: 2 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 28,
    intervals: { repeat: 1, step: 6, third: 2, leap: 1.2 },
    chordTonePercent: 84,
    gatePercent: 94,
    counter: 'guide-tones',
    slidePercent: 16,
  },
  mix: { ...CLUB_MIX, pad: placed(-60, 0, 74, 0, 30), lead: placed(-40, 10, 60, 36) },
  ending: 'fade',
};
