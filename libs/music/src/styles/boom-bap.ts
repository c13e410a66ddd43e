import { BEAT_FILLS, SHAKER } from './shared/drum-parts';
import { BEAT_FORMS } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** The sampled swing of New York in the early nineties. */
export const boomBap: StyleData = {
  id: 'boom-bap',
  name: 'Boom bap',
  description:
    'Hard kick and snare with swung sixteenths, chopped jazz and soul loops, filtered bass, terse horn hooks',
  aliases: [
    'boombap',
    'hip hop',
    'hip-hop',
    'hiphop',
    'rap',
    'rap beat',
    'old school hip hop',
    'east coast hip hop',
    'golden age hip hop',
    'instrumental hip hop',
    'hip hop beat',
  ],
  sources: [
    'J. G. Schloss, Making Beats: The Art of Sample-Based Hip-Hop (2004): loops of two and four bars, drums from breaks',
    'D. Charnas, Dilla Time (2022), ch. 4: swing of the SP-1200 and the MPC60, 54 to 62 percent of a pair of sixteenths',
    'Wikipedia, "Boom bap": 80 to 100 bpm, kick and snare in front',
  ],
  tempoBpm: { lowest: 82, highest: 100, default: 92 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 60, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 6 },
    { mode: 'dorian', weight: 3 },
    { mode: 'major', weight: 1 },
  ],
  defaultKey: { tonic: 'F', mode: 'minor' },
  defaultBars: 48,
  forms: BEAT_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i7 | i7 | iv7 | i7', weight: 4 },
      { tonality: 'minor', chords: 'i9 | i9 | VImaj7 | v7', weight: 3 },
      { tonality: 'minor', chords: 'i7 | iv7', weight: 3 },
      { tonality: 'minor', sections: ['hook', 'chorus', 'b'], chords: 'VImaj7 | v7 | i7 | i7', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | IV7 | i7 | IV7', weight: 3 },
      { tonality: 'major', chords: 'Imaj7 | vi7 | ii7 | V7', weight: 3 },
      { tonality: 'major', chords: 'Imaj7 | IVmaj7', weight: 2 },
    ],
    cadences: { major: 'V7 | Imaj7', minor: 'v7 | i7' },
    turnaroundPercent: 15,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 4,
  },
  band: [
    { role: 'drums', instruments: ['room-kit', 'standard-kit'], energy: [34, 100] },
    { role: 'bass', instruments: ['acoustic-bass', 'electric-bass-finger', 'synth-bass-2'] },
    { role: 'chords', instruments: ['electric-piano-1', 'acoustic-grand-piano', 'electric-guitar-jazz', 'vibraphone'] },
    { role: 'lead', instruments: ['muted-trumpet', 'tenor-sax', 'flute', 'vibraphone'], energy: [50, 100] },
    { role: 'pad', instruments: ['string-ensemble-2'], energy: [60, 100], percent: 40 },
    { role: 'counter', instruments: ['brass-section', 'tenor-sax'], energy: [70, 100], percent: 45 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 60],
        weight: 2,
        lines: { kick: 'X..?..x...X..o..', snare: '....X..h....X...', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [40, 100],
        weight: 4,
        lines: {
          kick: 'X.x.......X..x..X..x..x..oX.....',
          snare: '....X..g....X..h....X....h..X.g.',
          'closed-hi-hat': 'X.x.X.x.X.xxX.x.',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: {
          kick: 'X.....xX..X....xX..X..x...X..x..',
          snare: '....X.......X..g',
          'closed-hi-hat': 'x.x.x.x.x.x.x...',
          'open-hi-hat': '..............x.',
        },
      },
    ],
    fills: BEAT_FILLS,
    crash: false,
    backbeatLateTicks: 8,
    looseTicks: 4,
  },
  percussion: SHAKER,
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { energy: [0, 60], weight: 3, grid: 'R-----..R---5-..' },
      { weight: 3, grid: 'R--R--..R-R---5-R--R--..5---3-a-' },
      { energy: [45, 100], weight: 3, grid: 'R-.R..R-..R-.5a-' },
    ],
    kickLockPercent: 55,
    gatePercent: 84,
  },
  comping: {
    lowest: 50,
    highest: 76,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 4, grid: 'X-----x-.......X', gatePercent: 80 },
      { weight: 3, grid: 'X--x--....x-..g-', gatePercent: 74 },
      { energy: [40, 100], weight: 3, grid: 'X---..x-X---....X---..x-..x---x-', gatePercent: 76 },
    ],
    anticipatePercent: 20,
  },
  pad: { lowest: 55, highest: 79, voices: 3, motion: 'hold' },
  melody: {
    lowest: 58,
    highest: 79,
    cells: [
      { cell: 'x-x-..x-x---....', weight: 3 },
      { cell: '..x-x-xx-..x----', weight: 3 },
      { cell: 'x..x..x-....x-x-', weight: 3 },
      { cell: 'x--x-x--........', weight: 2 },
      { energy: [60, 100], cell: 'x-xx-x-xx---..x-', weight: 3 },
    ],
    closes: [{ cell: 'x--x--------....' }, { cell: 'x-x-x---........' }],
    motifBars: [
      { bars: 1, weight: 3 },
      { bars: 2, weight: 2 },
    ],
    restPercent: 34,
    intervals: { repeat: 2, step: 5, third: 3, leap: 1.2 },
    chordTonePercent: 86,
    gatePercent: 80,
    counter: 'answer',
  },
  mix: { ...BAND_MIX, drums: placed(0, 0, 14), bass: placed(-15, 0, 2) },
  ending: 'hit',
};
