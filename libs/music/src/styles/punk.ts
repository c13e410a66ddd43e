import { KIT_FILLS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { BAND_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Three chords, down-strokes, no solo. */
export const punk: StyleData = {
  id: 'punk',
  name: 'Punk',
  description:
    'Very fast down-stroked power chords over I, IV and V, polka-like snare drive, shouted narrow melodies, short form',
  aliases: ['punk rock', 'pop punk', 'hardcore punk', 'hardcore', 'skate punk', 'street punk', 'garage punk'],
  sources: [
    'D. B. Easley, "Riff Schemes, Form, and the Genre of Early American Hardcore Punk (1978-83)", Music Theory Online 21(1), 2015',
    'D. Laing, One Chord Wonders: Power and Meaning in Punk Rock (1985)',
  ],
  tempoBpm: { lowest: 160, highest: 208, default: 182 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'eighth' },
  modes: [
    { mode: 'major', weight: 6 },
    { mode: 'minor', weight: 2 },
  ],
  defaultKey: { tonic: 'A', mode: 'major' },
  defaultBars: 64,
  forms: [
    formOf('intro 4 66, verse 16 70, chorus 8 92, verse 16 74, chorus 8 96, bridge 4 60, chorus 8 98'),
    formOf('intro 4 64, verse 8 70, chorus 8 92, verse 8 74, chorus 8 98'),
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | IV | V | V', weight: 4 },
      { tonality: 'major', chords: 'I | I | IV | V', weight: 4 },
      { tonality: 'major', chords: 'I V | vi IV', weight: 3 },
      { tonality: 'major', sections: ['chorus'], chords: 'I | V | IV | V', weight: 3 },
      { tonality: 'major', sections: ['bridge'], chords: 'vi | IV | vi | V', weight: 3 },
      { tonality: 'minor', chords: 'i | VI | VII | i', weight: 3 },
      { tonality: 'minor', chords: 'i | i | III | VII', weight: 3 },
    ],
    cadences: { major: 'IV V | I', minor: 'VI VII | i' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['power-kit', 'standard-kit'] },
    { role: 'bass', instruments: ['electric-bass-pick'] },
    { role: 'chords', instruments: ['distortion-guitar', 'overdriven-guitar'] },
    { role: 'lead', instruments: ['overdriven-guitar', 'lead-6-voice'], energy: [62, 100] },
    { role: 'counter', instruments: ['voice-oohs', 'overdriven-guitar'], energy: [88, 100] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 75],
        weight: 2,
        lines: { kick: 'X...X...X...X...', snare: '..X...X...X...X.', 'closed-hi-hat': 'X...X...X...X...' },
      },
      { weight: 3, lines: { kick: 'X...X.x.X...X.x.', snare: '..X...X...X...X.', ride: 'X...X...X...X...' } },
      {
        energy: [50, 100],
        weight: 3,
        lines: { kick: 'X..xX...X..xX...', snare: '....X.......X...', 'closed-hi-hat': 'X.X.X.X.X.X.X.X.' },
      },
      {
        energy: [80, 100],
        weight: 2,
        lines: { kick: 'X...X...X...X...', snare: '..X...X...X...X.', crash: 'X...X...X...X...' },
      },
      { sections: ['intro'], lines: { kick: 'X...X...X...X...', snare: '....X.......X...' } },
    ],
    fills: KIT_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 5,
  },
  percussion: [{ grid: '....x.......x...' }],
  bass: {
    lowest: 28,
    highest: 47,
    figures: [
      { weight: 4, grid: 'R-R-R-R-R-R-R-R-' },
      { weight: 2, grid: 'R-R-R-R-R-R-d-a-' },
      { weight: 2, grid: 'R-R-5-R-R-R-5-d-' },
    ],
    kickLockPercent: 0,
    gatePercent: 84,
  },
  comping: {
    lowest: 40,
    highest: 67,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 4, grid: 'X-X-X-X-X-X-X-X-', gatePercent: 84 },
      { sections: ['intro'], grid: 'X---X---X-X-X---', gatePercent: 80 },
      { energy: [60, 100], weight: 2, grid: 'X-XXX-XXX-XXX-XX', gatePercent: 76 },
      { energy: [0, 70], weight: 3, grid: 'X-g-g-g-X-g-g-g-', gatePercent: 60 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 50, highest: 72, voices: 3, motion: 'hold' },
  melody: {
    lowest: 59,
    highest: 74,
    cells: [
      { cell: 'x-x-x-x-x-x-x-..', weight: 4 },
      { cell: 'x---x-x-x---x---', weight: 3 },
      { cell: '..x-x-x-x-x-x-x-', weight: 3 },
      { energy: [85, 100], cell: 'x---x---x-----x-', weight: 3 },
      { cell: 'x-x-x---x-x-x---', weight: 2 },
    ],
    closes: [{ cell: 'x-x-x---........' }, { cell: 'x---x-------....' }],
    motifBars: [
      { bars: 2, weight: 2 },
      { bars: 1, weight: 3 },
    ],
    restPercent: 6,
    intervals: { repeat: 6, step: 5, third: 2, leap: 0.5 },
    chordTonePercent: 84,
    gatePercent: 88,
    counter: 'thirds',
  },
  mix: { ...BAND_MIX, drums: placed(0, 0, 14), chords: placed(-35, -50, 8) },
  ending: 'hit',
};
