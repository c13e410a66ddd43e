import { KIT_FILLS } from './shared/drum-parts';
import { SONG_FORMS } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Four on the floor with an orchestra. */
export const disco: StyleData = {
  id: 'disco',
  name: 'Disco',
  description:
    'Four on the floor with open off-beat hats, octave bass, scratch guitar, sweeping strings and bright horn lines',
  aliases: [
    'disco music',
    'nu disco',
    'nu-disco',
    'italo disco',
    'french touch',
    'disco funk',
    'philly soul',
    'city pop',
  ],
  sources: [
    'T. Lawrence, Love Saves the Day: A History of American Dance Music Culture (2003)',
    'R. Dyer, "In Defence of Disco" (1979), and Wikipedia, "Disco": 110 to 125 bpm, octave bass, strings',
    'R. Snoman, Dance Music Manual (4th ed., 2019), on the roots of house',
  ],
  tempoBpm: { lowest: 110, highest: 124, default: 117 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 5 },
    { mode: 'major', weight: 3 },
    { mode: 'dorian', weight: 2 },
  ],
  defaultKey: { tonic: 'D', mode: 'minor' },
  defaultBars: 64,
  forms: SONG_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i7 | iv7 | VII7 | IIImaj7', weight: 3 },
      { tonality: 'minor', chords: 'i7 | VII | VImaj7 | v7', weight: 3 },
      { tonality: 'minor', chords: 'i7 | i7 | iv7 | v7', weight: 4 },
      {
        tonality: 'minor',
        sections: ['chorus', 'b'],
        chords: 'i7 | iv7 | VII | IIImaj7 | VImaj7 | iiø7 | V7 | i7',
        weight: 3,
      },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | IV9 | i7 | IV9', weight: 4 },
      { tonality: 'major', chords: 'Imaj7 | vi7 | ii7 | V7', weight: 4 },
      { tonality: 'major', chords: 'Imaj7 | iii7 | IVmaj7 | V', weight: 3 },
    ],
    cadences: { major: 'ii7 V7 | Imaj7', minor: 'iv7 V7 | i7' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 3,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['electric-bass-finger', 'slap-bass-2'], energy: [38, 100] },
    { role: 'chords', instruments: ['electric-guitar-muted', 'electric-guitar-clean'] },
    { role: 'chords', instruments: ['electric-piano-1', 'clavinet', 'acoustic-grand-piano'], energy: [50, 100] },
    { role: 'pad', instruments: ['string-ensemble-1', 'synth-strings-1'], energy: [44, 100] },
    { role: 'lead', instruments: ['voice-oohs', 'string-ensemble-1', 'brass-section'], energy: [44, 100] },
    { role: 'counter', instruments: ['brass-section', 'string-ensemble-1', 'flute'], energy: [66, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [60, 100] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 60],
        weight: 2,
        lines: { kick: 'X...X...X...X...', snare: '....x.......x...', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [45, 100],
        weight: 4,
        lines: {
          kick: 'X...X...X...X...',
          snare: '....X.......X...',
          'open-hi-hat': '..X...X...X...X.',
          'closed-hi-hat': 'x.gxx.gxx.gxx.gx',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: {
          kick: 'X...X...X...X...',
          snare: '....X..h....X.g.',
          clap: '....x.......x...',
          'open-hi-hat': '..X...X...X...X.',
          'closed-hi-hat': 'xx.xxx.xxx.xxx.x',
        },
      },
    ],
    fills: KIT_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 3,
  },
  percussion: [
    {
      grid: 'xgxgXgxgxgxgXgxg',
      lines: {
        tambourine: 'g.x.X.x.g.x.X.x.',
        'open-high-conga': '...x..x....x.xx.',
        'low-conga': 'x.......x.......',
        cowbell: 'x...x...x...x...',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 5, grid: 'R-8-R-8-R-8-R-8-' },
      { weight: 3, grid: 'R-8-R-8-5-8-a-8-' },
      { energy: [50, 100], weight: 3, grid: 'R.R8R.R8R.R8R.58' },
      { energy: [0, 55], weight: 2, grid: 'R---R---R---5-a-' },
    ],
    kickLockPercent: 0,
    gatePercent: 74,
  },
  comping: {
    lowest: 57,
    highest: 81,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 4, grid: 'g.xxg.xxg.xxg.xx', gatePercent: 40 },
      { weight: 3, grid: 'X..X..x...X.x...', gatePercent: 56 },
      { weight: 3, grid: '..X...X...X...X.', gatePercent: 50 },
      { energy: [0, 55], weight: 2, grid: 'x-------x-----x-', gatePercent: 88 },
    ],
    anticipatePercent: 15,
  },
  pad: { lowest: 60, highest: 86, voices: 3, motion: 'hold' },
  melody: {
    lowest: 60,
    highest: 81,
    cells: [
      { cell: 'x-x-x--x--x-x---', weight: 3 },
      { cell: '..x-x--x-x------', weight: 3 },
      { cell: 'x--x--x-x-x-x---', weight: 3 },
      { cell: '....x-xxx--x--x-', weight: 2 },
      { energy: [70, 100], cell: 'x-xxx-x-x-xxx-x-', weight: 3 },
    ],
    closes: [{ cell: 'x--x--------....' }, { cell: 'x-x-x-----......' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 12,
    intervals: { repeat: 2, step: 6, third: 2.5, leap: 1.2 },
    chordTonePercent: 86,
    gatePercent: 88,
    counter: 'answer',
  },
  mix: { ...BAND_MIX, pad: placed(-70, 0, 50, 0, 20), counter: placed(-60, 40, 40) },
  ending: 'fade',
};
