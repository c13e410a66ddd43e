import { formOf } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** The reggae of the mixing desk. */
export const dub: StyleData = {
  id: 'dub',
  name: 'Dub',
  description:
    'Steppers drums and massive bass alone, skanks and melodica thrown into long echoes, parts dropping in and out',
  aliases: ['dub reggae', 'dub music', 'dub techno', 'steppers', 'dubwise', 'roots dub'],
  sources: [
    'M. Veal, Dub: Soundscapes and Shattered Songs in Jamaican Reggae (2007): drop-outs, echo and reverberation as form',
    'C. Partridge, Dub in Babylon (2010)',
  ],
  tempoBpm: { lowest: 62, highest: 80, default: 70 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 55, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 8 },
    { mode: 'dorian', weight: 3 },
  ],
  defaultKey: { tonic: 'E', mode: 'minor' },
  defaultBars: 48,
  forms: [
    formOf('intro 4 40, a 8 60, drop 8 34, a 8 68, break 8 44, a 8 74, drop 4 30'),
    formOf('intro 4 40, a 8 62, drop 4 34, a 8 70, drop 8 36'),
  ],
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | i | VII', weight: 4 },
      { tonality: 'minor', chords: 'i | i | iv | i', weight: 4 },
      { tonality: 'minor', chords: 'i', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | i7 | IV | i7', weight: 3 },
      { tonality: 'major', chords: 'I | I | IV | I', weight: 3 },
    ],
    cadences: { major: 'IV | I', minor: 'VII | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['room-kit', 'standard-kit'] },
    { role: 'bass', instruments: ['synth-bass-2', 'electric-bass-finger'] },
    { role: 'chords', instruments: ['electric-guitar-muted', 'drawbar-organ'], energy: [38, 100] },
    { role: 'chords', instruments: ['drawbar-organ', 'acoustic-grand-piano'], energy: [64, 100], percent: 70 },
    { role: 'lead', instruments: ['harmonica', 'trombone', 'accordion'], energy: [42, 100] },
    { role: 'fx', instruments: ['fx-7-echoes', 'fx-8-sci-fi'] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [56, 100], percent: 70 },
  ],
  drums: {
    grids: [
      {
        weight: 3,
        lines: { kick: 'X...X...X...X...', 'side-stick': '........X.......', 'closed-hi-hat': 'x.gxx.gxx.gxx.gx' },
      },
      {
        weight: 3,
        lines: {
          kick: '........X.......',
          'side-stick': '........X......h',
          'closed-hi-hat': 'x..xx..xx..xx..x',
          'open-hi-hat': '......?.......o.',
        },
      },
      { energy: [0, 46], weight: 3, lines: { kick: 'X.......X.......', 'side-stick': '....h.......?...' } },
    ],
    fills: [
      { lines: { snare: '........X..x..X.', 'low-timbale': '............x...' } },
      { lines: { 'high-timbale': '....x.xxx.x.....', 'low-timbale': '............x.x.' } },
    ],
    crash: true,
    backbeatLateTicks: 6,
    looseTicks: 4,
  },
  percussion: [
    {
      grid: '......x.......x.',
      lines: {
        'low-wood-block': '......o.......?.',
        'long-guiro': 'o...............',
        'high-bongo': '...x..x....x..x.',
      },
    },
  ],
  bass: {
    lowest: 24,
    highest: 43,
    figures: [
      { weight: 3, grid: 'R-..R-5-..R-....' },
      { weight: 3, grid: 'R---..R-3-5-R---R---..R-7-5-R---' },
      { weight: 3, grid: '..R-R-..5-R-..7-' },
      { weight: 2, grid: 'R-R-....R-R-..5-' },
    ],
    kickLockPercent: 0,
    gatePercent: 96,
    glidePercent: 10,
  },
  comping: {
    lowest: 55,
    highest: 76,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 4, grid: '..X...X...X...X.', gatePercent: 36 },
      { weight: 3, grid: '..X.......X.....', gatePercent: 40 },
      { weight: 3, grid: '......X.........', gatePercent: 50 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 72, voices: 3, motion: 'swell' },
  melody: {
    lowest: 60,
    highest: 79,
    cells: [
      { cell: 'x---x-x-........', weight: 3 },
      { cell: '..x-x-----......', weight: 3 },
      { cell: 'x-xx-x----......', weight: 2 },
      { cell: '....x-x-x---....', weight: 3 },
      { cell: 'x-------........', weight: 2 },
    ],
    closes: [{ cell: 'x-----..........' }, { cell: 'x-x-----........' }],
    motifBars: [
      { bars: 2, weight: 2 },
      { bars: 1, weight: 3 },
    ],
    restPercent: 40,
    intervals: { repeat: 2, step: 5, third: 3, leap: 1.2 },
    chordTonePercent: 86,
    gatePercent: 84,
    counter: 'answer',
  },
  scales: [{ name: 'minor pentatonic', mode: 'minor', degrees: [0, 3, 5, 7, 10], weight: 2 }],
  mix: {
    ...BAND_MIX,
    bass: placed(10, 0, 0),
    chords: placed(-60, -30, 50, 100),
    lead: placed(-50, 20, 70, 96),
    drums: placed(-10, 0, 46, 16),
  },
  ending: 'fade',
};
