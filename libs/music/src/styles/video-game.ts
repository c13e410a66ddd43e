import { CONCERT_DRUMS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { HALL_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Towns, overworlds and quests of role-playing games. */
export const videoGame: StyleData = {
  id: 'video-game',
  name: 'Video game',
  description:
    'Adventurous overworld theme: pizzicato and marimba groove, heroic flute and horn melody, borrowed bVI and bVII, loops without a seam',
  aliases: [
    'game music',
    'video game music',
    'vgm',
    'rpg',
    'jrpg',
    'overworld',
    'game soundtrack',
    'adventure game',
    'boss battle',
    'town theme',
    'game',
  ],
  sources: [
    'T. Summers, Understanding Video Game Music (2016)',
    'K. Collins, Game Sound (2008): loops and cues',
    'F. Lehman, Hollywood Harmony (2018), and 8-bit Music Theory, on the bVI-bVII-I ("Mario") cadence',
  ],
  tempoBpm: { lowest: 104, highest: 152, default: 126 },
  meters: [
    { numerator: 4, denominator: 4, weight: 5 },
    { numerator: 3, denominator: 4, weight: 2 },
    { numerator: 6, denominator: 8, weight: 1 },
  ],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 5 },
    { mode: 'lydian', weight: 2 },
    { mode: 'minor', weight: 2 },
    { mode: 'mixolydian', weight: 2 },
  ],
  defaultKey: { tonic: 'G', mode: 'major' },
  defaultBars: 48,
  forms: [
    formOf('intro 4 46, a 8 58, a 8 64, b 8 76, c 8 52, b 8 86, a 4 60'),
    formOf('intro 4 46, a 8 60, b 8 76, a 8 66, b 8 84'),
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | IV | V | I', weight: 3 },
      { tonality: 'major', chords: 'I | Imaj7 | IV | iv', weight: 3 },
      { tonality: 'major', chords: 'I | vi | bVI bVII | I', weight: 4 },
      { tonality: 'major', sections: ['b'], chords: 'IV | V | iii | vi | ii | V | I | I', weight: 4 },
      { tonality: 'major', sections: ['c'], chords: 'vi | iii | IV | V', weight: 3 },
      { tonality: 'major', modes: ['lydian'], chords: 'I | II | I | II', weight: 4 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I | bVII | IV | I', weight: 4 },
      { tonality: 'minor', chords: 'i | VI | VII | i', weight: 4 },
      { tonality: 'minor', chords: 'i | iv | VII | III', weight: 2 },
      { tonality: 'minor', sections: ['b'], chords: 'VI | VII | i | i | VI | VII | III | V', weight: 3 },
    ],
    cadences: { major: 'bVI bVII | I', minor: 'VI VII | i' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 4,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'bass', instruments: ['acoustic-bass', 'contrabass'] },
    { role: 'chords', instruments: ['pizzicato-strings', 'marimba'] },
    { role: 'chords', instruments: ['orchestral-harp', 'acoustic-guitar-nylon', 'celesta'], energy: [50, 100] },
    { role: 'lead', instruments: ['flute', 'ocarina', 'oboe'] },
    { role: 'lead', instruments: ['french-horn', 'trumpet', 'violin'], energy: [72, 100] },
    { role: 'counter', instruments: ['clarinet', 'glockenspiel', 'french-horn'], energy: [54, 100] },
    { role: 'pad', instruments: ['string-ensemble-1'], energy: [60, 100] },
    { role: 'percussion', instruments: ['standard-kit'], energy: [52, 100] },
    { role: 'drums', instruments: ['orchestra-kit'], energy: [74, 100], percent: 70 },
  ],
  drums: { ...CONCERT_DRUMS, crash: true },
  percussion: [
    {
      grid: 'x.xxx.x.x.xxx.x.',
      lines: { snare: 'x.ggx.g.x.ggx.gg', tambourine: '....x.......x...', 'open-triangle': 'x.......x.......' },
    },
    {
      grid: 'x.x.x.x.x.x.x.x.',
      lines: {
        'high-wood-block': 'x...x.x.x...x.x.',
        'low-wood-block': '..x.......x.....',
        shaker: 'g.x.g.x.g.x.g.x.',
      },
    },
  ],
  bass: {
    lowest: 28,
    highest: 52,
    figures: [
      { weight: 3, grid: 'R---5---R---5---' },
      { weight: 3, grid: 'R-..R-5-..R-5-..' },
      { energy: [60, 100], weight: 3, grid: 'R-R-5-R-8-R-5-d-' },
      { weight: 2, grid: 'R--R--5-R--R--5-' },
    ],
    kickLockPercent: 0,
    gatePercent: 76,
  },
  comping: {
    lowest: 55,
    highest: 79,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 3, grid: '1-3-2-3-4-3-2-3-', gatePercent: 60 },
      { weight: 3, grid: '..x-..x-..x-..x-', gatePercent: 50 },
      { weight: 3, grid: '1--2--3-4--3--2-', gatePercent: 66 },
      { energy: [66, 100], weight: 3, grid: 'X--X--X-X--X--X-', gatePercent: 54 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 52, highest: 77, voices: 4, motion: 'hold' },
  melody: {
    lowest: 64,
    highest: 86,
    cells: [
      { cell: 'x-----x-x---x-x-', weight: 3 },
      { cell: 'x--x--x-x-------', weight: 4 },
      { cell: 'x---x-x-x-x-x---', weight: 3 },
      { cell: 'x-x-x---x-x-x---', weight: 3 },
      { energy: [66, 100], cell: 'x-----xxx---x---', weight: 3 },
      { energy: [66, 100], cell: 'x--x--x-x-x-x-x-', weight: 3 },
    ],
    closes: [{ cell: 'x--x--x---------' }, { cell: 'x---x-----------' }],
    motifBars: [
      { bars: 2, weight: 5 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 2,
    intervals: { repeat: 1.2, step: 6, third: 2, leap: 3 },
    chordTonePercent: 90,
    gatePercent: 90,
    counter: 'answer',
    ornaments: [{ kind: 'cut', percent: 5 }],
  },
  mix: { ...HALL_MIX, percussion: placed(-70, 20, 40) },
  ending: 'hit',
};
