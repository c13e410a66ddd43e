import { formOf } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Lagos: highlife, jùjú, jazz and funk in long grooves. */
export const afrobeat: StyleData = {
  id: 'afrobeat',
  name: 'Afrobeat',
  description:
    'Interlocking guitar and bass ostinati over bell, shekere and broken kick, one-chord dorian grooves, riffing horns, organ',
  aliases: ['afro beat', 'afro funk', 'afropop', 'afro jazz'],
  sources: [
    'M. Veal, Fela: The Life and Times of an African Musical Icon (2000), ch. 3 and 8: layered ostinati, two guitars, horn riffs',
    'M. Veal & T. Allen, Tony Allen: An Autobiography of the Master Drummer of Afrobeat (2013): four independent limbs, open hi-hat on the upbeat',
    'J. H. K. Nketia, The Music of Africa (1974): time-line, hocket, call and response',
  ],
  tempoBpm: { lowest: 96, highest: 124, default: 108 },
  meters: [
    { numerator: 4, denominator: 4, weight: 6 },
    { numerator: 12, denominator: 8, weight: 1 },
  ],
  swing: { percent: 53, unit: 'sixteenth' },
  modes: [
    { mode: 'dorian', weight: 7 },
    { mode: 'minor', weight: 3 },
    { mode: 'mixolydian', weight: 1 },
  ],
  defaultKey: { tonic: 'G', mode: 'dorian' },
  defaultBars: 64,
  forms: [
    formOf('intro 8 52, a 16 64, solo 16 74, a 16 80, call 8 92'),
    formOf('intro 4 50, a 8 62, solo 8 76, a 8 70, call 8 90'),
  ],
  harmony: {
    progressions: [
      { tonality: 'minor', modes: ['dorian'], chords: 'i7', weight: 4 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | IV7', weight: 3 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | i7 | ii7 | i7', weight: 2 },
      { tonality: 'minor', chords: 'i7 | i7 | iv7 | i7', weight: 3 },
      { tonality: 'minor', chords: 'i7 | VII', weight: 2 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I7 | I7 | bVII | I7', weight: 3 },
      { tonality: 'major', chords: 'I | IV | V | IV', weight: 3 },
      { tonality: 'major', chords: 'I | I | IV | V', weight: 3 },
    ],
    cadences: { major: 'V | I', minor: 'v7 | i7', dorian: 'IV7 | i7', mixolydian: 'bVII | I7' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit', 'room-kit'] },
    { role: 'percussion', instruments: ['standard-kit'] },
    { role: 'bass', instruments: ['electric-bass-finger'] },
    { role: 'chords', instruments: ['electric-guitar-clean'] },
    { role: 'chords', instruments: ['electric-guitar-muted'] },
    { role: 'chords', instruments: ['drawbar-organ', 'electric-piano-1'], energy: [62, 100] },
    { role: 'lead', instruments: ['tenor-sax', 'trumpet', 'baritone-sax'], energy: [58, 100] },
    { role: 'counter', instruments: ['brass-section', 'baritone-sax'], energy: [60, 100] },
    { role: 'pad', instruments: ['choir-aahs'], energy: [86, 100] },
  ],
  drums: {
    grids: [
      {
        weight: 3,
        lines: {
          kick: 'X.....x...x..x..',
          snare: '...h..x..g..x..h',
          'closed-hi-hat': 'x.x.x.x.x.x.x...',
          'open-hi-hat': '..............x.',
        },
      },
      {
        energy: [50, 100],
        weight: 3,
        lines: {
          kick: 'X..x..x....x..x.X.....x...x..x..',
          snare: '..g.x..g..x.x..g...g..x..g..x.g.',
          'closed-hi-hat': 'xxx.xxx.xxx.xx..',
          'open-hi-hat': '...x..........x.',
        },
      },
      {
        meter: '12/8',
        lines: {
          kick: 'X.....x.....x.....x.....',
          snare: '....g...x.......g...x...',
          ride: 'x.x.xx.x.x.xx.x.xx.x.x.x',
          'pedal-hi-hat': 'x.....x.....x.....x.....',
        },
      },
    ],
    fills: [
      { lines: { snare: '........x..x.xX.', kick: '........X.......' } },
      { lines: { snare: '............xgxX', 'low-tom': '........x..x....' } },
      { meter: '12/8', lines: { snare: '............x.xx.xx.xxxX' } },
    ],
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  percussion: [
    {
      grid: 'x..x..x...x.x...',
      lines: {
        claves: 'x..x..x...x.x...',
        cabasa: 'x.gxx.gxx.gxx.gx',
        'open-high-conga': '..x...x...xx..x.',
        'low-conga': 'x.......x.......',
        'high-agogo': 'x.....x...x.....',
      },
    },
    {
      meter: '12/8',
      grid: 'x...x...x.x...x...x...x.',
      lines: {
        'high-agogo': 'x...x...x.x...x...x...x.',
        cabasa: 'x.x.x.x.x.x.x.x.x.x.x.x.',
        'open-high-conga': '....x.x.....x...x.x.....',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { weight: 3, grid: 'R-.R..5-R-..7-8-R-.R..5-....7-5-' },
      { weight: 3, grid: '..R-R-8-..7-5-R-' },
      { weight: 3, grid: 'R--R--R-..5-7-..' },
      { weight: 2, grid: 'R-.8..7-5-.R..5-' },
      { meter: '12/8', grid: 'R---5-8---5-R---5-7-5---' },
    ],
    kickLockPercent: 0,
    gatePercent: 76,
  },
  comping: {
    lowest: 57,
    highest: 79,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 4, grid: '1.32.1.32.1.3.2.', gatePercent: 50 },
      { weight: 3, grid: '.2.31.2.31.2.3.1', gatePercent: 50 },
      { weight: 3, grid: '..X...X...X..xX.', gatePercent: 40 },
      { energy: [64, 100], weight: 3, grid: 'X..x......X..x..', gatePercent: 56 },
      { meter: '12/8', grid: '1.3.2.1.3.2.1.3.2.1.3.2.', gatePercent: 56 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 55, highest: 76, voices: 3, motion: 'pulse' },
  melody: {
    lowest: 55,
    highest: 76,
    cells: [
      { cell: 'x-.xx-..x-.x....', weight: 3 },
      { cell: '..x.x-x.x---....', weight: 3 },
      { cell: 'x..x..x-..x.x---', weight: 4 },
      { cell: 'x.x.x-....x.x.x-', weight: 3 },
      { energy: [72, 100], cell: 'x.xx.x.x.xx.x-x-', weight: 3 },
      { meter: '12/8', cell: 'x---x---x-x---x---......' },
      { meter: '12/8', cell: '..x-x-x-x---..x-x-x-....' },
    ],
    closes: [
      { cell: 'x..x..x-----....' },
      { cell: 'x.x.x---........' },
      { meter: '12/8', cell: 'x---x---x---............' },
    ],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 24,
    intervals: { repeat: 3, step: 5, third: 4, leap: 1 },
    chordTonePercent: 80,
    gatePercent: 72,
    counter: 'answer',
  },
  scales: [
    { name: 'minor pentatonic', mode: 'dorian', degrees: [0, 3, 5, 7, 10] },
    { name: 'dorian', mode: 'dorian', degrees: [0, 2, 3, 5, 7, 9, 10] },
  ],
  mix: { ...BAND_MIX, percussion: placed(-60, 30, 18), bass: placed(-15, 0, 0) },
  ending: 'hit',
};
