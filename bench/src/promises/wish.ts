import type { RandomStream } from '@beatbot/music';

/** What a person might want of a song, in plain values; undefined where they do not care. */
export interface Wish {
  /** A genre by the name people use. */
  genre: string;
  /** Note name and mode (`major`, `minor` or a church mode). */
  key?: { tonic: string; mode: string };
  /** Quarter notes per minute. */
  bpm?: number;
  meter?: { beats: number; unit: number };
  bars?: number;
  sections?: { name: string; bars: number }[];
  players: Player[];
  absent: Absence[];
  /** Roman numerals, one a bar. */
  romans?: string[];
  title?: string;
}

/** An instrument by the name people use, and its General MIDI program, counted from 0. */
export interface Player {
  name: string;
  program: number;
}

/** A group that must not be heard: its General MIDI programs, or the percussion channel. */
export interface Absence {
  name: string;
  programs: readonly number[];
  drums?: true;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Programs by the numbers of General MIDI level 1 (RP-003). */
const PLAYERS: readonly Player[] = Object.entries({
  piano: 0, 'electric piano': 4, harpsichord: 6, celesta: 8, glockenspiel: 9, 'music box': 10, vibraphone: 11, marimba: 12,
  'church organ': 19, accordion: 21, harmonica: 22, 'nylon guitar': 24, 'acoustic guitar': 25, 'jazz guitar': 26,
  'upright bass': 32, 'fretless bass': 35, 'slap bass': 36, violin: 40, viola: 41, cello: 42, harp: 46, 'string ensemble': 48,
  choir: 52, trumpet: 56, trombone: 57, tuba: 58, 'French horn': 60, 'soprano sax': 64, 'alto sax': 65, 'tenor sax': 66, oboe: 68,
  bassoon: 70, clarinet: 71, piccolo: 72, flute: 73, recorder: 74, ocarina: 79, 'saw lead': 81, 'warm pad': 89, sitar: 104, banjo: 105, koto: 107,
  kalimba: 108, fiddle: 110, 'steel drums': 114,
}).map(([name, program]) => ({ name, program })); // prettier-ignore

const ABSENCES: readonly Absence[] = [
  { name: 'drums', programs: [], drums: true },
  { name: 'guitars', programs: range(24, 31) },
  { name: 'piano', programs: [0, 1] },
  { name: 'brass', programs: range(56, 63) },
  { name: 'strings', programs: [40, 41, 42, 43, 44, 45, 48, 49, 50, 51] },
  { name: 'organ', programs: range(16, 20) },
  { name: 'choir', programs: [52] },
  { name: 'synths', programs: range(80, 95) },
];

const GENRES = [
  'lo-fi', 'house', 'rock', 'jazz', 'ambient', 'orchestral', 'techno', 'bossa nova', 'funk', 'folk', 'blues', 'pop', 'synthwave', 'reggae', 'trap',
  'disco', 'country', 'tango', 'drum and bass', 'hip hop', 'gospel', 'trance',
]; // prettier-ignore
const TONICS = ['C', 'C#', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const METERS = [[4, 4], [3, 4], [6, 8], [5, 4], [7, 8], [2, 4], [12, 8], [9, 8]] as const; // prettier-ignore
const LOOPS = {
  major: ['I V vi IV', 'I vi IV V', 'ii V I I', 'I IV V IV'],
  minor: ['i VI III VII', 'i iv v i', 'i VII VI V'],
};
const TITLES = [
  'Paper Lanterns',
  'Seven Bridges',
  'The Long Way Home',
  'Glasshouse',
  'Tin Roof Rain',
  'Marrow',
  'North of Nowhere',
];
const FORMS: readonly (readonly string[])[] = [
  ['intro', 'verse', 'chorus', 'verse', 'chorus', 'outro'],
  ['verse', 'chorus', 'verse', 'chorus', 'bridge', 'chorus'],
  ['a', 'a', 'b', 'a'],
  ['intro', 'verse', 'chorus', 'outro'],
];

/** A wish drawn at random that can be met: no instrument is asked for and ruled out, and chords fit the key's mode. */
export function drawWish(random: RandomStream): Wish {
  const wish: Wish = { genre: random.pick(GENRES), players: [], absent: [] };
  if (random.chance(65))
    wish.key = { tonic: random.pick(TONICS), mode: random.pickWeighted(MODES, ([, weight]) => weight)[0] };
  if (random.chance(65)) wish.bpm = random.integer(60, 180);
  if (random.chance(45)) {
    const [beats, unit] = random.pick(METERS);
    wish.meter = { beats, unit };
  }
  if (random.chance(25))
    wish.sections = random.pick(FORMS).map((name) => ({ name, bars: name === 'intro' || name === 'outro' ? 4 : 8 }));
  else if (random.chance(70)) wish.bars = random.integer(8, 48);
  const count = random.integer(0, 3);
  while (wish.players.length < count) {
    const player = random.pick(PLAYERS);
    if (!wish.players.some(({ name }) => name === player.name)) wish.players.push(player);
  }
  const free = ABSENCES.filter(({ programs }) => !wish.players.some(({ program }) => programs.includes(program)));
  if (random.chance(45)) wish.absent.push(random.pick(free));
  const { mode } = wish.key ?? {};
  if ((mode === 'major' || mode === 'minor') && random.chance(25)) wish.romans = random.pick(LOOPS[mode]).split(' ');
  if (random.chance(15)) wish.title = random.pick(TITLES);
  return wish;
}

const MODES = [['major', 5], ['minor', 5], ['dorian', 1], ['mixolydian', 1], ['lydian', 1], ['phrygian', 1]] as const; // prettier-ignore
