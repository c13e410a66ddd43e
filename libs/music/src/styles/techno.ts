import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Detroit and Berlin: machines, one chord, relentless kick. */
export const techno: StyleData = {
  id: 'techno',
  name: 'Techno',
  description:
    'Pounding kick, sixteenth-note pedal bass between the beats, metallic off-beat hats, one-chord stabs and short ostinati',
  aliases: [
    'techno music',
    'minimal techno',
    'detroit techno',
    'berlin techno',
    'rave',
    'industrial techno',
    'hard techno',
    'acid techno',
  ],
  sources: [
    'M. J. Butler, Unlocking the Groove: Rhythm, Meter, and Musical Design in Electronic Dance Music (2006): layering, cross rhythms of three sixteenths, absence of harmonic motion',
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on techno: 125 to 140 bpm',
    'D. Sicko, Techno Rebels (2nd ed., 2010)',
  ],
  tempoBpm: { lowest: 126, highest: 142, default: 132 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 51, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 6 },
    { mode: 'phrygian', weight: 2 },
    { mode: 'dorian', weight: 1 },
  ],
  defaultKey: { tonic: 'A', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i7', weight: 5 },
      { tonality: 'minor', chords: 'i | i | i | i | i | i | VI | VI', weight: 2 },
      { tonality: 'minor', chords: 'i7 | i7 | i7 | v7', weight: 2 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'i | i | i | bII', weight: 3 },
      { tonality: 'major', chords: 'I | I | I | I', weight: 2 },
    ],
    cadences: { major: 'I | I', minor: 'i7 | i7' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['tr-909-kit', 'electronic-kit'], energy: [20, 100] },
    { role: 'bass', instruments: ['acid-bass', 'analog-saw-bass'], energy: [36, 100] },
    { role: 'chords', instruments: ['rave-stab', 'pad-3-polysynth', 'synth-brass-1'] },
    { role: 'pad', instruments: ['dark-drone-pad', 'filter-sweep-pad'], percent: 75 },
    { role: 'lead', instruments: ['lead-2-sawtooth', 'lead-1-square', 'lead-5-charang'], energy: [60, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [60, 100] },
    { role: 'fx', instruments: ['reverse-cymbal', 'fx-8-sci-fi'] },
  ],
  drums: {
    grids: [
      { energy: [0, 50], lines: { kick: 'X...X...X...X...', 'closed-hi-hat': '..x...x...x...x.' } },
      {
        energy: [45, 80],
        weight: 2,
        lines: {
          kick: 'X...X...X...X...',
          'open-hi-hat': '..X...X...X...X.',
          'closed-hi-hat': 'gggggggggggggggg',
          clap: '............x...',
        },
      },
      {
        energy: [65, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X...',
          'open-hi-hat': '..X...X...X...X.',
          'closed-hi-hat': 'xgxgxgxgxgxgxgxg',
          ride: 'x.x.x.x.x.x.x.x.',
          clap: '....X.......X...',
        },
      },
      {
        energy: [65, 100],
        weight: 2,
        lines: {
          kick: 'X...X...X...X.x.',
          'open-hi-hat': '..X...X...X...X.',
          'low-tom': '...x..x..x..x...',
          'side-stick': '.....x.....x..x.',
        },
      },
      {
        sections: ['build'],
        lines: { kick: 'X...X...X...X...', 'electric-snare': 'g.g.g.g.x.x.xxxx', 'open-hi-hat': '..x...x...x...x.' },
      },
    ],
    fills: MACHINE_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 0,
  },
  percussion: [
    {
      grid: '...x..x..x..x..x',
      lines: {
        'high-q': '...x..x..x..x..x',
        'low-floor-tom': '.......x......x.',
        'metronome-click': 'g.g.g.g.g.g.g.g.',
      },
    },
    {
      grid: '..x...x.x...x...',
      lines: { claves: '..x..x..x..x..x.', 'square-click': 'gg.ggg.ggg.ggg.g', 'low-tom': '......x.......x.' },
    },
  ],
  bass: {
    lowest: 24,
    highest: 43,
    figures: [
      { weight: 3, grid: '.RRR.RRR.RRR.RRR' },
      { weight: 3, grid: '..R-..R-..R-..R-' },
      { energy: [50, 100], weight: 3, grid: 'RR8RRR8RRRR8R8RR' },
      { energy: [50, 100], weight: 2, grid: '.RR8.R.R.RR8.R5R' },
    ],
    kickLockPercent: 0,
    gatePercent: 62,
  },
  comping: {
    lowest: 50,
    highest: 74,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 3, grid: 'X..X..X..X..X...', gatePercent: 40 },
      { weight: 3, grid: '...X......X.....', gatePercent: 50 },
      { energy: [0, 55], weight: 2, grid: 'X.....x.........', gatePercent: 60 },
      { energy: [60, 100], weight: 2, grid: '..X..X..X..X..X.', gatePercent: 40 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 45, highest: 69, voices: 3, motion: 'swell' },
  melody: {
    lowest: 57,
    highest: 76,
    cells: [
      { cell: 'x.xx.x.xx.xx.x.x', weight: 3 },
      { cell: 'x..x..x..x..x.x.', weight: 4 },
      { cell: 'xx.xx.xx.xx.xx..', weight: 2 },
      { cell: '..x...x...x.x.x.', weight: 2 },
      { energy: [75, 100], cell: 'xxxxx.xxx.xxxx.x', weight: 2 },
    ],
    closes: [{ cell: 'x..x..x..x......' }, { cell: 'x.xx.x..........' }],
    motifBars: [
      { bars: 1, weight: 3 },
      { bars: 2, weight: 1 },
    ],
    restPercent: 8,
    intervals: { repeat: 5, step: 3, third: 2, leap: 1.6 },
    chordTonePercent: 88,
    gatePercent: 52,
    counter: 'interlock',
  },
  mix: { ...CLUB_MIX, drums: placed(0, 0, 12), pad: placed(-100, 0, 90, 20, 10) },
  ending: 'hit',
};
