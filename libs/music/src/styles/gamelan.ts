import { formOf } from './shared/form-of';
import { HALL_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Bronze ensembles of Java and Bali: cycles, skeleton and figuration. */
export const gamelan: StyleData = {
  id: 'gamelan',
  name: 'Gamelan',
  description:
    'Balungan of metallophones over a gong cycle, interlocking bonang and kotekan, kendang drumming; sléndro and pélog tunings',
  aliases: [
    'gamelan music',
    'javanese',
    'balinese',
    'indonesian',
    'gong kebyar',
    'javanese gamelan',
    'balinese gamelan',
    'gamelan-like',
    'kotekan',
  ],
  sources: [
    'W. Surjodiningrat, P. J. Sudarjana & A. Susanto, Tone Measurements of Outstanding Javanese Gamelans in Jogjakarta and Surakarta (1972): mean intervals of sléndro and pélog',
    'M. Tenzer, Gamelan Gong Kebyar: The Art of Twentieth-Century Balinese Music (2000): kotekan, colotomy',
    'N. Sorrell, A Guide to the Gamelan (1990): balungan, irama, gong cycles',
  ],
  tempoBpm: { lowest: 56, highest: 120, default: 80 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 5 },
    { mode: 'phrygian', weight: 5 },
    { mode: 'minor', weight: 1 },
  ],
  defaultKey: { tonic: 'D', mode: 'phrygian' },
  defaultBars: 48,
  forms: [
    formOf('buka 4 30, lancaran 16 54, ciblon 16 72, lancaran 8 60, suwuk 4 40'),
    formOf('buka 4 30, lancaran 8 54, ciblon 16 76, suwuk 4 42'),
  ],
  scales: [
    {
      name: 'sléndro',
      mode: 'major',
      degrees: [0, 2, 5, 7, 9],
      cents: [
        [2, 40],
        [5, -20],
        [7, 20],
        [9, 60],
      ],
      rests: [0, 5, 7],
    },
    {
      name: 'sléndro',
      mode: 'minor',
      degrees: [0, 3, 5, 7, 10],
      cents: [
        [3, -60],
        [5, -20],
        [7, 20],
        [10, -40],
      ],
      rests: [0, 3, 7],
    },
    {
      name: 'pélog',
      mode: 'phrygian',
      degrees: [0, 1, 3, 7, 8],
      cents: [
        [1, 20],
        [3, -30],
        [7, -25],
        [8, -15],
      ],
      rests: [0, 3, 7],
    },
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I5', weight: 3 },
      { tonality: 'major', chords: 'I5 | I5 | V5 | I5', weight: 2 },
      { tonality: 'minor', chords: 'i', weight: 3 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'I5 | I5 | VI5 | I5', weight: 1 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'I5', weight: 3 },
    ],
    cadences: { major: 'I5 | I5', minor: 'i | i', phrygian: 'I5 | I5' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'percussion', instruments: ['tubular-bells'] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [44, 100] },
    { role: 'bass', instruments: ['vibraphone'] },
    { role: 'chords', instruments: ['celesta', 'music-box'], energy: [50, 100] },
    { role: 'lead', instruments: ['vibraphone', 'steel-drums'] },
    { role: 'counter', instruments: ['tinkle-bell', 'celesta', 'glockenspiel'], energy: [40, 100] },
    { role: 'pad', instruments: ['flute', 'violin'], energy: [66, 100], percent: 50 },
  ],
  drums: {
    grids: [{ lines: { 'low-tom': 'x.....x.x..x....', 'side-stick': '..x.x.....x.x.x.' } }],
    fills: [{ lines: { 'low-tom': '........x.xxxxxx' } }],
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  // Pitched: gong at the end of the cycle, kenong at each quarter; on a kit: kendang, kethuk and ceng-ceng.
  percussion: [
    {
      grid: 'X...............g...............x...............g...............',
      lines: {
        'low-conga': 'x.....x.........x.....x...x.....x.....x.........x..x..x.x..x....',
        'open-high-conga': '..x.x.....x.x.....x.x.....x.x.....x.x.....x.x.....x.x.....x.x.x.',
        'low-wood-block': '....x.......x...',
        'ride-bell': '................................................x...............',
      },
    },
    {
      energy: [60, 100],
      grid: 'X...............x...............x...............x...............',
      lines: {
        'low-conga': 'x..x..x.x..x..x.',
        'open-high-conga': '.xx.xx.x.xx.xx.x',
        'low-wood-block': '..x...x...x...x.',
        splash: 'g.x.g.x.g.x.g.x.',
      },
    },
  ],
  bass: {
    lowest: 53,
    highest: 65,
    figures: [
      { weight: 3, grid: 'R-------R-------' },
      { weight: 3, grid: 'R---------------' },
      { energy: [50, 100], weight: 3, grid: 'R---R---8---R---' },
    ],
    kickLockPercent: 0,
    gatePercent: 100,
  },
  comping: {
    lowest: 65,
    highest: 89,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 3, grid: '1-2-1-3-1-2-1-3-', gatePercent: 100 },
      { weight: 3, grid: '3-1-2-1-3-1-2-1-', gatePercent: 100 },
      { energy: [60, 100], weight: 3, grid: '1213121412131214', gatePercent: 100 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 60, highest: 79, voices: 1, motion: 'hold' },
  melody: {
    lowest: 60,
    highest: 77,
    cells: [
      { cell: 'x---x---x---x---', weight: 5 },
      { cell: 'x-------x---x---', weight: 3 },
      { cell: 'x---x---x-x-x---', weight: 3 },
      { cell: '....x---x---x---', weight: 2 },
      { energy: [60, 100], cell: 'x-x-x-x-x-x-x-x-', weight: 4 },
      { energy: [60, 100], cell: 'x-x-x---x-x-x---', weight: 3 },
    ],
    closes: [{ cell: 'x---x---x-------' }, { cell: 'x-------x-------' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 0,
    intervals: { repeat: 1.6, step: 6, third: 3, leap: 1 },
    chordTonePercent: 60,
    gatePercent: 100,
    counter: 'interlock',
  },
  mix: { ...HALL_MIX, percussion: placed(-50, 0, 66), bass: placed(-50, 0, 60) },
  ending: 'ritardando',
};
