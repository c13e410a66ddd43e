import { MACHINE_FILLS } from './shared/drum-parts';
import { BEAT_FORMS } from './shared/form-of';
import { CLUB_MIX, placed } from './shared/mixes';
import type { StyleData } from './style';

/** Atlanta: half-time clap, rolling hats, the 808 as bass. */
export const trap: StyleData = {
  id: 'trap',
  name: 'Trap',
  description:
    'Half-time clap, rolling sixteenth and triplet hats, long gliding 808 bass, dark bells and minor arpeggios',
  aliases: ['trap music', 'trap beat', 'atlanta trap', 'cloud rap', 'mumble rap', 'trap type beat', 'southern hip hop'],
  sources: [
    'Wikipedia, "Trap music": 808 sub-bass, double-time hi-hats, snare on the third beat of a half-time bar, 130 to 170 bpm',
    'J. Duinker, "Good Things Come in Threes: Triplet Flow in Recent Hip-Hop Music", Popular Music 38(3), 2019',
    'J. A. Burton, Posthuman Rap (2017), on the sound of trap: the 808, sparse mid range, bells and strings',
  ],
  tempoBpm: { lowest: 130, highest: 156, default: 142 },
  meters: [{ numerator: 4, denominator: 4, weight: 1 }],
  swing: { percent: 50, unit: 'sixteenth' },
  modes: [
    { mode: 'minor', weight: 8 },
    { mode: 'phrygian', weight: 2 },
  ],
  defaultKey: { tonic: 'C', mode: 'minor' },
  defaultBars: 48,
  forms: BEAT_FORMS,
  harmony: {
    progressions: [
      { tonality: 'minor', chords: 'i | i | VI | VI', weight: 4 },
      { tonality: 'minor', chords: 'i | i | VI | v', weight: 4 },
      { tonality: 'minor', chords: 'i | i | iv | VI', weight: 3 },
      { tonality: 'minor', sections: ['hook', 'chorus'], chords: 'VI | VII | i | i', weight: 3 },
      { tonality: 'minor', modes: ['phrygian'], chords: 'i | i | bII | i', weight: 4 },
      { tonality: 'major', chords: 'I | I | vi | IV', weight: 2 },
    ],
    cadences: { major: 'IV | I', minor: 'VI | i' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'drums', instruments: ['tr-808-kit', 'electronic-kit'], energy: [34, 100] },
    { role: 'bass', instruments: ['808-bass'], energy: [34, 100] },
    { role: 'chords', instruments: ['fx-3-crystal', 'music-box', 'acoustic-grand-piano', 'synth-strings-1'] },
    { role: 'pad', instruments: ['pad-4-choir', 'pad-8-sweep', 'synth-strings-2'], energy: [0, 100], percent: 70 },
    { role: 'lead', instruments: ['tinkle-bell', 'lead-1-square', 'flute', 'synth-voice'], energy: [48, 100] },
    { role: 'fx', instruments: ['reverse-cymbal'], percent: 70 },
  ],
  drums: {
    grids: [
      {
        energy: [0, 55],
        weight: 2,
        lines: { kick: 'X.........x.....', clap: '........X.......', 'closed-hi-hat': 'x.x.x.x.x.x.x.x.' },
      },
      {
        energy: [40, 100],
        weight: 3,
        lines: {
          kick: 'X.....x...x.....X..x......x..o..',
          clap: '........X.......',
          'closed-hi-hat': 'X.x.xxx.X.x.x.xxX.x.x.xxxxxxX.x.',
          'open-hi-hat': '..............x.................',
        },
      },
      {
        energy: [60, 100],
        weight: 3,
        lines: {
          kick: 'X..x......x...x.X.....x.X..x....',
          clap: '........X.......',
          snare: '........g......h........g...h.h.',
          'closed-hi-hat': 'X.xxX.x.xxxxX.x.X.x.xxxxX.xxxxxx',
        },
      },
      {
        energy: [60, 100],
        weight: 2,
        lines: {
          kick: 'X.....X....x..x.',
          clap: '........X.......',
          'closed-hi-hat': 'xxxxX.xxX.xxxxx.',
          'open-hi-hat': '......x.........',
        },
      },
    ],
    fills: [
      { weight: 3, lines: { 'closed-hi-hat': '........xxxxxxxx', snare: '........x..x..xX' } },
      { weight: 2, lines: { clap: '........X.......', 'electric-snare': '............xxxX' } },
      ...MACHINE_FILLS,
    ],
    crash: true,
    backbeatLateTicks: 0,
    looseTicks: 1,
  },
  percussion: [
    { weight: 1, grid: '......x.......x.' },
    { energy: [50, 100], weight: 1, grid: '...x.......x..x.' },
  ],
  bass: {
    lowest: 24,
    highest: 43,
    figures: [
      { energy: [0, 55], weight: 2, grid: 'R---------------' },
      { weight: 3, grid: 'R-----R---R-----R--R------R--8--' },
      { energy: [55, 100], weight: 3, grid: 'R--R------R---8-R-----8-R--5----' },
      { energy: [55, 100], weight: 2, grid: 'R-----R----R--8-' },
    ],
    kickLockPercent: 60,
    gatePercent: 100,
    glidePercent: 30,
  },
  comping: {
    lowest: 58,
    highest: 84,
    voices: 3,
    rootless: false,
    figures: [
      { weight: 4, grid: '1-3-2-3-1-3-2-3-', gatePercent: 90 },
      { weight: 3, grid: '1---3---2---3-2-', gatePercent: 96 },
      { energy: [0, 60], weight: 2, grid: 'x---------------', gatePercent: 100 },
      { weight: 2, grid: '1--2--3-1--2--3-', gatePercent: 90 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 48, highest: 74, voices: 3, motion: 'hold' },
  melody: {
    lowest: 64,
    highest: 86,
    cells: [
      { cell: 'x-x-x---x-x-x---', weight: 3 },
      { cell: 'x--x--x-x-------', weight: 3 },
      { cell: '....x-x-x--x--x-', weight: 3 },
      { cell: 'x---x-x-....x-x-', weight: 2 },
      { energy: [60, 100], cell: 'x-xxx-x-x-xxx-x-', weight: 2 },
    ],
    closes: [{ cell: 'x-x-x-----......' }, { cell: 'x---x-------....' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 2 },
    ],
    restPercent: 24,
    intervals: { repeat: 3, step: 5, third: 2, leap: 1 },
    chordTonePercent: 86,
    gatePercent: 86,
    counter: 'answer',
  },
  mix: { ...CLUB_MIX, bass: placed(0, 0, 0), chords: placed(-60, -20, 52, 30, 10) },
  ending: 'ring',
};
