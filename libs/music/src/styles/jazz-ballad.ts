import { JAZZ_FORMS } from './shared/form-of';
import { ROOM_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Slow, with brushes and rich changes. */
export const jazzBallad: StyleData = {
  id: 'jazz-ballad',
  name: 'Jazz ballad',
  description:
    'Brushes stirred slowly, two-feel bass, rubato-like piano voicings with altered dominants, a breathy long-lined horn',
  aliases: [
    'lounge jazz',
    'lounge',
    'torch song',
    'crooner',
    'smooth jazz',
    'late night jazz',
    'ballad jazz',
    'cocktail jazz',
    'jazz noir',
  ],
  sources: [
    'M. Levine, The Jazz Piano Book (1989): ballad voicings, altered dominants, passing diminished',
    'J. Riley, The Art of Bop Drumming (1994), on brushes and ballads',
    'T. Gioia, The Jazz Standards (2nd ed., 2021)',
  ],
  tempoBpm: { lowest: 54, highest: 78, default: 64 },
  meters: [
    { numerator: 4, denominator: 4, weight: 9 },
    { numerator: 3, denominator: 4, weight: 1 },
  ],
  swing: { percent: 62, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 7 },
    { mode: 'minor', weight: 3 },
  ],
  defaultKey: { tonic: 'Eb', mode: 'major' },
  defaultBars: 32,
  forms: JAZZ_FORMS,
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'Imaj7 VI7b9 | ii7 V7b9 | iii7 VI7b9 | ii7 V13', weight: 4 },
      {
        tonality: 'major',
        chords: 'Imaj9 | iv7 bVII9 | Imaj7 | vi7 V7/V | ii9 | V13 | Imaj7 bIIImaj7 | ii7 V7b9',
        weight: 4,
      },
      { tonality: 'major', chords: 'Imaj7 #i°7 | ii7 #ii°7 | iii7 VI7b9 | ii7 V7', weight: 3 },
      {
        tonality: 'major',
        sections: ['b', 'bridge'],
        chords: 'IVmaj7 | iv6 | iii7 | VI7b9 | ii7 | V7/V | ii7 | V7b9',
        weight: 4,
      },
      { tonality: 'minor', chords: 'i6 VI7 | iiø7 V7b9 | i6 | iiø7 V7b9', weight: 4 },
      { tonality: 'minor', chords: 'i7 | iv7 | iiø7 | V7b9 | i7 VImaj7 | iiø7 V7b9 | i6 | V7b9', weight: 3 },
      {
        tonality: 'minor',
        sections: ['b', 'bridge'],
        chords: 'iv7 | VII9 | IIImaj7 | VImaj7 | iiø7 | V7b9 | i6 | V7b9',
        weight: 3,
      },
    ],
    cadences: { major: 'ii9 V13 | Imaj9', minor: 'iiø7 V7b9 | i6' },
    turnaroundPercent: 40,
    secondaryDominantPercent: 8,
    tritoneSubstitutePercent: 14,
  },
  band: [
    { role: 'drums', instruments: ['brush-kit'], energy: [36, 100] },
    { role: 'bass', instruments: ['acoustic-bass'] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'electric-guitar-jazz'] },
    { role: 'lead', instruments: ['tenor-sax', 'muted-trumpet', 'trumpet'], energy: [44, 100] },
    { role: 'pad', instruments: ['string-ensemble-2'], energy: [62, 100], percent: 60 },
    { role: 'counter', instruments: ['clarinet', 'flute', 'trombone'], energy: [70, 100], percent: 50 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 70],
        lines: { snare: 'g...x.g.g...x.g.', 'pedal-hi-hat': '....g.......g...', kick: 'h...............' },
      },
      {
        energy: [55, 100],
        lines: {
          ride: 'x...x.g.x...x.g.',
          'pedal-hi-hat': '....x.......x...',
          snare: 'g.g.g.g.g.g.g.h.',
          kick: 'g.......h.......',
        },
      },
    ],
    fills: [{ lines: { snare: '........g.g.x.gg', ride: '............x...' } }],
    crash: false,
    backbeatLateTicks: 6,
    looseTicks: 8,
  },
  percussion: [{ grid: 'g...g...g...g...' }],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 5, grid: 'R-------5-----a-' },
      { weight: 3, grid: 'R-------w---a---' },
      { energy: [64, 100], weight: 3, grid: 'R---w---w---a---' },
      { energy: [0, 55], weight: 3, grid: 'R---------------' },
    ],
    kickLockPercent: 0,
    gatePercent: 96,
  },
  comping: {
    lowest: 50,
    highest: 77,
    voices: 5,
    rootless: true,
    figures: [
      { weight: 3, grid: 'x---------------', gatePercent: 98 },
      { weight: 3, grid: 'x-------..x-----', gatePercent: 94 },
      { weight: 3, grid: '..x-----g---x---', gatePercent: 92 },
      { weight: 2, grid: '1-2-3-4-5-------', gatePercent: 98 },
    ],
    anticipatePercent: 20,
  },
  pad: { lowest: 55, highest: 79, voices: 3, motion: 'swell' },
  melody: {
    lowest: 56,
    highest: 79,
    cells: [
      { cell: 'x-----x-x---x---', weight: 3 },
      { cell: '..x-x-x---------', weight: 3 },
      { cell: 'x-------x-x-x-x-', weight: 3 },
      { cell: '....x-x-x-x-x---', weight: 3 },
      { cell: 'x---x-x-x-------', weight: 3 },
      { energy: [66, 100], cell: 'x-xxx-x-x-x-xxx-', weight: 3 },
    ],
    closes: [{ cell: 'x---x-----------' }, { cell: 'x-x-x-----------' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 14,
    intervals: { repeat: 0.6, step: 6, third: 3, leap: 2 },
    chordTonePercent: 78,
    gatePercent: 98,
    counter: 'guide-tones',
    slidePercent: 16,
    ornaments: [{ kind: 'turn', percent: 6 }],
  },
  mix: ROOM_MIX,
  ending: 'ritardando',
};
