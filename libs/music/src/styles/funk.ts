import { KIT_FILLS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Everything on the one. */
export const funk: StyleData = {
  id: 'funk',
  name: 'Funk',
  description:
    'One-chord vamps of ninths, interlocking sixteenths of muted guitar, clavinet and slap bass, ghosted snare, horn punches',
  aliases: ['funk music', 'p-funk', 'funk rock', 'g funk', 'g-funk', 'jazz funk', 'boogie'],
  sources: [
    'A. Danielsen, Presence and Pleasure: The Funk Grooves of James Brown and Parliament (2006): the one, counter-rhythm, extended vamps',
    'J. Payne & H. Weinger, The Great Drummers of R&B, Funk and Soul (2006): ghost notes, displaced back-beats',
    'R. Vincent, Funk: The Music, the People, and the Rhythm of the One (1996)',
  ],
  tempoBpm: { lowest: 92, highest: 118, default: 104 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 54, unit: 'sixteenth' },
  modes: [
    { mode: 'dorian', weight: 6 },
    { mode: 'mixolydian', weight: 4 },
    { mode: 'minor', weight: 1 },
  ],
  defaultKey: { tonic: 'E', mode: 'dorian' },
  defaultBars: 64,
  forms: [
    formOf('intro 4 50, a 16 66, bridge 8 78, a 16 72, break 4 46, a 8 80, bridge 8 88'),
    formOf('intro 4 50, a 8 66, bridge 8 80, break 4 46, a 8 86'),
  ],
  scales: [
    { name: 'blues', mode: 'dorian', degrees: [0, 3, 5, 6, 7, 10], weight: 1 },
    { name: 'minor pentatonic', mode: 'dorian', degrees: [0, 3, 5, 7, 10], weight: 2 },
    { name: 'minor pentatonic', mode: 'minor', degrees: [0, 3, 5, 7, 10] },
    { name: 'mixolydian with blue third', mode: 'mixolydian', degrees: [0, 2, 3, 4, 5, 7, 9, 10] },
  ],
  harmony: {
    progressions: [
      { tonality: 'minor', modes: ['dorian'], chords: 'i9', weight: 5 },
      { tonality: 'minor', modes: ['dorian'], chords: 'i7 | i7 | i7 | IV9', weight: 3 },
      {
        tonality: 'minor',
        modes: ['dorian'],
        sections: ['bridge', 'b', 'chorus'],
        chords: 'IV9 | IV9 | i7 | i7',
        weight: 4,
      },
      { tonality: 'minor', chords: 'i7 | i7 | iv7 | i7', weight: 4 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I9', weight: 4 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I9 | I9 | I9 | IV9', weight: 3 },
      {
        tonality: 'major',
        modes: ['mixolydian'],
        sections: ['bridge', 'b', 'chorus'],
        chords: 'IV9 | IV9 | I9 | I9',
        weight: 3,
      },
      { tonality: 'major', chords: 'I | I | IV7 | I', weight: 4 },
      { tonality: 'major', chords: 'I6 | ii7 | I6 | ii7', weight: 2 },
    ],
    cadences: { major: 'V | I', minor: 'iv7 v7 | i7', dorian: 'i7 IV9 | i7', mixolydian: 'IV9 | I9' },
    turnaroundPercent: 5,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['standard-kit', 'room-kit'] },
    { role: 'bass', instruments: ['slap-bass-1', 'electric-bass-finger', 'slap-bass-2'], energy: [40, 100] },
    { role: 'chords', instruments: ['electric-guitar-muted'] },
    { role: 'chords', instruments: ['clavinet', 'drawbar-organ'], energy: [58, 100] },
    { role: 'lead', instruments: ['tenor-sax', 'trumpet', 'lead-2-sawtooth'], energy: [60, 100] },
    { role: 'counter', instruments: ['brass-section'], energy: [66, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [70, 100], percent: 75 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 60],
        weight: 2,
        lines: { kick: 'X.....x...X.....', snare: '....X..g.g..X..g', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [45, 100],
        weight: 4,
        lines: { kick: 'X.x...x...x..x..', snare: '....X..g.g.gX..g', 'closed-hi-hat': 'xgxgxgxgxgxgxgxg' },
      },
      {
        energy: [60, 100],
        weight: 4,
        lines: {
          kick: 'X..x..x..xx..x..X.x....x..X.....',
          snare: '....X.gg.g.gX.gg....X.gg.gX..g.x',
          'closed-hi-hat': 'xxxxx.xxxxxxx.xx',
          'open-hi-hat': '.....x.......x..',
        },
      },
      {
        sections: ['break'],
        lines: { kick: 'X.....x...X..x..', snare: '....X..g.g..X..g', 'closed-hi-hat': 'x.xxx.xxx.xxx.xx' },
      },
    ],
    fills: KIT_FILLS,
    crash: true,
    backbeatLateTicks: 5,
    looseTicks: 3,
  },
  percussion: [
    {
      grid: 'x..x..x...x.x...',
      lines: {
        'open-high-conga': '......x.......xx',
        'muted-high-conga': 'g.g.x.g.g.g.x.g.',
        cowbell: 'x...x...x...x...',
        tambourine: '....x.......x...',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 3, grid: 'R-.8..R.R.5.7.8.' },
      { weight: 3, grid: 'R..R.8..7.R.5.a.R..R.8..R-......' },
      { weight: 3, grid: 'R-....8.R..R.57.' },
      { energy: [60, 100], weight: 3, grid: 'R.R8..R8.RR.7.5a' },
      { energy: [0, 60], weight: 2, grid: 'R-....R.....7.8.' },
    ],
    kickLockPercent: 35,
    gatePercent: 62,
  },
  comping: {
    lowest: 57,
    highest: 79,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 4, grid: '..g.x.gg..X.g.x.', gatePercent: 36 },
      { weight: 3, grid: 'gxgXgxggXgxgXggx', gatePercent: 36 },
      { weight: 3, grid: '....X.......X.x.', gatePercent: 40 },
      { energy: [60, 100], weight: 3, grid: 'X..xg.Xg.gx.X.gg', gatePercent: 40 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 54, highest: 77, voices: 3, motion: 'hold' },
  melody: {
    lowest: 57,
    highest: 77,
    cells: [
      { cell: 'x.x..x.x..x.....', weight: 3 },
      { cell: '..x.xx.x..x.x-..', weight: 3 },
      { cell: 'x-.x.x-.....x.x.', weight: 3 },
      { cell: 'xx.x..x-........', weight: 2 },
      { energy: [75, 100], cell: 'x.xx.x.xx.x.x-x.', weight: 3 },
    ],
    closes: [{ cell: 'x.x.x-..........' }, { cell: '..x.x.x-........' }],
    motifBars: [
      { bars: 2, weight: 2 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 24,
    intervals: { repeat: 3, step: 4, third: 4, leap: 1.2 },
    chordTonePercent: 78,
    gatePercent: 62,
    counter: 'answer',
    slidePercent: 10,
  },
  mix: { ...BAND_MIX, bass: placed(-10, 0, 2), chords: placed(-50, -44, 8) },
  ending: 'hit',
};
