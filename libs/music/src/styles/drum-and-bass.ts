import { BEAT_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Breaks at full speed over a half-speed bass. */
export const drumAndBass: StyleData = {
  id: 'drum-and-bass',
  name: 'Drum and bass',
  description:
    'Two-step breakbeats near 174 bpm with ghosted snares, long reese or sub bass at half speed, airy pads and Rhodes',
  aliases: [
    'drum n bass',
    'drum & bass',
    'dnb',
    'd&b',
    'jungle',
    'liquid drum and bass',
    'liquid dnb',
    'neurofunk',
    'breakcore',
  ],
  sources: [
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on drum and bass: 165 to 180 bpm, kick on one and the "and" of three, snare on two and four',
    'Wikipedia, "Drum and bass" and "Amen break"',
    'M. J. Butler, Unlocking the Groove (2006), on breakbeat-driven genres',
  ],
  tempoBpm: { lowest: 166, highest: 178, default: 174 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 52, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 7 },
    { mode: 'dorian', weight: 2 },
    { mode: 'major', weight: 1 },
  ],
  defaultKey: { tonic: 'F', mode: 'minor' },
  defaultBars: 80,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i9 | i9 | VImaj7 | VImaj7', weight: 4 },
      { tonality: 'minor', chords: 'i7 | i7 | VImaj7 | VII', weight: 3 },
      { tonality: 'minor', chords: 'i9 | i9 | iv9 | v7', weight: 3 },
      { tonality: 'minor', sections: ['break'], chords: 'VImaj7 | VII | i9 | i9', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i9 | i9 | IV9 | IV9', weight: 3 },
      { tonality: 'major', chords: 'Imaj9 | Imaj9 | vi9 | IVmaj7', weight: 3 },
    ],
    cadences: { major: 'V | Imaj9', minor: 'VII | i9' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit', 'power-kit', 'standard-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['reese-bass', 'sub-bass'], energy: [44, 100] },
    { role: 'chords', instruments: ['electric-piano-1', 'pad-3-polysynth', 'acoustic-grand-piano'] },
    { role: 'pad', instruments: ['pad-2-warm', 'pad-7-halo', 'string-ensemble-2'] },
    { role: 'lead', instruments: ['synth-voice', 'lead-6-voice', 'lead-2-sawtooth'], energy: [54, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [64, 100], percent: 60 },
    { role: 'fx', instruments: ['reverse-cymbal'], percent: 80 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 52],
        weight: 2,
        lines: { 'closed-hi-hat': 'x.x.x.x.x.x.x.x.', kick: 'X.........x.....', 'side-stick': '....x.......x...' },
      },
      {
        energy: [45, 100],
        weight: 4,
        lines: {
          kick: 'X.........X.....',
          snare: '....X..g.g..X..g',
          'closed-hi-hat': 'X.x.x.x.X.x.x.x.',
          ride: 'x.x.x.x.x.x.x.x.',
        },
      },
      {
        energy: [60, 100],
        weight: 4,
        lines: {
          kick: 'X.X.......XX....X.X.......X.....',
          snare: '....X..g.g..X..g....X..g.g....X.',
          'closed-hi-hat': 'x.x.x.x.x.x.x.x.',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: {
          kick: 'X..X......X.....X.....X...X..o..',
          snare: '....X.gg.gg.X.gg....X..g.gg.X.gx',
          'open-hi-hat': '......x.......x.',
          'closed-hi-hat': 'x.x.x...x.x.x...',
        },
      },
    ],
    fills: BEAT_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 3,
  },
  percussion: [{ grid: 'x.gx.gx.x.gx.gx.' }, { grid: 'xgxgxgxgxgxgxgxg' }],
  bass: {
    lowest: 24,
    highest: 45,
    figures: [
      { weight: 3, grid: 'R-------..R---8-' },
      { weight: 3, grid: 'R-----------R---R-----8---5-----' },
      { energy: [60, 100], weight: 3, grid: 'R---..R-..R--8--R---..R---5---a-' },
      { energy: [60, 100], weight: 2, grid: 'R-R-..RR..R-8---' },
    ],
    kickLockPercent: 15,
    gatePercent: 96,
    glidePercent: 25,
  },
  comping: {
    lowest: 53,
    highest: 79,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 3, grid: 'x---------------', gatePercent: 96 },
      { weight: 3, grid: 'x-----x---x-----', gatePercent: 90 },
      { energy: [50, 100], weight: 3, grid: '..x-----..x-----', gatePercent: 80 },
    ],
    anticipatePercent: 25,
  },
  pad: { lowest: 52, highest: 79, voices: 4, motion: 'swell' },
  melody: {
    lowest: 62,
    highest: 84,
    cells: [
      { cell: 'x-------x-----x-', weight: 3 },
      { cell: '....x---x-x-----', weight: 3 },
      { cell: 'x-----x---------', weight: 3 },
      { cell: '..x-----x---x---', weight: 2 },
      { energy: [80, 100], cell: 'x--x--x-x--x--x-', weight: 2 },
    ],
    closes: [{ cell: 'x---------------' }, { cell: 'x-----x---------' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 28,
    intervals: { repeat: 1, step: 5, third: 3, leap: 1.6 },
    chordTonePercent: 86,
    gatePercent: 92,
    counter: 'guide-tones',
  },
  mix: { ...CLUB_MIX, drums: placed(0, 0, 10), bass: placed(-10, 0, 0) },
  ending: 'fade',
};
