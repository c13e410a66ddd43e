import { SOFT_FILLS } from './shared/drum-parts';
import { SONG_FORMS } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** One drop, skank and bubble. */
export const reggae: StyleData = {
  id: 'reggae',
  name: 'Reggae',
  description:
    'One-drop kick and rim on two and four, off-beat guitar skank, bubbling organ, heavy melodic bass that leaves out the one',
  aliases: ['reggae music', 'roots reggae', 'roots', 'rocksteady', 'lovers rock', 'one drop', 'jamaican'],
  sources: [
    'L. Bradley, Bass Culture: When Reggae Was King (2000)',
    'M. Veal, Dub: Soundscapes and Shattered Songs in Jamaican Reggae (2007), ch. 1: one drop, rockers and steppers',
    'P. Manuel, Caribbean Currents: Caribbean Music from Rumba to Reggae (3rd ed., 2016)',
  ],
  tempoBpm: { lowest: 66, highest: 88, default: 76 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 56, unit: 'sixteenth' },
  modes: [
    { mode: 'major', weight: 5 },
    { mode: 'minor', weight: 4 },
    { mode: 'dorian', weight: 1 },
  ],
  defaultKey: { tonic: 'A', mode: 'minor' },
  defaultBars: 48,
  forms: SONG_FORMS,
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | I | IV | IV', weight: 3 },
      { tonality: 'major', chords: 'I | IV | I | V', weight: 4 },
      { tonality: 'major', chords: 'I | vi | IV | V', weight: 3 },
      { tonality: 'major', sections: ['chorus', 'b'], chords: 'I | ii | IV | I', weight: 3 },
      { tonality: 'minor', chords: 'i | i | iv | i', weight: 4 },
      { tonality: 'minor', chords: 'i | VII', weight: 3 },
      { tonality: 'minor', chords: 'i | i | VI | VII', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | ii7 | i7 | ii7', weight: 3 },
    ],
    cadences: { major: 'IV V | I', minor: 'VII | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit', 'room-kit'] },
    { role: 'bass', instruments: ['electric-bass-finger'] },
    { role: 'chords', instruments: ['electric-guitar-muted', 'electric-guitar-clean'] },
    { role: 'chords', instruments: ['drawbar-organ', 'percussive-organ'] },
    { role: 'lead', instruments: ['voice-oohs', 'trombone', 'harmonica'], energy: [46, 100] },
    {
      role: 'counter',
      instruments: ['brass-section', 'electric-guitar-muted', 'tenor-sax'],
      energy: [64, 100],
      percent: 80,
    },
    { role: 'percussion', instruments: ['standard-kit'], energy: [60, 100], percent: 70 },
  ],
  drums: {
    grids: [
      {
        weight: 4,
        lines: { kick: '....X.......X...', 'side-stick': '....X.......X..h', 'closed-hi-hat': 'x.gxx.gxx.gxx.gx' },
      },
      {
        energy: [50, 100],
        weight: 2,
        lines: { kick: 'X...X...X...X...', 'side-stick': '....x..?....x.h.', 'closed-hi-hat': 'x.xgx.xgx.xgx.xg' },
      },
      {
        energy: [56, 100],
        weight: 2,
        lines: {
          kick: 'X...x...X...x...',
          snare: '....x.......X..h',
          'closed-hi-hat': 'x.x.x.xxx.x.x.x.',
          'open-hi-hat': '..............h.',
        },
      },
    ],
    fills: [{ weight: 2, lines: { 'high-timbale': '........x.xxx...', kick: '............x...' } }, ...SOFT_FILLS],
    crash: true,
    backbeatLateTicks: 8,
    looseTicks: 5,
  },
  percussion: [
    {
      grid: 'x.g.x.g.x.g.x.g.',
      lines: { 'low-bongo': '..x..x....x..x..', 'high-bongo': 'g...x.x.g...x.x.', 'short-guiro': 'x...x...x...x...' },
    },
  ],
  bass: {
    lowest: 26,
    highest: 47,
    figures: [
      { weight: 3, grid: '..R-..R-5---R-..' },
      { weight: 3, grid: 'R--R..5-R-......' },
      { weight: 3, grid: '....R-R-..5-8-5-....R-R-3-5-R-..' },
      { weight: 3, grid: 'R-R-..3-5-..R-..' },
    ],
    kickLockPercent: 0,
    gatePercent: 84,
  },
  comping: {
    lowest: 55,
    highest: 76,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 6, grid: '..X...X...X...X.', gatePercent: 40 },
      { weight: 3, grid: '..Xx..X...Xx..X.', gatePercent: 40 },
      { weight: 3, grid: '.gXg.gXg.gXg.gXg', gatePercent: 46 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 52, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 57,
    highest: 77,
    cells: [
      { cell: 'x-x-x--x--x-....', weight: 3 },
      { cell: '..x-x-x-x-------', weight: 3 },
      { cell: 'x---x-x-..x-x---', weight: 3 },
      { cell: '..x--xx-x---....', weight: 3 },
      { energy: [66, 100], cell: 'x-x-xx-x--x-x---', weight: 3 },
    ],
    closes: [{ cell: 'x--x--------....' }, { cell: 'x-x-x-----......' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 22,
    intervals: { repeat: 2.6, step: 5, third: 3, leap: 0.8 },
    chordTonePercent: 86,
    gatePercent: 88,
    counter: 'answer',
    slidePercent: 8,
  },
  scales: [
    { name: 'minor pentatonic', mode: 'minor', degrees: [0, 3, 5, 7, 10], weight: 2 },
    { name: 'minor', mode: 'minor', degrees: [0, 2, 3, 5, 7, 8, 10] },
  ],
  mix: { ...BAND_MIX, bass: placed(0, 0, 0), chords: placed(-60, -30, 26, 20) },
  ending: 'fade',
};
