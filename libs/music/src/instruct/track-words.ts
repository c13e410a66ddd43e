import {
  EXCLUDABLE_PARTS,
  FOREIGN_INSTRUMENTS,
  FOREIGN_NAMES,
  GENERIC_INSTRUMENTS,
  roleOf,
  type Generic,
} from '../brief/instrument-words';
import { PhraseBook } from '../brief/phrase-book';
import { genreEnd } from '../brief/read-style';
import type { Reading } from '../brief/reading';
import { instrument as instrumentById, INSTRUMENTS } from '../instruments/instrument';
import type { Role } from '../score/score';
import type { TrackWord } from './intent';

type Entry = Omit<TrackWord, 'asked'>;

/** Names for a role, beside those that prompts use for instruments. */
const ROLE_NAMES: readonly (readonly [Role, string])[] = [
  ['lead', 'melody, melodies, lead, leads, topline, tune, lead line, melody line, solo line, vocal line'],
  ['chords', 'chords, chord, comping, accompaniment'],
  ['counter', 'countermelody, counter melody, counterpoint, counter line, counter'],
  ['pad', 'pads'],
  ['fx', 'fx, effects, sound effects'],
  ['drums', 'beat, beats, groove, rhythm'],
];

const BOOK = new PhraseBook<Entry>([
  ...INSTRUMENTS.flatMap(({ id, name, aliases }) => [id, name, ...aliases].map((word) => [word, named(id)] as const)),
  ...[...FOREIGN_INSTRUMENTS, ...FOREIGN_NAMES].map(([word, id]) => [word, named(id)] as const),
  ...[...EXCLUDABLE_PARTS].map(([word, role]) => [word, ofRole(role)] as const),
]);
/** Where both know a phrase, these know better. */
const GENERICS = new PhraseBook<Entry>([
  ...GENERIC_INSTRUMENTS.map(([word, generic]) => [word, ofKind(generic)] as const),
  ...ROLE_NAMES.flatMap(([role, words]) => words.split(', ').map((word) => [word, ofRole(role)] as const)),
]);
/** "the bass line", "a drum part": the same as the word before. */
const PART_NAMES = /^(track|tracks|part|parts|line|lines|pattern|patterns|groove|beat|sound|solo|melody|instrument)$/;

/** The track words that start at a token: the longest phrase, and a noun after it that says no more. */
export function trackWordAt(reading: Reading, from: number): { value: TrackWord; to: number } | undefined {
  const [generic, other] = [GENERICS.longestAt(reading, from), BOOK.longestAt(reading, from)];
  const match = generic && generic.to >= (other?.to ?? 0) ? generic : other;
  if (!match || (genreEnd(reading, from) ?? 0) > match.to) return undefined;
  const to = PART_NAMES.test(reading.free(match.to)) ? match.to + 1 : match.to;
  return { value: { ...match.value, asked: reading.span(match.from, match.to).text }, to };
}

/** An instrument by name: it, else one of its family, else who plays its usual part on a relative. */
function named(id: string): Entry {
  const { family, isDrumKit } = instrumentById(id);
  const role = roleOf(instrumentById(id));
  return {
    instrument: id,
    role,
    means: [
      ({ instrument }) => instrument === id,
      (track) => instrumentById(track.instrument).family === family,
      (track) => isDrumKit && track.role === 'drums',
    ],
  };
}

function ofRole(role: Role): Entry {
  return { role, means: [(track) => track.role === role] };
}

/** A kind of instrument: its members, else who plays its part. */
function ofKind({ role, families, instruments, fallback }: Generic): Entry {
  const own = role ?? roleOf(instrumentById(fallback));
  const isMember = (id: string) => Boolean(instruments?.includes(id) || families?.includes(instrumentById(id).family));
  const bare = !families && !instruments;
  return {
    ...(bare && own !== 'bass' ? {} : { instrument: fallback }),
    role: own,
    means: bare ? [(track) => track.role === own] : [(track) => isMember(track.instrument)],
  };
}
