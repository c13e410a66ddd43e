import { KIT_FILLS } from './shared/drum-parts';
import { SONG_FORMS } from './shared/form-of';
import { BAND_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Jamaica's dance before reggae, and its returns. */
export const ska: StyleData = {
  id: 'ska',
  name: 'Ska',
  description:
    'Fast off-beat guitar and piano chops, walking bass, back-beat on two and four, bright trumpet and trombone tunes',
  aliases: ['ska music', '2 tone', 'two tone', 'ska punk', 'third wave ska', 'jamaican ska'],
  sources: [
    'L. Bradley, Bass Culture: When Reggae Was King (2000), chapters on ska',
    'H. Augustyn, Ska: An Oral History (2010)',
    'P. Manuel, Caribbean Currents (3rd ed., 2016)',
  ],
  tempoBpm: { lowest: 132, highest: 176, default: 154 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 55, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 6 },
    { mode: 'minor', weight: 3 },
  ],
  defaultKey: { tonic: 'F', mode: 'major' },
  defaultBars: 64,
  forms: SONG_FORMS,
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | vi | ii | V', weight: 4 },
      { tonality: 'major', chords: 'I | IV | V | IV', weight: 3 },
      { tonality: 'major', chords: 'I | I7 | IV | V', weight: 3 },
      { tonality: 'major', sections: ['bridge'], chords: 'IV | IV | I | I | II7 | II7 | V | V7', weight: 3 },
      { tonality: 'minor', chords: 'i | iv | V7 | i', weight: 4 },
      { tonality: 'minor', chords: 'i | VII | VI | V7', weight: 2 },
    ],
    cadences: { major: 'ii V7 | I', minor: 'iv V7 | i' },
    turnaroundPercent: 30,
    secondaryDominantPercent: 4,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit'] },
    { role: 'bass', instruments: ['electric-bass-finger', 'acoustic-bass'] },
    { role: 'chords', instruments: ['electric-guitar-clean'] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'drawbar-organ'], energy: [50, 100] },
    { role: 'lead', instruments: ['trumpet', 'tenor-sax', 'trombone'], energy: [44, 100] },
    { role: 'counter', instruments: ['trombone', 'tenor-sax', 'brass-section'], energy: [52, 100] },
  ],
  drums: {
    grids: [
      {
        weight: 3,
        lines: { kick: '....x.......x...', snare: '....X.......X...', 'closed-hi-hat': 'x.X.x.X.x.X.x.X.' },
      },
      {
        energy: [50, 100],
        weight: 3,
        lines: {
          kick: 'X...X...X...X...',
          snare: '....X.......X.h.',
          'closed-hi-hat': '..X...X...X...X.',
          ride: 'x...x...x...x...',
        },
      },
      {
        energy: [70, 100],
        weight: 2,
        lines: { kick: 'X.....x.X.......', snare: '....X.......X...', 'open-hi-hat': '..X...X...X...X.' },
      },
    ],
    fills: KIT_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  percussion: [{ grid: '..x...x...x...x.' }],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 5, grid: 'R---3---5---w---' },
      { weight: 4, grid: 'R---w---w---a---' },
      { weight: 2, grid: 'R---5---8---5-a-' },
      { energy: [70, 100], weight: 3, grid: 'R-R-3-3-5-5-w-a-' },
    ],
    kickLockPercent: 0,
    gatePercent: 82,
  },
  comping: {
    lowest: 57,
    highest: 79,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 6, grid: '..X...X...X...X.', gatePercent: 40 },
      { weight: 2, grid: '..X...X...X.x.X.', gatePercent: 40 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 52, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 58,
    highest: 79,
    cells: [
      { cell: 'x-x-..x-x---....', weight: 3 },
      { cell: '..x-x-x-x-..x---', weight: 3 },
      { cell: 'x---x-x-x-x-x---', weight: 3 },
      { cell: 'x-x-x---x-x-x---', weight: 3 },
      { energy: [70, 100], cell: 'x-x-x-x-..x-x-x-', weight: 3 },
    ],
    closes: [{ cell: 'x-x-x---........' }, { cell: 'x---x-x-........' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 12,
    intervals: { repeat: 2.4, step: 5, third: 4, leap: 1.4 },
    chordTonePercent: 90,
    gatePercent: 74,
    counter: 'thirds',
  },
  mix: BAND_MIX,
  ending: 'hit',
};
