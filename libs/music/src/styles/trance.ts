import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Anthems over rolling off-beat bass. */
export const trance: StyleData = {
  id: 'trance',
  name: 'Trance',
  description:
    'Rolling off-beat bass, gated supersaw arpeggios, wide string pads and an anthem melody that soars after the breakdown',
  aliases: ['trance music', 'uplifting trance', 'psytrance', 'progressive trance', 'vocal trance', 'hard trance'],
  sources: [
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on trance: 132 to 142 bpm, off-beat bass, sixteenth-note gates',
    'Wikipedia, "Trance music": minor keys, breakdown and anthem',
    'M. J. Butler, Unlocking the Groove (2006)',
  ],
  tempoBpm: { lowest: 132, highest: 142, default: 138 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 8 },
    { mode: 'major', weight: 2 },
  ],
  defaultKey: { tonic: 'A', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | VI | VI | III | III | VII | VII', weight: 4 },
      { tonality: 'minor', chords: 'i | VI | III | VII', weight: 4 },
      { tonality: 'minor', chords: 'i | VI | iv | VII', weight: 3 },
      { tonality: 'minor', sections: ['break'], chords: 'VI | VII | i | III', weight: 3 },
      { tonality: 'major', chords: 'I | V | vi | IV', weight: 3 },
      { tonality: 'major', chords: 'vi | IV | I | V', weight: 2 },
    ],
    cadences: { major: 'V | I', minor: 'VII | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['tr-909-kit', 'electronic-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['analog-saw-bass'], energy: [38, 100] },
    { role: 'chords', instruments: ['supersaw-pluck', 'synth-pluck'] },
    { role: 'pad', instruments: ['supersaw-pad', 'analog-warm-pad', 'pad-4-choir'] },
    { role: 'lead', instruments: ['supersaw-lead', 'pulse-lead', 'lead-6-voice'], energy: [30, 100] },
    { role: 'counter', instruments: ['fx-5-brightness', 'acoustic-grand-piano'], energy: [60, 100], percent: 60 },
    { role: 'fx', instruments: ['reverse-cymbal'] },
  ],
  drums: {
    grids: [
      { energy: [0, 55], lines: { kick: 'X...X...X...X...', 'closed-hi-hat': '..x...x...x...x.' } },
      {
        energy: [50, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X...',
          clap: '....X.......X...',
          'open-hi-hat': '..X...X...X...X.',
          'closed-hi-hat': 'ggxgggxgggxgggxg',
        },
      },
      {
        energy: [75, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X...',
          clap: '....X.......X...',
          'open-hi-hat': '..X...X...X...X.',
          ride: 'x...x...x...x...',
          'closed-hi-hat': 'gggggggggggggggg',
        },
      },
      { sections: ['build'], lines: { kick: 'X...X...X...X...', snare: 'x.x.x.x.x.x.xxxxxxxxxxxxXXXXXXXX' } },
    ],
    fills: MACHINE_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 0,
  },
  percussion: [{ grid: 'xgxgxgxgxgxgxgxg' }],
  bass: {
    lowest: 28,
    highest: 45,
    figures: [
      { weight: 4, grid: '..R-..R-..R-..R-' },
      { energy: [55, 100], weight: 4, grid: '.RRR.RRR.RRR.RRR' },
      { energy: [55, 100], weight: 2, grid: '.R8R.R8R.R8R.R8R' },
    ],
    kickLockPercent: 0,
    gatePercent: 72,
  },
  comping: {
    lowest: 57,
    highest: 84,
    voices: 4,
    rootless: false,
    figures: [
      { energy: [40, 100], weight: 4, grid: '1342134213421342', gatePercent: 70 },
      { energy: [40, 100], weight: 3, grid: 'X.xX.xX.X.xX.xX.', gatePercent: 60 },
      { energy: [0, 55], weight: 3, grid: '1-2-3-4-3-2-3-4-', gatePercent: 92 },
      { energy: [55, 100], weight: 2, grid: '1.23.4321.23.432', gatePercent: 70 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 79, voices: 4, motion: 'pump' },
  melody: {
    lowest: 67,
    highest: 90,
    cells: [
      { cell: 'x-----x-----x---', weight: 3 },
      { cell: 'x--x--x--x--x-x-', weight: 3 },
      { cell: 'x---x-x-x-----x-', weight: 3 },
      { energy: [70, 100], cell: 'x-x-x-x-x--x--x-', weight: 3 },
      { cell: 'x-------x-x-x-x-', weight: 2 },
    ],
    closes: [{ cell: 'x-----x---------' }, { cell: 'x---------------' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 4,
    intervals: { repeat: 2, step: 6, third: 2, leap: 1.8 },
    chordTonePercent: 92,
    gatePercent: 96,
    counter: 'guide-tones',
  },
  mix: CLUB_MIX,
  ending: 'fade',
};
