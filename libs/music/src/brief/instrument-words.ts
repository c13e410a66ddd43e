import type { Instrument } from '../instruments/instrument';
import type { Role } from '../score/score';

/** A word for a role or a family of instruments, where the style chooses which. */
export interface Generic {
  role?: Role;
  /** Catalogue families that "no guitars" rules out and "guitars" chooses from. */
  families?: readonly string[];
  /** Catalogue ids where a family is too wide. */
  instruments?: readonly string[];
  /** Ids that the negated word rules out beside those. */
  alsoExcludes?: readonly string[];
  /** What serves where the style has none of these. */
  fallback: string;
}

const BASS: Generic = { role: 'bass', fallback: 'electric-bass-finger' };
const DRUMS: Generic = { role: 'drums', fallback: 'standard-kit' };
const PERCUSSION: Generic = { role: 'percussion', fallback: 'standard-kit' };
const PAD: Generic = { role: 'pad', families: ['synth-pad'], fallback: 'pad-2-warm' };
const GUITAR: Generic = { role: 'chords', families: ['guitar'], fallback: 'acoustic-guitar-steel' };
const SYNTH: Generic = { families: ['synth-lead', 'synth-pad'], fallback: 'lead-2-sawtooth' };
const KEYS: Generic = { role: 'chords', families: ['piano', 'organ'], fallback: 'acoustic-grand-piano' };
const VOICES = ['choir-aahs', 'voice-oohs', 'synth-voice'];
const STRINGS: Generic = {
  role: 'pad',
  instruments: ['string-ensemble-1', 'string-ensemble-2', 'synth-strings-1'],
  alsoExcludes: ['synth-strings-2', 'tremolo-strings', 'pizzicato-strings', 'violin', 'viola', 'cello', 'contrabass'],
  fallback: 'string-ensemble-1',
};
const VOCALS: Generic = { role: 'pad', instruments: VOICES, fallback: 'choir-aahs' };
/** Roles that the prompt may rule out without naming an instrument. */
const PARTS: readonly (readonly [Role, string])[] = [
  ['lead', 'melody, melodies, lead, leads, topline, solo, solos'],
  ['chords', 'chords'],
  ['counter', 'countermelody, counter melody, counterpoint'],
  ['fx', 'fx, effects, sound effects'],
];

/** Words for which the style has the better answer than the catalogue. */
export const GENERIC_INSTRUMENTS: readonly (readonly [name: string, generic: Generic])[] = (
  [
    [BASS, 'bass, bassline, bass line, bass part'],
    [DRUMS, '🥁, drums, drum, drumming, drum beat, drumbeat, drum track, drum pattern, drum kit, drum set, hi hats, hi hat, hihats, hats'],
    [DRUMS, 'kick, kicks, kick drum, snare, snares, cymbals, toms, rimshot, rimshots, live drums, acoustic drums, trap hats, double bass drumming, double bass drum, double kick, double kick drum'],
    [PERCUSSION, 'percussion, percussive, shaker, tambourine, conga, bongo, cowbell, claves, hand percussion, hand claps, claps, cajon'],
    [PERCUSSION, 'bodhran, surdo, pandeiro, timbales, darbuka, doumbek, frame drum, cuica, dholak, mridangam, castanets, daf, riq, tamborim, washboard, palmas, handclaps, 🪘'],
    [PERCUSSION, 'djembe, tabla, maracas, latin percussion, hand drum, finger snaps, snaps, triangle, guiro, cabasa'],
    [PAD, 'pad, synth pad'],
    [GUITAR, 'guitar, guitarra, guitare, gitarre, chitarra, 🎸'],
    [SYNTH, 'synth, synthesizer, synthesiser'],
    [KEYS, 'keys, keyboard'],
    [STRINGS, 'strings, string section'],
    [{ ...STRINGS, role: 'chords' }, 'string chords, string harmonies'],
    [VOCALS, 'vocals, vocal, voices, singer, lyrics, vox'],
  ] as const
).flatMap(([generic, names]) => names.split(', ').map((name) => [name, generic] as const)); // prettier-ignore

/** Instruments that General MIDI lacks, with the nearest it has. */
export const FOREIGN_INSTRUMENTS: readonly (readonly [name: string, id: string])[] = [
  ['singing bowls', 'pad-5-bowed'],
  ['tibetan bowls', 'pad-5-bowed'],
  ['didgeridoo', 'synth-bass-2'],
  ['hurdy gurdy', 'bagpipe'],
  ['bouzouki', 'acoustic-guitar-steel'],
  ['balalaika', 'acoustic-guitar-steel'],
  ['dobro', 'acoustic-guitar-steel'],
  ['cavaquinho', 'acoustic-guitar-nylon'],
  ['kazoo', 'harmonica'],
  ['melodica', 'harmonica'],
  ['jaw harp', 'harmonica'],
  ['dizi', 'flute'],
  ['quena', 'pan-flute'],
  ['arpeggiator', 'lead-1-square'],
  ['synth arp', 'lead-1-square'],
  ['omnichord', 'electric-piano-2'],
  ['toy piano', 'music-box'],
  ['prepared piano', 'honky-tonk-piano'],
  ...['cello', 'violin', 'viola', 'double bass', 'contrabass', 'violins', 'cellos'].flatMap((name) =>
    ['pizzicato', 'pizz'].map((manner) => [`${manner} ${name}`, 'pizzicato-strings'] as const),
  ),
];

/** Words that ask for one instrument, but rule out all of its kind: catalogue families and ids. */
export const FAMILY_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      [['brass'], 'brass, horns, brass section, horn section, brass instruments'],
      [['drawbar-organ', 'percussive-organ', 'rock-organ', 'church-organ', 'reed-organ'], 'organ, organs'],
      [['soprano-sax', 'alto-sax', 'tenor-sax', 'baritone-sax'], 'sax, saxes, saxophone, saxophones'],
      [['choir-aahs', 'voice-oohs', 'synth-voice'], 'choir, choirs'],
    ] as const
  ).flatMap(([kind, words]) => words.split(', ').map((word) => [word, kind] as const)),
); // prettier-ignore

/** Instruments by the names of other languages, and by pictographs. */
export const FOREIGN_NAMES: readonly (readonly [name: string, id: string])[] = [
  ...['klavier', 'pianoforte', '🎹'].map((name) => [name, 'acoustic-grand-piano'] as const),
  ...['geige', 'violon', 'violino', '🎻'].map((name) => [name, 'violin'] as const),
  ...['flote', 'querflote', 'flauta', 'flauto', '🪈'].map((name) => [name, 'flute'] as const),
  ...['trompete', 'trompette', 'tromba', 'trompeta', '🎺'].map((name) => [name, 'trumpet'] as const),
  ...['klarinette', 'clarinete', 'clarinetto'].map((name) => [name, 'clarinet'] as const),
  ...['violoncelle', 'violonchelo'].map((name) => [name, 'cello'] as const),
  ...['chorale', 'fugue', 'toccata', 'prelude', 'hymn', 'voluntary'].flatMap((piece) =>
    [`organ ${piece}`, `${piece} for organ`].map((name) => [name, 'church-organ'] as const),
  ),
  ['posaune', 'trombone'], ['harfe', 'orchestral-harp'], ['saxofon', 'alto-sax'], ['🎷', 'alto-sax'],
  ['🪕', 'banjo'], ['🪗', 'accordion'],
]; // prettier-ignore

/** Parts that can be ruled out ("no melody"); unlike instruments they are not asked for by name. */
export const EXCLUDABLE_PARTS: ReadonlyMap<string, Role> = new Map(
  PARTS.flatMap(([role, names]) => names.split(', ').map((name) => [name, role] as const)),
);

/** Words that give an instrument before or after them its role. */
export const ROLE_WORDS: ReadonlyMap<string, Role> = new Map(
  Object.entries({
    lead: ['lead', 'leads', 'melody', 'melodies', 'melodic', 'theme', 'topline', 'riff', 'riffs', 'solo', 'solos', 'hook', 'tune'],
    chords: ['chords', 'chord', 'comping', 'comp', 'stabs', 'strumming', 'strums', 'accompaniment', 'arpeggios', 'arpeggio', 'rhythm', 'harmony'],
    pad: ['pad', 'pads', 'backing', 'bed', 'drone', 'wash', 'background'],
    bass: ['bass', 'bassline', 'basslines'],
    counter: ['countermelody', 'counter', 'counterpoint', 'fills'],
    fx: ['fx', 'effects'],
  } satisfies Partial<Record<Role, string[]>>).flatMap(([role, words]) => words.map((word) => [word, role as Role] as const)),
); // prettier-ignore

/** Catalogue names that are everyday words too: instruments only in a list of instruments. */
export const IN_CONTEXT_ONLY: ReadonlySet<string> = new Set(
  `vibe vibes grand sub bone gender sea ocean waves surf noise breath breaths gun crowd audience crystal halo sweep soundtrack brightness
   goblin goblins echoes atmosphere atmospheres fifths hang chopper alto tenor upright saw rain bird birds harmonics voice bottle tremolo
   stab ep nylon brush surf horn scifi sci fi gameboy`
    .split(/\s+/)
    .concat('sci fi', 'ocean waves', 'star theme', '8 bit', '8bit'),
);

/** Names in the catalogue's aliases for which General MIDI has only a relative. */
export const STAND_INS: ReadonlySet<string> = new Set(
  `lute|ukulele|uke|oud|charango|mandolin|pedal steel|lap steel|pedal steel guitar|erhu|kemenche|lyre|kora|flugelhorn|cornet|sousaphone|euphonium
   |duduk|contrabassoon|bass clarinet|bansuri|ney|theremin|tanpura|tambura|veena|sarod|pipa|sanshin|guzheng|gayageum|qanun|kanun|zither|mbira
   |gamelan|bonang|saron|hang drum|handpan|hang|santur|santoor|cimbalom|yangqin|balafon|mellotron|mellotron strings|wurlitzer|wurli|harmonium
   |shruti box|concertina|uilleann pipes|gaita|zurna|mizmar|guitarron|vinyl noise|vinyl crackle|vocals|vocal|voices|singers|vocal chops
   |vocal chop|singing|singer|lyrics|tabla|djembe|cajon|glass harmonica|linn drum|linndrum|alto flute|war drums`.split(
    /\s*\|\s*/,
  ),
);

const ROLE_BY_FAMILY: Readonly<Record<string, Role>> = {
  piano: 'chords',
  'chromatic-percussion': 'lead',
  organ: 'chords',
  guitar: 'chords',
  bass: 'bass',
  strings: 'lead',
  ensemble: 'pad',
  brass: 'lead',
  reed: 'lead',
  pipe: 'lead',
  'synth-lead': 'lead',
  'synth-pad': 'pad',
  'synth-effects': 'pad',
  ethnic: 'lead',
  percussive: 'percussion',
  'sound-effects': 'fx',
  drums: 'drums',
};

const ROLE_BY_ID: Readonly<Record<string, Role>> = {
  harmonica: 'lead',
  'overdriven-guitar': 'lead',
  contrabass: 'bass',
  tuba: 'bass',
  'tremolo-strings': 'pad',
  'pizzicato-strings': 'chords',
  'orchestral-harp': 'chords',
  timpani: 'percussion',
  'tinkle-bell': 'lead',
  'steel-drums': 'lead',
  'orchestra-hit': 'fx',
  'brass-section': 'chords',
  'synth-brass-1': 'chords',
  'synth-brass-2': 'chords',
  'lead-8-bass-lead': 'bass',
  'pad-3-polysynth': 'chords',
  banjo: 'chords',
  'reverse-cymbal': 'fx',
};

/** The part an instrument plays where nothing else is said. */
export function roleOf({ id, family }: Instrument): Role {
  return ROLE_BY_ID[id] ?? ROLE_BY_FAMILY[family] ?? 'lead';
}
