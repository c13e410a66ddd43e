import { SOFT_FILLS } from './shared/drum-parts';
import { JAZZ_FORMS } from './shared/form-of';
import { ROOM_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Rio's quiet samba. */
export const bossaNova: StyleData = {
  id: 'bossa-nova',
  name: 'Bossa nova',
  description:
    'Nylon guitar in syncopated batida with the thumb on the beat, rim-click clave, soft flute or voice over sixths and ninths',
  aliases: ['bossa', 'bossanova', 'brazilian jazz', 'jazz samba', 'latin lounge'],
  sources: [
    'N. Faria, The Brazilian Guitar Book (1995): batida patterns, chord voicings',
    'S. L. Perrone & C. Dunn (eds.), Brazilian Popular Music and Globalization (2001)',
    'D. Treece, "Guns and Roses: bossa nova and Brazil\'s music of popular protest, 1958-68", Popular Music 16(1), 1997',
  ],
  tempoBpm: { lowest: 112, highest: 150, default: 132 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 7 },
    { mode: 'minor', weight: 3 },
  ],
  defaultKey: { tonic: 'F', mode: 'major' },
  defaultBars: 64,
  forms: JAZZ_FORMS,
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'Imaj7 | Imaj7 | II7 | II7 | ii7 | bII7 | Imaj7 | bII7', weight: 4 },
      { tonality: 'major', chords: 'Imaj9 | #i°7 | ii9 | V13', weight: 4 },
      { tonality: 'major', chords: 'I69 | I69 | ii9 | V7b9 | iii7 | VI7b9 | ii9 | V13', weight: 3 },
      {
        tonality: 'major',
        sections: ['b', 'bridge'],
        chords: 'IVmaj7 | bVII9 | iii7 | VI7b9 | ii9 | iv6 | iii7 VI7b9 | ii9 V13',
        weight: 4,
      },
      { tonality: 'minor', chords: 'i69 | i69 | iiø7 | V7b9', weight: 3 },
      { tonality: 'minor', chords: 'i9 | VImaj7 | iiø7 | V7b9', weight: 3 },
      {
        tonality: 'minor',
        sections: ['b', 'bridge'],
        chords: 'iv7 | VII9 | IIImaj7 | VImaj7 | iiø7 | V7b9 | i6 | V7b9',
        weight: 3,
      },
    ],
    cadences: { major: 'ii9 V13 | Imaj9', minor: 'iiø7 V7b9 | i6' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 4,
    tritoneSubstitutePercent: 14,
  },
  band: [
    { role: 'drums', instruments: ['brush-kit', 'jazz-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['acoustic-bass', 'electric-bass-finger'] },
    { role: 'chords', instruments: ['acoustic-guitar-nylon'] },
    { role: 'chords', instruments: ['acoustic-grand-piano', 'electric-piano-1'], energy: [62, 100], percent: 70 },
    { role: 'lead', instruments: ['flute', 'tenor-sax', 'voice-oohs'], energy: [44, 100] },
    { role: 'pad', instruments: ['string-ensemble-2'], energy: [66, 100], percent: 60 },
    { role: 'percussion', instruments: ['standard-kit'], energy: [54, 100] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 68],
        weight: 3,
        lines: {
          kick: 'x.....g.x.....g.',
          'side-stick': 'x.....x.....x.......x.....x.....',
          'closed-hi-hat': 'g.g.g.g.g.g.g.g.',
        },
      },
      {
        energy: [50, 100],
        weight: 3,
        lines: {
          kick: 'x.....x.x.....x.',
          'side-stick': 'x.....x.....x.......x...x.......',
          ride: 'x.g.x.g.x.g.x.g.',
          'pedal-hi-hat': '....g.......g...',
        },
      },
    ],
    fills: SOFT_FILLS,
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 4,
  },
  percussion: [
    {
      grid: 'x.g.x.g.x.g.x.g.',
      lines: { cabasa: 'x.g.x.g.x.g.x.g.', 'open-triangle': '............x...', 'muted-triangle': 'g.g.g.g.g.g...g.' },
    },
  ],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 5, grid: 'R-----5-5-----R-' },
      { weight: 3, grid: 'R-----R-5-----5-' },
      { energy: [60, 100], weight: 2, grid: 'R-----5-8-----a-' },
    ],
    kickLockPercent: 0,
    gatePercent: 92,
  },
  comping: {
    lowest: 52,
    highest: 76,
    voices: 4,
    rootless: true,
    figures: [
      { weight: 5, grid: 'x-....x-....x---..x-....x---..x-', gatePercent: 70 },
      { weight: 3, grid: 'x---..x---..x-..', gatePercent: 74 },
      { weight: 3, grid: '..x---x---..x---..x---..x---x---', gatePercent: 74 },
    ],
    anticipatePercent: 60,
  },
  pad: { lowest: 55, highest: 81, voices: 3, motion: 'swell' },
  melody: {
    lowest: 60,
    highest: 79,
    cells: [
      { cell: '..x-x---x---x---', weight: 3 },
      { cell: 'x-----x-----x-x-', weight: 3 },
      { cell: '....x-x-x-x---x-', weight: 3 },
      { cell: '..x---x---x---x-', weight: 3 },
      { cell: 'x-x-x-x-..x-----', weight: 3 },
      { energy: [72, 100], cell: 'x-x-x-x-x-x-..x-', weight: 2 },
    ],
    closes: [{ cell: '..x-x-----------' }, { cell: 'x---x-----......' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 18,
    intervals: { repeat: 2.4, step: 6, third: 2.2, leap: 1 },
    chordTonePercent: 68,
    gatePercent: 92,
    counter: 'guide-tones',
  },
  mix: ROOM_MIX,
  ending: 'ring',
};
