import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Two-step: the kick leaves beat two and three, the hats shuffle. */
export const ukGarage: StyleData = {
  id: 'uk-garage',
  name: 'UK garage',
  description:
    'Shuffled two-step kick and rim, skipping hats, warm organ bass, clipped organ stabs and pitched vocal chops',
  aliases: [
    'garage',
    'ukg',
    '2-step',
    '2 step',
    'two step',
    'two step garage',
    '2 step garage',
    'speed garage',
    'uk bass',
    'bassline house',
  ],
  sources: [
    'Wikipedia, "UK garage" and "2-step garage": around 130 bpm, kick on one and the sixteenth after two and a half, heavy shuffle',
    'S. Reynolds, Energy Flash (3rd ed., 2013), chapter on two-step',
    'R. Snoman, Dance Music Manual (4th ed., 2019)',
  ],
  tempoBpm: { lowest: 128, highest: 136, default: 132 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 62, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 7 },
    { mode: 'dorian', weight: 2 },
    { mode: 'major', weight: 2 },
  ],
  defaultKey: { tonic: 'C', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i7 | iv7 | v7 | i7', weight: 3 },
      { tonality: 'minor', chords: 'i9 | VImaj7 | iv9 | v7', weight: 4 },
      { tonality: 'minor', chords: 'i7 | i7 | VImaj7 | VII', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | IV7 | i7 | IV7', weight: 3 },
      { tonality: 'major', chords: 'Imaj7 | iii7 | vi7 | IVmaj7', weight: 3 },
      { tonality: 'major', chords: 'Imaj7 | vi7 | ii7 | V7', weight: 3 },
    ],
    cadences: { major: 'V7 | Imaj7', minor: 'v7 | i7' },
    turnaroundPercent: 10,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit', 'tr-808-kit', 'standard-kit'], energy: [36, 100] },
    { role: 'bass', instruments: ['sub-bass', 'percussive-organ', 'reese-bass'], energy: [42, 100] },
    { role: 'chords', instruments: ['percussive-organ', 'electric-piano-2', 'drawbar-organ'] },
    { role: 'lead', instruments: ['synth-voice', 'voice-oohs', 'percussive-organ'], energy: [44, 100] },
    { role: 'pad', instruments: ['synth-strings-1', 'pad-2-warm'], percent: 70 },
    { role: 'percussion', instruments: ['standard-kit'], energy: [64, 100], percent: 60 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 55],
        weight: 2,
        lines: { kick: 'X.........x.....', 'side-stick': '....x.......x...', 'closed-hi-hat': '..x...x...x...x.' },
      },
      {
        energy: [45, 100],
        weight: 4,
        lines: {
          kick: 'X.........X.....X......x..X.....',
          snare: '....X.......X..h....X..h....X...',
          'closed-hi-hat': '..xg.xx...xg..x.',
          'open-hi-hat': '......h.......x.',
          'side-stick': '.......x.g.....x',
        },
      },
      {
        energy: [60, 100],
        weight: 4,
        lines: {
          kick: 'X.....x...X..o..X..x......X....o',
          snare: '....X..g....X...',
          'closed-hi-hat': 'x.xgx.xxx.xgx.xx',
          'side-stick': '...x...........x.......x...x....',
        },
      },
    ],
    fills: MACHINE_FILLS,
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 3,
  },
  percussion: [
    {
      grid: 'g.xg.gx.g.xg.gx.',
      lines: { shaker: 'g.xg.gx.g.xg.gx.', 'low-wood-block': '...x.......x..x.', 'high-bongo': '......x..x......' },
    },
  ],
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { energy: [0, 60], weight: 2, grid: 'R-....R...R-....' },
      { weight: 3, grid: 'R-.R..8...R..R..R-....R..R5-.a..' },
      { weight: 3, grid: '...R..R-..R-..8-R-.R......5-..R-' },
      { energy: [55, 100], weight: 2, grid: 'R..RR...8.R..7..' },
    ],
    kickLockPercent: 30,
    gatePercent: 76,
    glidePercent: 12,
  },
  comping: {
    lowest: 55,
    highest: 79,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 4, grid: '...X..X....X..x.', gatePercent: 46 },
      { weight: 3, grid: 'X..X....X..X....', gatePercent: 46 },
      { energy: [0, 55], weight: 2, grid: 'X-....x-........', gatePercent: 70 },
    ],
    anticipatePercent: 30,
  },
  pad: { lowest: 52, highest: 76, voices: 3, motion: 'hold' },
  melody: {
    lowest: 62,
    highest: 82,
    cells: [
      { cell: 'x..x.xx-....x-x-', weight: 3 },
      { cell: '...x..x-x..x--..', weight: 3 },
      { cell: 'x-x..x-...x.x---', weight: 3 },
      { cell: '..x.x..x-...x...', weight: 2 },
      { energy: [70, 100], cell: 'x.xx.x-.x.xx.x-.', weight: 3 },
    ],
    closes: [{ cell: 'x..x--------....' }, { cell: '...x..x-----....' }],
    motifBars: [
      { bars: 1, weight: 2 },
      { bars: 2, weight: 3 },
    ],
    restPercent: 20,
    intervals: { repeat: 3, step: 5, third: 3, leap: 1 },
    chordTonePercent: 86,
    gatePercent: 74,
    counter: 'answer',
    slidePercent: 10,
  },
  mix: CLUB_MIX,
  ending: 'fade',
};
