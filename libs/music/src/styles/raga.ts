import { formOf } from './shared/form-of';
import { ROOM_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Hindustani instrumental music: rāga over tānpūrā, tāla on tablā. */
export const raga: StyleData = {
  id: 'raga',
  name: 'Raga',
  description:
    'Sitar unfolding a rāga over a tānpūrā drone: ālāp without drum, gat in tīntāl on tablā, fast jhālā; justly tuned, sliding mīṇḍ',
  aliases: [
    'raag',
    'indian classical',
    'indian classical music',
    'hindustani',
    'indian',
    'sitar music',
    'raga-like',
    'north indian',
  ],
  sources: [
    'J. Bor (ed.), The Raga Guide: A Survey of 74 Hindustani Ragas (1999): scales, vādī and samvādī',
    'M. Clayton, Time in Indian Music: Rhythm, Metre, and Form in North Indian Rag Performance (2000): ṭhekās of tīntāl, jhaptāl and rūpak, ālāp, gat, jhālā',
    'N. A. Jairazbhoy, The Rāgs of North Indian Music (1971): intonation, mīṇḍ',
  ],
  tempoBpm: { lowest: 60, highest: 138, default: 84 },
  meters: [
    { numerator: 4, denominator: 4, weight: 6 },
    { numerator: 5, denominator: 4, weight: 1 },
    { numerator: 7, denominator: 4, weight: 1 },
  ],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'lydian', weight: 4 },
    { mode: 'dorian', weight: 3 },
    { mode: 'mixolydian', weight: 2 },
    { mode: 'phrygian', weight: 3 },
    { mode: 'major', weight: 2 },
    { mode: 'minor', weight: 2 },
  ],
  defaultKey: { tonic: 'C', mode: 'lydian' },
  defaultBars: 48,
  forms: [formOf('alap 8 20, jor 8 42, gat 16 64, gat 8 76, jhala 8 94'), formOf('alap 8 20, gat 16 62, jhala 8 90')],
  scales: [
    {
      name: 'Yaman',
      mode: 'lydian',
      degrees: [0, 2, 4, 6, 7, 9, 11],
      cents: [
        [4, -14],
        [6, -10],
        [9, -16],
        [11, -12],
      ],
      rests: [0, 4, 7, 11],
    },
    {
      name: 'Kāfī',
      mode: 'dorian',
      degrees: [0, 2, 3, 5, 7, 9, 10],
      cents: [
        [3, 16],
        [9, -16],
        [10, 18],
      ],
      rests: [0, 3, 7],
    },
    {
      name: 'Khamāj',
      mode: 'mixolydian',
      degrees: [0, 2, 4, 5, 7, 9, 10],
      cents: [
        [4, -14],
        [9, -16],
        [10, -4],
      ],
      rests: [0, 4, 7],
    },
    {
      name: 'Bhairavī',
      mode: 'phrygian',
      weight: 3,
      degrees: [0, 1, 3, 5, 7, 8, 10],
      cents: [
        [1, 12],
        [3, 16],
        [8, 14],
        [10, 18],
      ],
      rests: [0, 3, 5, 7],
    },
    {
      name: 'Bhairav',
      mode: 'phrygian',
      weight: 1,
      degrees: [0, 1, 4, 5, 7, 8, 11],
      cents: [
        [1, 12],
        [4, -14],
        [8, 14],
        [11, -12],
      ],
      rests: [0, 5, 7],
    },
    {
      name: 'Bhūpālī',
      mode: 'major',
      weight: 2,
      degrees: [0, 2, 4, 7, 9],
      cents: [
        [4, -14],
        [9, -16],
      ],
      rests: [0, 4, 7],
    },
    {
      name: 'Bilāval',
      mode: 'major',
      weight: 1,
      degrees: [0, 2, 4, 5, 7, 9, 11],
      cents: [
        [4, -14],
        [9, -16],
        [11, -12],
      ],
      rests: [0, 4, 7],
    },
    {
      name: 'Darbārī Kānaḍā',
      mode: 'minor',
      degrees: [0, 2, 3, 5, 7, 8, 10],
      cents: [
        [3, -14],
        [8, -14],
      ],
      rests: [0, 3],
    },
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I5', weight: 1 },
      { tonality: 'minor', chords: 'I5', weight: 1 },
    ],
    cadences: { major: 'I5 | I5', minor: 'I5 | I5' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'chords', instruments: ['sitar'] },
    { role: 'lead', instruments: ['sitar', 'flute', 'shanai'] },
    { role: 'counter', instruments: ['flute', 'violin'], energy: [60, 100], percent: 60 },
    { role: 'percussion', instruments: ['standard-kit'], energy: [50, 100] },
  ],
  drums: {
    grids: [{ lines: { 'low-tom': 'X...x...x...x...', 'side-stick': 'x...x...x...x...' } }],
    fills: [{ lines: { 'low-tom': '........x.xxx.xx' } }],
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  // Low conga for the bāyāṅ, high bongo for the dāyāṅ: in tīntāl the bass falls silent from the tenth to the thirteenth beat.
  percussion: [
    {
      grid: 'X...x...x...x...X...x...x...x...X...x...x...x...X...x...x...x...',
      lines: {
        'low-conga': 'X...x...x...x...X...x...x...x...x...................x...x...x...',
        'high-bongo': 'X...x...x...x.g.X...x...x...x.g.X...x...x...x...x.g.x...x...x.gg',
        'muted-high-conga': '..g...g...g...g...g...g...g...g.................................',
      },
    },
    {
      energy: [76, 100],
      weight: 2,
      grid: 'X.x.x.x.x.x.x.x.X.x.x.x.x.x.x.x.X.x.x.x.x.x.x.x.X.x.x.x.x.x.x.x.',
      lines: {
        'low-conga': 'X..xx...x..xx...X..xx...x..xx...x...................x..xx..xx...',
        'high-bongo': 'X.xgx.xgx.xgx.xgX.xgx.xgx.xgx.xgX.xgx.xgx.xgx.xgx.xgx.xgx.xgxxxx',
      },
    },
    {
      meter: '5/4',
      grid: 'X...x...X...x...x...x...x...X...x...x...',
      lines: {
        'low-conga': 'X.......X...x...............X...x.......',
        'high-bongo': 'x...X...x...x...X...x...X...x...x...X...',
      },
    },
    {
      meter: '7/4',
      grid: 'x...x...x...X...x...X...x...',
      lines: { 'low-conga': '............X.......X.......', 'high-bongo': 'x...x...X...x...X...x...X.g.' },
    },
  ],
  bass: {
    lowest: 36,
    highest: 52,
    figures: [{ grid: 'T---------------' }, { meter: '5/4', grid: 'T-------------------' }],
    kickLockPercent: 0,
    gatePercent: 100,
  },
  comping: {
    lowest: 48,
    highest: 67,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 2, grid: '2---3---3---1---', gatePercent: 100 },
      { weight: 1, grid: '2-----3-----1---', gatePercent: 100 },
      { meter: '5/4', grid: '2---3---3---1-------', gatePercent: 100 },
      { meter: '7/4', grid: '2-------3---3-------1-------', gatePercent: 100 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 48, highest: 67, voices: 3, motion: 'drone' },
  melody: {
    lowest: 60,
    highest: 81,
    cells: [
      { energy: [0, 56], cell: 'x-----x---------', weight: 3 },
      { energy: [0, 56], cell: 'x---x-------x---', weight: 3 },
      { energy: [0, 50], cell: '....x-------x---', weight: 3 },
      { energy: [30, 80], cell: 'x---x-x-x---x---', weight: 3 },
      { cell: 'x-x-x---x-x-x---', weight: 3 },
      { energy: [50, 100], cell: 'x---x-x-x-x-x-x-', weight: 3 },
      { energy: [50, 100], cell: '..x-x-x-x-xxx-x-', weight: 3 },
      { energy: [80, 100], cell: 'xxxxxxxxxxxxxxxx', weight: 4 },
      { energy: [80, 100], cell: 'x-xxx-xxx-xxx-xx', weight: 4 },
    ],
    closes: [{ cell: 'x---x-------....' }, { cell: 'x-x-x-----------' }, { cell: 'x-----x---------' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 10,
    intervals: { repeat: 1.4, step: 9, third: 2, leap: 0.8 },
    chordTonePercent: 58,
    gatePercent: 98,
    counter: 'answer',
    slidePercent: 42,
    ornaments: [
      { kind: 'grace-below', percent: 8 },
      { kind: 'upper-mordent', percent: 6 },
    ],
  },
  mix: { ...ROOM_MIX, pad: placed(-120, 0, 60), chords: placed(-90, 20, 50), percussion: placed(-40, -10, 26) },
  ending: 'ritardando',
};
