import { formOf } from './shared/form-of';
import { ROOM_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Rio's carnival: a battery of drums. */
export const samba: StyleData = {
  id: 'samba',
  name: 'Samba',
  description:
    'Surdos answering each other, tamborim teleco-teco, pandeiro and agogô, cavaquinho in syncopation, singable minor and major tunes',
  aliases: ['samba music', 'batucada', 'pagode', 'samba enredo', 'carnival', 'brazilian'],
  sources: [
    'O. Bolão, Batuque é um privilégio (2003): surdo, tamborim, pandeiro and agogô of the samba schools',
    'G. Kubik, Angolan Traits in Black Music, Games and Dances of Brazil (1979): the sixteen-pulse time-line of nine strokes',
    'C. Sandroni, Feitiço decente: transformações do samba no Rio de Janeiro (2001)',
  ],
  tempoBpm: { lowest: 88, highest: 116, default: 102 },
  meters: [
    { numerator: 4, denominator: 4, weight: 2 },
    { numerator: 2, denominator: 4, weight: 3 },
  ],
  swing: { percent: 53, unit: 'sixteenth' },
  modes: [
    { mode: 'major', weight: 5 },
    { mode: 'minor', weight: 5 },
  ],
  defaultKey: { tonic: 'D', mode: 'minor' },
  defaultBars: 64,
  forms: [
    formOf('intro 4 50, a 16 62, b 16 78, a 16 70, b 16 90'),
    formOf('intro 4 50, a 8 64, b 8 80, a 8 70, b 8 90'),
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I6 | VI7 | ii7 | V7', weight: 4 },
      { tonality: 'major', chords: 'Imaj7 | #i°7 | ii7 | V7 | ii7 | V7 | I6 | V7', weight: 4 },
      { tonality: 'major', sections: ['b'], chords: 'IVmaj7 | iv6 | iii7 | VI7 | ii7 | V7 | I6 | I7', weight: 4 },
      { tonality: 'minor', chords: 'i6 | i6 | iiø7 | V7 | iiø7 | V7 | i6 | V7', weight: 4 },
      { tonality: 'minor', chords: 'i7 | iv7 | V7 | i7', weight: 4 },
      { tonality: 'minor', sections: ['b'], chords: 'iv7 | VII7 | IIImaj7 | VImaj7 | iiø7 | V7 | i6 | V7', weight: 4 },
    ],
    cadences: { major: 'ii7 V7 | I6', minor: 'iiø7 V7 | i6' },
    turnaroundPercent: 30,
    secondaryDominantPercent: 6,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit'], energy: [54, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [40, 100] },
    { role: 'bass', instruments: ['acoustic-bass', 'electric-bass-finger'], energy: [58, 100] },
    { role: 'chords', instruments: ['acoustic-guitar-nylon'] },
    { role: 'chords', instruments: ['acoustic-guitar-steel'], energy: [56, 100] },
    { role: 'lead', instruments: ['voice-oohs', 'flute', 'clarinet', 'trombone'], energy: [44, 100] },
    { role: 'counter', instruments: ['choir-aahs', 'trombone', 'flute'], energy: [72, 100], percent: 80 },
  ],
  drums: {
    grids: [
      {
        weight: 2,
        lines: {
          'open-surdo': '....X.......X...',
          'muted-surdo': 'x.......x.......',
          'closed-hi-hat': 'XggxXggxXggxXggx',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: { 'open-surdo': '....X..x....X..x', 'muted-surdo': 'x..g....x..g....', snare: 'xggxgxggxgxgxggx' },
      },
    ],
    fills: [
      { lines: { snare: 'x.x.xx.xx.xxXXXX', 'open-surdo': '............X...' } },
      { lines: { snare: '........X.xxX.X.', 'high-timbale': '........x..xx.x.' } },
    ],
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  percussion: [
    {
      grid: 'x.x.x.xx.x.x.xx.',
      lines: {
        'side-stick': 'x.x.x.xx.x.x.xx.',
        tambourine: 'XggxXggxXggxXggx',
        'high-agogo': 'x.x...x.x..x....',
        'low-agogo': '....x.......x.x.',
        'open-cuica': '..o...?...o.....',
        shaker: 'xgggxgggxgggxggg',
      },
    },
    {
      grid: 'x.x.x.xx.x.x.xx.',
      lines: {
        'side-stick': 'x.x.x.xx.x.x.xx.',
        cabasa: 'XggxXggxXggxXggx',
        'high-agogo': '....x...x.x.....',
        'low-agogo': 'x.......x...x.x.',
        'muted-cuica': '..?.o...?..o..?.',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 5, grid: 'R--R5--5R--R5--5' },
      { weight: 3, grid: 'R--.5--RR--.5--a' },
      { weight: 2, grid: 'R-.R8-.55-.R8-.a' },
    ],
    kickLockPercent: 0,
    gatePercent: 88,
  },
  comping: {
    lowest: 54,
    highest: 79,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 4, grid: 'x.x.x.xx.x.x.xx.', gatePercent: 62 },
      { weight: 3, grid: 'X.xgx.xx.xgx.xx.', gatePercent: 56 },
      { weight: 3, grid: 'x--x--x---x--x--', gatePercent: 80 },
    ],
    anticipatePercent: 60,
  },
  pad: { lowest: 54, highest: 77, voices: 3, motion: 'hold' },
  melody: {
    lowest: 59,
    highest: 79,
    cells: [
      { cell: '.xx-x-xx-x-x----', weight: 3 },
      { cell: 'x-xx-x-xx-------', weight: 3 },
      { cell: '..x-xx-x-x-xx---', weight: 3 },
      { cell: 'x--x--x-.xx-x---', weight: 3 },
      { energy: [70, 100], cell: 'x-xxx-xx-x-xx-x-', weight: 3 },
      { meter: '2/4', cell: '.xx-x-x-', weight: 3 },
      { meter: '2/4', cell: 'x-xx-x--', weight: 3 },
      { meter: '2/4', cell: 'x--x--x-', weight: 3 },
      { meter: '2/4', cell: 'xxx-x---', weight: 2 },
      { meter: '2/4', cell: 'x-x-xxx-', weight: 2 },
    ],
    closes: [
      { cell: 'x-xx-x----------' },
      { cell: '.xx-x-------....' },
      { meter: '2/4', cell: 'x-x-----' },
      { meter: '2/4', cell: 'x-------' },
    ],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 8,
    intervals: { repeat: 2, step: 6, third: 3, leap: 1.4 },
    chordTonePercent: 82,
    gatePercent: 84,
    counter: 'thirds',
  },
  mix: { ...ROOM_MIX, percussion: placed(-40, 18, 24), drums: placed(-30, 0, 24) },
  ending: 'hit',
};
