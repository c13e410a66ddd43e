import { JAZZ_FORMS } from './shared/form-of';
import { ROOM_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Fast heads in unison over rhythm changes. */
export const bebop: StyleData = {
  id: 'bebop',
  name: 'Bebop',
  description:
    'Very fast swing: angular eighth-note lines of sax and trumpet in unison, chromatic walking bass, dropped bombs, sparse comping',
  aliases: ['be bop', 'bop', 'hard bop', 'post bop', 'post-bop', 'fast jazz', 'modern jazz'],
  sources: [
    'T. Owens, Bebop: The Music and Its Players (1995): formulas, accents, unison heads',
    'S. DeVeaux, The Birth of Bebop (1997)',
    'J. Riley, The Art of Bop Drumming (1994): ride, comping between snare and kick',
    'A. Friberg & A. Sundstroem, "Swing ratios and ensemble timing in jazz performance", Music Perception 19(3), 2002: nearly even eighths at fast tempos',
  ],
  tempoBpm: { lowest: 184, highest: 280, default: 224 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 57, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 7 },
    { mode: 'minor', weight: 3 },
  ],
  defaultKey: { tonic: 'Bb', mode: 'major' },
  defaultBars: 64,
  forms: JAZZ_FORMS,
  harmony: {
    progressions: [
      {
        tonality: 'major',
        chords: 'I6 VI7 | ii7 V7 | iii7 VI7 | ii7 V7 | I6 I7 | IV6 #iv°7 | I6 VI7 | ii7 V7',
        weight: 4,
      },
      {
        tonality: 'major',
        chords: 'Imaj7 | iiø7/vi V7/vi | vi7 II7 | v7 I7 | IVmaj7 | iv7 bVII7 | iii7 biii7 | ii7 V7',
        weight: 3,
      },
      { tonality: 'major', chords: 'Imaj7 | ii7 V7 | Imaj7 VI7 | ii7 V7', weight: 3 },
      {
        tonality: 'major',
        sections: ['b', 'bridge'],
        chords: 'III7 | III7 | VI7 | VI7 | II7 | II7 | V7 | V7',
        weight: 4,
      },
      { tonality: 'minor', chords: 'i6 | iiø7 V7b9 | i6 | iiø7 V7b9', weight: 4 },
      { tonality: 'minor', chords: 'i6 V7b9 | i6 | iv7 VII7 | IIImaj7 VImaj7 | iiø7 | V7b9 | i6 | V7b9', weight: 3 },
      {
        tonality: 'minor',
        sections: ['b', 'bridge'],
        chords: 'iv7 | VII7 | IIImaj7 | IIImaj7 | iiø7 | V7b9 | i6 | V7b9',
        weight: 3,
      },
    ],
    cadences: { major: 'ii7 V7 | I6', minor: 'iiø7 V7b9 | i6' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 4,
    tritoneSubstitutePercent: 16,
  },
  band: [
    { role: 'drums', instruments: ['jazz-kit'] },
    { role: 'bass', instruments: ['acoustic-bass'] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'electric-guitar-jazz'] },
    { role: 'lead', instruments: ['alto-sax', 'tenor-sax'], energy: [45, 100] },
    { role: 'counter', instruments: ['trumpet', 'trombone'], energy: [54, 70] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 70],
        weight: 3,
        lines: {
          ride: 'X...X.x.X...X.x.',
          'pedal-hi-hat': '....x.......x...',
          kick: 'g...g...g...g...',
          snare: '......h...o.....',
        },
      },
      {
        energy: [45, 100],
        weight: 3,
        lines: {
          ride: 'X...X.x.X...X.x.',
          'pedal-hi-hat': '....x.......x...',
          kick: 'g.....o.g...g.?...g...o...g.X...',
          snare: '..h...o...h...o.o..h..o...o...h.',
        },
      },
      {
        energy: [70, 100],
        weight: 3,
        lines: {
          ride: 'X.x.X.x.X...X.x.',
          'pedal-hi-hat': '....x.......x...',
          kick: '......X...?.....X.....o.......X.',
          snare: 'h.o...h.o.o...h...o.h...o.h.o.o.',
        },
      },
    ],
    fills: [
      { lines: { snare: '........x.x.xxX.', kick: '..............X.' } },
      { energy: [60, 100], lines: { snare: 'x.xx.xx.x.xx.xX.', kick: '..............X.' } },
    ],
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 5,
  },
  percussion: [{ grid: '....x.......x...' }],
  bass: {
    lowest: 28,
    highest: 55,
    figures: [
      { weight: 5, grid: 'R---w---w---a---' },
      { weight: 3, grid: 'R---w---5---a---' },
      { weight: 2, grid: 'R---3---w---d---' },
    ],
    kickLockPercent: 0,
    gatePercent: 90,
  },
  comping: {
    lowest: 52,
    highest: 77,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 3, grid: '......X.......X.', gatePercent: 46 },
      { weight: 3, grid: 'X-....x.........', gatePercent: 50 },
      { weight: 3, grid: '..x.......X-....', gatePercent: 50 },
      { weight: 2, grid: 'X.....x.....x...', gatePercent: 46 },
    ],
    anticipatePercent: 70,
  },
  pad: { lowest: 52, highest: 76, voices: 3, motion: 'hold' },
  melody: {
    lowest: 56,
    highest: 81,
    cells: [
      { cell: 'x-x-x-x-x-x-x-x-', weight: 4 },
      { cell: '..x-x-x-x-x-x-x-', weight: 4 },
      { cell: 'x-x-x-x-x-x-..x-', weight: 3 },
      { cell: 'x-xxx-x-x-x-x-x-', weight: 3 },
      { cell: '..x-x-xxx-x-x-..', weight: 3 },
      { energy: [0, 64], cell: 'x-..x-x-..x-..x-', weight: 4 },
    ],
    closes: [{ cell: 'x-x-x-x-........' }, { cell: '..x-x-x-x-......' }, { cell: 'x-x-x-..........' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 10,
    intervals: { repeat: 0.3, step: 6, third: 3, leap: 1.8 },
    chordTonePercent: 70,
    gatePercent: 86,
    counter: 'heterophony',
    ornaments: [{ kind: 'upper-mordent', percent: 6 }],
  },
  scales: [
    { name: 'major bebop', mode: 'major', degrees: [0, 2, 4, 5, 7, 8, 9, 11] },
    { name: 'minor bebop', mode: 'minor', degrees: [0, 2, 3, 5, 7, 8, 9, 10, 11] },
  ],
  mix: ROOM_MIX,
  ending: 'hit',
};
