import { MACHINE_FILLS } from './shared/drum-parts';
import { CLUB_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Half-time weight at 140. */
export const dubstep: StyleData = {
  id: 'dubstep',
  name: 'Dubstep',
  description:
    'Half-time snare on three at 140 bpm, wobbling bass in triplets and eighths, sparse dark stabs, heavy drops',
  aliases: ['dub step', 'brostep', 'riddim', 'bass music', 'deep dubstep'],
  sources: [
    'R. Snoman, Dance Music Manual (4th ed., 2019), chapter on dubstep: 138 to 142 bpm, half-time, oscillating bass',
    'Wikipedia, "Dubstep"',
    'M. Veal, Dub: Soundscapes and Shattered Songs in Jamaican Reggae (2007), on what the bass owes to dub',
  ],
  tempoBpm: { lowest: 138, highest: 144, default: 140 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 8 },
    { mode: 'phrygian', weight: 2 },
  ],
  defaultKey: { tonic: 'F', mode: 'minor' },
  defaultBars: 64,
  forms: CLUB_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | VI | VI', weight: 3 },
      { tonality: 'minor', chords: 'i | i | i | VII', weight: 3 },
      { tonality: 'minor', chords: 'i | i | VI | v', weight: 3 },
      { tonality: 'minor', sections: ['break', 'intro'], chords: 'i | VI | III | VII', weight: 3 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'i | i | bII | bII', weight: 3 },
      { tonality: 'major', chords: 'I | I | vi | IV', weight: 2 },
    ],
    cadences: { major: 'IV | I', minor: 'VII | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['electronic-kit', 'power-kit'], energy: [38, 100] },
    { role: 'bass', instruments: ['wobble-bass', 'reese-bass'], energy: [50, 100] },
    { role: 'chords', instruments: ['lead-5-charang', 'pad-3-polysynth', 'synth-brass-1'] },
    { role: 'pad', instruments: ['pad-4-choir', 'synth-strings-2', 'pad-6-metallic'], energy: [0, 70] },
    { role: 'lead', instruments: ['lead-5-charang', 'lead-7-fifths', 'synth-voice'], energy: [40, 100] },
    { role: 'fx', instruments: ['reverse-cymbal', 'fx-8-sci-fi'] },
  ],
  drums: {
    grids: [
      {
        energy: [0, 55],
        weight: 2,
        lines: { kick: 'X...............', snare: '........X.......', 'closed-hi-hat': 'x..x..x.x..x..x.' },
      },
      {
        energy: [45, 100],
        weight: 3,
        lines: { kick: 'X.....x...x..x..', snare: '........X.......', 'closed-hi-hat': 'x..x..x.x..x..xx' },
      },
      {
        energy: [65, 100],
        weight: 3,
        lines: {
          kick: 'X..x..........x.X......x..x.....',
          snare: '........X...............X......g',
          'closed-hi-hat': 'X..x..x...x.x...',
          crash: 'x...............................',
        },
      },
      { sections: ['build'], lines: { kick: 'X...X...X...X...', 'electric-snare': 'x.x.x.x.xxxxxxxx' } },
    ],
    fills: MACHINE_FILLS,
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 1,
  },
  percussion: [{ grid: '...x..x......x..' }],
  bass: {
    lowest: 23,
    highest: 43,
    figures: [
      { energy: [0, 60], weight: 2, grid: 'R---------------' },
      { weight: 3, grid: 'R-RRR-R-....RRRR' },
      { weight: 3, grid: 'R--R--R-R-R-RRRR' },
      { energy: [60, 100], weight: 3, grid: 'R-----RRRR--8---R--R--R-....5-R-' },
      { energy: [60, 100], weight: 2, grid: 'RRR.RRR.R-R-8-..' },
    ],
    kickLockPercent: 30,
    gatePercent: 88,
    glidePercent: 35,
  },
  comping: {
    lowest: 48,
    highest: 72,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 3, grid: 'X-......x-......', gatePercent: 70 },
      { energy: [55, 100], weight: 3, grid: 'X-X-....X..X..X-', gatePercent: 64 },
      { energy: [0, 60], weight: 3, grid: '1---2---3---2---', gatePercent: 96 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 48, highest: 74, voices: 4, motion: 'swell' },
  melody: {
    lowest: 57,
    highest: 79,
    cells: [
      { cell: 'x--x--x-....x---', weight: 3 },
      { cell: 'x-..x-..x-x-x---', weight: 3 },
      { cell: '....x-xxx---....', weight: 2 },
      { energy: [60, 100], cell: 'xxx.xxx.x-x-x---', weight: 3 },
      { energy: [0, 60], cell: 'x-------x---x---', weight: 3 },
    ],
    closes: [{ cell: 'x-------........' }, { cell: 'x--x--x---......' }],
    motifBars: [
      { bars: 1, weight: 2 },
      { bars: 2, weight: 3 },
    ],
    restPercent: 26,
    intervals: { repeat: 3, step: 4, third: 2, leap: 2 },
    chordTonePercent: 88,
    gatePercent: 76,
    counter: 'answer',
    slidePercent: 30,
  },
  mix: { ...CLUB_MIX, drums: placed(0, 0, 16), bass: placed(0, 0, 0) },
  ending: 'hit',
};
