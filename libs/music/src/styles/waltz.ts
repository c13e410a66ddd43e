import { CONCERT_DRUMS, TIMPANI } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { HALL_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Vienna in three-four. */
export const waltz: StyleData = {
  id: 'waltz',
  name: 'Waltz',
  description:
    'Viennese oom-pah-pah in 3/4: bass on one, chords on two and three, sweeping violin tunes in sixteen-bar strains',
  aliases: [
    'viennese waltz',
    'waltzes',
    'musette waltz',
    'valse',
    'vals',
    'ländler',
    'landler',
    'ballroom waltz',
    'slow waltz',
  ],
  sources: [
    'E. McKee, Decorum of the Minuet, Delirium of the Waltz (2012): two-bar hypermetre, accompaniment, strains',
    'D. Yaraman, Revolving Embrace: The Waltz as Sex, Steps, and Sound (2002)',
    'S. Adler, The Study of Orchestration (4th ed., 2016)',
  ],
  tempoBpm: { lowest: 108, highest: 186, default: 156 },
  meters: [{ numerator: 3, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 8 },
    { mode: 'minor', weight: 2 },
  ],
  defaultKey: { tonic: 'D', mode: 'major' },
  defaultBars: 64,
  forms: [
    formOf('intro 4 34, a 16 56, b 16 74, a 16 62, coda 12 84'),
    formOf('intro 4 34, a 8 56, b 8 74, a 8 64, coda 4 82'),
  ],
  harmony: {
    parallels: 'avoided',
    progressions: [
      { tonality: 'major', chords: 'I | I | V7 | V7 | V7 | V7 | I | I', weight: 4 },
      { tonality: 'major', chords: 'I | I | ii | ii | V7 | V7 | I | V7', weight: 4 },
      { tonality: 'major', sections: ['b'], chords: 'IV | IV | I | I | V7 | V7 | I | I7', weight: 3 },
      { tonality: 'major', sections: ['b'], chords: 'vi | vi | V7/vi | vi | ii | V7 | I | I', weight: 3 },
      { tonality: 'minor', chords: 'i | i | V7 | V7 | V7 | V7 | i | i', weight: 4 },
      { tonality: 'minor', chords: 'i | iv | V7 | i', weight: 3 },
      { tonality: 'minor', sections: ['b'], chords: 'III | III | VII | III | iv | i | V7 | i', weight: 3 },
    ],
    cadences: { major: 'ii V7 | I | I', minor: 'iv V7 | i | i' },
    turnaroundPercent: 30,
    secondaryDominantPercent: 8,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'bass', instruments: ['contrabass', 'acoustic-bass'] },
    { role: 'chords', instruments: ['string-ensemble-1', 'acoustic-grand-piano', 'accordion'] },
    { role: 'chords', instruments: ['french-horn', 'orchestral-harp'], energy: [70, 100] },
    { role: 'lead', instruments: ['violin', 'accordion', 'clarinet'], energy: [40, 100] },
    { role: 'lead', instruments: ['flute', 'clarinet'], energy: [76, 100] },
    { role: 'counter', instruments: ['cello', 'french-horn', 'clarinet'], energy: [56, 100], percent: 80 },
    { role: 'percussion', instruments: ['timpani'], energy: [74, 100] },
  ],
  drums: {
    ...CONCERT_DRUMS,
    grids: [
      ...CONCERT_DRUMS.grids,
      { meter: '3/4', lines: { 'acoustic-kick': 'X...........', snare: '....g...g...' } },
      {
        meter: '3/4',
        energy: [60, 100],
        lines: { 'acoustic-kick': 'X...........', snare: '....x...x.gg', 'open-triangle': '....g...g...' },
      },
    ],
    fills: [...CONCERT_DRUMS.fills, { meter: '3/4', lines: { snare: '....g.g.ggxX' } }],
  },
  percussion: [
    ...TIMPANI,
    { meter: '3/4', grid: 'X...........' },
    { meter: '3/4', energy: [70, 100], grid: 'X...........x...x.x.x.xx' },
  ],
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { weight: 3, grid: 'R-------5-------' },
      { meter: '3/4', weight: 4, grid: 'R---........' },
      { meter: '3/4', weight: 4, grid: 'R---........5---........' },
      { meter: '3/4', energy: [66, 100], weight: 2, grid: 'R---........3---....d---' },
    ],
    kickLockPercent: 0,
    gatePercent: 84,
  },
  comping: {
    lowest: 52,
    highest: 76,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 3, grid: '....x...x...x...', gatePercent: 54 },
      { meter: '3/4', weight: 5, grid: '....x...x...', gatePercent: 54 },
      { meter: '3/4', energy: [60, 100], weight: 2, grid: '....x.g.x.g.', gatePercent: 54 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 62,
    highest: 86,
    cells: [
      { cell: 'x-------x---x---', weight: 3 },
      { cell: 'x---x---x---x-x-', weight: 3 },
      { meter: '3/4', cell: 'x-------x---', weight: 4 },
      { meter: '3/4', cell: 'x---x---x---', weight: 3 },
      { meter: '3/4', cell: 'x-----x-x-x-', weight: 3 },
      { meter: '3/4', cell: 'x-----------', weight: 2 },
      { meter: '3/4', cell: '....x---x---', weight: 3 },
      { meter: '3/4', energy: [66, 100], cell: 'x-x-x-x-x-x-', weight: 3 },
    ],
    closes: [
      { cell: 'x-------x-------' },
      { meter: '3/4', cell: 'x---x---....' },
      { meter: '3/4', cell: 'x-----------' },
    ],
    motifBars: [
      { bars: 2, weight: 5 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 4,
    intervals: { repeat: 1.4, step: 6, third: 2.6, leap: 2 },
    chordTonePercent: 84,
    gatePercent: 92,
    counter: 'guide-tones',
    ornaments: [
      { kind: 'grace-below', percent: 8 },
      { kind: 'turn', percent: 4 },
    ],
  },
  mix: HALL_MIX,
  ending: 'ritardando',
};
