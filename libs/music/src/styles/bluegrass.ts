import { KIT_FILLS } from './shared/drum-parts';
import { formOf } from './shared/form-of';
import { ROOM_MIX } from './shared/mixes';
import type { StyleData } from './style';

/** Strings only, very fast, one microphone. */
export const bluegrass: StyleData = {
  id: 'bluegrass',
  name: 'Bluegrass',
  description:
    'Three-finger banjo rolls, off-beat mandolin chop, root-fifth upright bass and fiddle breaks at breakneck speed, no drums',
  aliases: [
    'bluegrass music',
    'newgrass',
    'breakdown tune',
    'hoedown',
    'old time music',
    'old-time',
    'appalachian',
    'string band',
  ],
  sources: [
    'N. V. Rosenberg, Bluegrass: A History (rev. ed., 2005): roles of the five instruments, breaks in turn',
    'E. Scruggs, Earl Scruggs and the 5-String Banjo (1968): forward, backward and alternating rolls',
    'M. Kisliuk, "A Special Kind of Courtesy: Action at a Bluegrass Festival Jam Session", TDR 32(3), 1988',
  ],
  tempoBpm: { lowest: 112, highest: 160, default: 140 },
  meters: [
    { numerator: 4, denominator: 4, weight: 5 },
    { numerator: 3, denominator: 4, weight: 1 },
  ],
  swing: { percent: 52, unit: 'sixteenth' },
  modes: [
    { mode: 'major', weight: 6 },
    { mode: 'mixolydian', weight: 2 },
  ],
  defaultKey: { tonic: 'G', mode: 'major' },
  defaultBars: 64,
  forms: [
    formOf('a 8 56, b 8 66, solo 16 78, a 8 60, b 8 70, solo 16 88'),
    formOf('intro 4 46, a 8 58, b 8 66, solo 8 82'),
  ],
  harmony: {
    progressions: [
      { tonality: 'major', chords: 'I | I | IV | I | I | I | V | I', weight: 4 },
      { tonality: 'major', chords: 'I | IV | I | V', weight: 3 },
      { tonality: 'major', chords: 'I | I | vi | vi | I | I | V | I', weight: 2 },
      { tonality: 'major', sections: ['b'], chords: 'IV | I | IV | V | IV | I | V | I', weight: 3 },
      { tonality: 'major', modes: ['mixolydian'], chords: 'I | I | bVII | I', weight: 4 },
      { tonality: 'minor', chords: 'i | VII | i | VII', weight: 3 },
      { tonality: 'minor', chords: 'i | i | VII | i', weight: 2 },
    ],
    cadences: { major: 'V | I', minor: 'VII | i', mixolydian: 'bVII | I' },
    turnaroundPercent: 0,
    secondaryDominantPercent: 0,
    tritoneSubstitutePercent: 0,
  },
  band: [
    { role: 'bass', instruments: ['acoustic-bass'] },
    { role: 'chords', instruments: ['banjo'] },
    { role: 'chords', instruments: ['acoustic-guitar-steel'] },
    { role: 'lead', instruments: ['fiddle'], energy: [50, 100] },
    { role: 'lead', instruments: ['banjo', 'acoustic-guitar-steel'], energy: [62, 100] },
    { role: 'counter', instruments: ['fiddle', 'harmonica'], energy: [64, 100], percent: 60 },
  ],
  drums: {
    grids: [
      { energy: [0, 65], lines: { kick: 'X.......X.......', snare: '....x.......x...' } },
      { energy: [50, 100], lines: { kick: 'X.......X.......', snare: 'ggggXgggggggXggg' } },
    ],
    fills: KIT_FILLS,
    crash: false,
    backbeatLateTicks: 0,
    looseTicks: 5,
  },
  percussion: [{ grid: '....x.......x...' }],
  bass: {
    lowest: 28,
    highest: 50,
    figures: [
      { weight: 5, grid: 'R-------5-------' },
      { weight: 2, grid: 'R-------5---d-a-' },
      { energy: [65, 100], weight: 2, grid: 'R---3---5---w---' },
      { meter: '3/4', grid: 'R-----------' },
      { meter: '3/4', grid: 'R-------5---' },
    ],
    kickLockPercent: 0,
    gatePercent: 84,
  },
  comping: {
    lowest: 55,
    highest: 79,
    voices: 4,
    rootless: false,
    figures: [
      { weight: 4, grid: '1243124312431243', gatePercent: 92 },
      { weight: 3, grid: '2142143121421431', gatePercent: 92 },
      { weight: 4, grid: '....X.......X...', gatePercent: 34 },
      { weight: 3, grid: '1---X-xg2---X-xg', gatePercent: 56 },
      { meter: '3/4', grid: '124312431243', gatePercent: 92 },
      { meter: '3/4', grid: '1---X---X---', gatePercent: 50 },
    ],
    anticipatePercent: 0,
  },
  pad: { lowest: 52, highest: 76, voices: 2, motion: 'drone' },
  melody: {
    lowest: 62,
    highest: 86,
    cells: [
      { cell: 'x-x-xxx-x-xxx-x-', weight: 3 },
      { cell: 'xxxxxxxxx-x-x-x-', weight: 3 },
      { cell: 'x-xxx-x-xxxxx---', weight: 3 },
      { cell: 'x---x-xxx-x-x---', weight: 2 },
      { energy: [70, 100], cell: 'xxxxxxxxxxxxxxxx', weight: 3 },
      { energy: [70, 100], cell: 'x-xxxxxxx-xxxxxx', weight: 3 },
      { meter: '3/4', cell: 'x-xxx-x-x-xx' },
      { meter: '3/4', cell: 'x---x-x-x---' },
      { meter: '3/4', cell: 'xxxxx-x-x-x-' },
    ],
    closes: [{ cell: 'x-xxx-x-x---....' }, { cell: 'xxxxx---x---....' }, { meter: '3/4', cell: 'x-x-x---....' }],
    motifBars: [
      { bars: 2, weight: 3 },
      { bars: 1, weight: 1 },
    ],
    restPercent: 2,
    intervals: { repeat: 1, step: 6, third: 3.4, leap: 1.2 },
    chordTonePercent: 84,
    gatePercent: 86,
    counter: 'thirds',
    slidePercent: 16,
    ornaments: [{ kind: 'grace-below', percent: 12 }],
  },
  scales: [
    { name: 'major with blue third', mode: 'major', degrees: [0, 2, 3, 4, 5, 7, 9, 11], weight: 2 },
    { name: 'major pentatonic', mode: 'major', degrees: [0, 2, 4, 7, 9], weight: 1 },
  ],
  mix: ROOM_MIX,
  ending: 'hit',
};
