import { BEAT_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Drill as London and New York make it. */
export const drill: StyleData = {
  id: 'drill',
  name: 'Drill',
  description:
    'Tresillo hats, snare on three and on four, sliding 808s that answer each other, sombre piano and strings',
  aliases: ['uk drill', 'drill music', 'drill beat', 'new york drill', 'brooklyn drill'],
  sources: [
    'Wikipedia, "UK drill": 138 to 151 bpm, sliding bass, hi-hats in 3-3-2, snares that shift to the last beat of every second bar',
    'A. Adams, "On the metrical techniques of flow in rap music", Music Theory Online 15(5), 2009: 3+3+2 groupings',
  ],
  tempoBpm: { lowest: 138, highest: 150, default: 142 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 8 },
    { mode: 'phrygian', weight: 1 },
  ],
  defaultKey: { tonic: 'E', mode: 'minor' },
  defaultBars: 48,
  forms: BEAT_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | VI | V', weight: 4 },
      { tonality: 'minor', chords: 'i | VI | i | v', weight: 3 },
      { tonality: 'minor', chords: 'i | i | iv | V', weight: 3 },
      { tonality: 'minor', sections: ['hook', 'chorus'], chords: 'VI | VI | i | V', weight: 3 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'i | bII | i | i', weight: 4 },
      { tonality: 'major', chords: 'I | iii | vi | IV', weight: 2 },
    ],
    cadences: { major: 'V | I', minor: 'V | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit', 'tr-808-kit'], energy: [34, 100] },
    { role: 'bass', instruments: ['808-bass', 'sub-bass'], energy: [34, 100] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'pizzicato-strings', 'tremolo-strings'] },
    { role: 'pad', instruments: ['choir-aahs', 'string-ensemble-1'], percent: 75 },
    { role: 'lead', instruments: ['violin', 'acoustic-grand-piano', 'synth-voice', 'cello'], energy: [50, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [56, 100], percent: 70 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 52],
        weight: 2,
        lines: {
          kick: 'X......x........',
          snare: '........X...................X...',
          'closed-hi-hat': 'x..x..x.x..x..x.',
        },
      },
      {
        energy: [40, 100],
        weight: 3,
        lines: {
          kick: 'X..x......x.....X.....x......x..',
          snare: '........X...................X...',
          'closed-hi-hat': 'X..x..x.X..x..xxX..x..x.xxxX..x.',
          'open-hi-hat': '............................h...',
        },
      },
      {
        energy: [58, 100],
        weight: 3,
        lines: {
          kick: 'X......x..x...o.X..x......x..x..',
          snare: '........X..h................X..g',
          'closed-hi-hat': 'X..x..xxX..x..x.X.xx..x.X..xxxxx',
          'side-stick': '......x...............x...x.....',
        },
      },
    ],
    fills: [
      { weight: 2, lines: { kick: '........X..x....', snare: '............X.xx' } },
      { weight: 2, lines: { snare: '........X..x..X.', 'closed-hi-hat': '........xxxxxxxx' } },
    ],
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 1,
  },
  percussion: [
    {
      grid: '......x.......x.',
      lines: { 'low-wood-block': '......x.......x.', 'side-stick': '...x.......x....', shaker: '..g...g...g...g.' },
    },
  ],
  bass: {
    lowest: 24,
    highest: 45,
    figures: [
      { energy: [0, 52], weight: 2, grid: 'R------R--------' },
      { weight: 3, grid: 'R--R------5-----8-----R------a--' },
      { energy: [52, 100], weight: 3, grid: 'R------8--R---5-R--R------8--d--' },
    ],
    kickLockPercent: 35,
    gatePercent: 100,
    glidePercent: 70,
  },
  comping: {
    lowest: 52,
    highest: 77,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 4, grid: '1--2--3-1--2--3-', gatePercent: 86 },
      { weight: 3, grid: 'X--x--x---------', gatePercent: 80 },
      { energy: [0, 60], weight: 2, grid: '3--2--1---------', gatePercent: 96 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 60,
    highest: 81,
    cells: [
      { cell: 'x--x--x-x--x--x-', weight: 3 },
      { cell: 'x--x--x---------', weight: 3 },
      { cell: '......x-x--x--x-', weight: 3 },
      { cell: 'x-----x-x--x----', weight: 3 },
      { energy: [60, 100], cell: 'x--x--xxx--x--x-', weight: 2 },
    ],
    closes: [{ cell: 'x--x--x---------' }, { cell: 'x--x--------....' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 26,
    intervals: { repeat: 2, step: 6, third: 2, leap: 1.4 },
    chordTonePercent: 88,
    gatePercent: 90,
    counter: 'answer',
    slidePercent: 12,
  },
  mix: { ...CLUB_MIX, bass: placed(0, 0, 0), lead: placed(-50, 16, 60, 24) },
  ending: 'hit',
};
