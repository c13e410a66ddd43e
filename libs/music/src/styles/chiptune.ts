import { MACHINE_FILLS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Two pulse waves, a triangle and noise. */
export const chiptune: StyleData = {
  id: 'chiptune',
  name: 'Chiptune',
  description:
    'Square-wave lead, rapid arpeggios standing in for chords, galloping triangle bass and noise drums, bright fast loops',
  aliases: [
    'chip tune',
    'chip music',
    '8 bit',
    '8-bit music',
    '8 bit music',
    'nes music',
    'game boy music',
    'bitpop',
    'nintendocore',
    'retro game',
  ],
  sources: [
    'N. Altice, I Am Error: The Nintendo Family Computer / Entertainment System Platform (2015), on the 2A03 sound chip',
    'K. Collins, Game Sound (2008), ch. 2 and 3: arpeggios for chords, loops, five channels',
    'K. Driscoll & J. Diaz, "Endless Loop: A Brief History of Chiptunes", Transformative Works and Cultures 2, 2009',
  ],
  tempoBpm: { lowest: 128, highest: 180, default: 150 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'major', weight: 5 },
    { mode: 'minor', weight: 4 },
    { mode: 'mixolydian', weight: 1 },
  ],
  defaultKey: { tonic: 'C', mode: 'major' },
  defaultBars: 48,
  forms: [
    formOf('intro 4 50, a 8 64, a 8 70, b 8 84, c 8 58, b 8 92, outro 4 60'),
    formOf('intro 4 48, a 8 66, b 8 86, a 8 72, b 8 92'),
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | V | vi | IV', weight: 3 },
      { tonality: 'major', chords: 'I | bVI bVII | I | bVI bVII', weight: 2 },
      { tonality: 'major', chords: 'IV | V | iii | vi | IV | V | I | I', weight: 3 },
      { tonality: 'major', chords: 'I | ii | V | I', weight: 3 },
      { tonality: 'minor', chords: 'i | VI | VII | i', weight: 4 },
      { tonality: 'minor', chords: 'i | VII | VI | V', weight: 3 },
      { tonality: 'minor', chords: 'VI VII | i | VI VII | i', weight: 3 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I | bVII | IV | I', weight: 3 },
    ],
    cadences: { major: 'bVI bVII | I', minor: 'VI VII | i' },
    turnaroundPercent: 20,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit'], energy: [44, 100] },
    { role: 'bass', instruments: ['synth-bass-1', 'synth-bass-2'] },
    { role: 'chords', instruments: ['lead-1-square'] },
    { role: 'lead', instruments: ['lead-1-square'] },
    { role: 'counter', instruments: ['lead-1-square', 'lead-2-sawtooth'], energy: [60, 100] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 70],
        weight: 2,
        lines: { kick: 'X.....x.X.......', 'electric-snare': '....X.......X...', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [55, 100],
        weight: 3,
        lines: { kick: 'X.x...x.X.x...x.', 'electric-snare': '....X.......X..x', 'closed-hi-hat': 'xgxgxgxgxgxgxgxg' },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: { kick: 'X...X...X...X...', 'electric-snare': '....X.x.....X.xx', 'open-hi-hat': '..x...x...x...x.' },
      },
    ],
    fills: [{ lines: { 'electric-snare': '........xxxxXXXX' } }, ...MACHINE_FILLS],
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 0,
  },
  percussion: [{ grid: 'x.x.x.x.x.x.x.x.' }],
  bass: {
    lowest: 33,
    highest: 57,
    figures: [
      { weight: 3, grid: 'R.RRR.RRR.RRR.RR' },
      { weight: 3, grid: 'R.8.R.8.R.8.R.8.' },
      { weight: 3, grid: 'R.5.8.5.R.5.8.5.' },
      { energy: [70, 100], weight: 3, grid: 'RR8RRR8RRR8RRR8a' },
    ],
    kickLockPercent: 0,
    gatePercent: 82,
  },
  comping: {
    lowest: 60,
    highest: 86,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 5, grid: '1231231231231231', gatePercent: 90 },
      { weight: 4, grid: '1232123212321232', gatePercent: 90 },
      { energy: [0, 66], weight: 3, grid: '1.2.3.2.1.2.3.2.', gatePercent: 70 },
      { energy: [70, 100], weight: 2, grid: '123.123.123.1231', gatePercent: 90 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 52, highest: 76, voices: 3, motion: 'hold' },
  melody: {
    lowest: 67,
    highest: 91,
    cells: [
      { cell: 'x.x.x-x-x.x.x---', weight: 3 },
      { cell: 'x-xxx-x-x---x-x-', weight: 3 },
      { cell: 'x--x--x-x-x-x---', weight: 3 },
      { cell: 'xxx-x-x-xxx-x---', weight: 3 },
      { cell: 'x---x-xxx-x-x-x-', weight: 3 },
      { energy: [76, 100], cell: 'x-x-xxxxx-x-xxxx', weight: 3 },
    ],
    closes: [{ cell: 'x-x-x-------....' }, { cell: 'xxx-x-x-x---....' }],
    motifBars: [
      { bars: 2, weight: 4 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 2,
    intervals: { repeat: 2, step: 5, third: 3, leap: 2.4 },
    chordTonePercent: 90,
    gatePercent: 78,
    counter: 'thirds',
    ornaments: [{ kind: 'trill', percent: 3 }],
  },
  mix: { ...CLUB_MIX, chords: placed(-90, -40, 0), lead: placed(-30, 20, 4, 24), counter: placed(-80, 44, 4) },
  ending: 'hit',
};
