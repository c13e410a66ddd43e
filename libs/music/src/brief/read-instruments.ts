import { findInstrument, instrument as instrumentById, INSTRUMENTS, type Instrument } from '../instruments/instrument';
import type { Role } from '../score/score';
import { ENSEMBLES, type Seat } from './ensembles';
import {
  EXCLUDABLE_PARTS,
  FOREIGN_INSTRUMENTS,
  FOREIGN_NAMES,
  GENERIC_INSTRUMENTS,
  IN_CONTEXT_ONLY,
  STAND_INS,
  roleOf,
  type Generic,
} from './instrument-words';
import { negatorEnd, negatorStart, reachesFrom } from './negation';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import { partOf, roleAround } from './role-around';
import { genreEnd } from './read-style';
import { RELATED_GENRES } from './related-genres';
import { findStyleByAlias } from '../styles/style-catalogue';
import type { Finding, Reading } from './reading';

/** An instrument, a group of them or a role that the prompt names. */
export interface InstrumentMention {
  asked: string;
  /** Catalogue id; undefined where only a role or family is named, and the style chooses. */
  instrument?: string;
  /** Catalogue family of the instrument, or of an ensemble's first seat. */
  family?: string;
  generic?: Generic;
  seats?: readonly Seat[];
  /** The part it plays, where the prompt says so or the instrument suggests it. */
  role: Role;
  standIn: boolean;
  negated: boolean;
  /** Nothing else shall sound: `solo` ("solo piano") if it is the only one named, `only` ("just drums and bass") with the others named. */
  alone?: 'solo' | 'only';
  /** "two guitars". */
  count?: number;
}

type SingleEntry = { instrument: Instrument; foreign?: boolean } | { generic: Generic };
type Entry = SingleEntry | { seats: readonly Seat[] };

const DRUMS: Generic = { role: 'drums', fallback: 'standard-kit' };
const BASS: Generic = { role: 'bass', fallback: 'electric-bass-finger' };

const ENTRIES = new PhraseBook<Entry>([
  ...INSTRUMENTS.flatMap((instrument) =>
    [instrument.id, instrument.name, ...instrument.aliases].map((name) => [name, { instrument }] as const),
  ),
  ...FOREIGN_INSTRUMENTS.map(([name, id]) => [name, { instrument: instrumentById(id), foreign: true }] as const),
  ...FOREIGN_NAMES.map(([name, id]) => [name, { instrument: instrumentById(id) }] as const),
]);
const GENERICS = new PhraseBook<Entry>(GENERIC_INSTRUMENTS.map(([name, generic]) => [name, { generic }] as const));
const GROUPS = new PhraseBook<Entry>(ENSEMBLES.map(([name, seats]) => [name, { seats }] as const));

/** Instruments, ensembles and roles, with negations ("no drums", "without piano or strings", "drumless"). */
export function readInstruments(reading: Reading): Finding<InstrumentMention>[] {
  const findings: Finding<InstrumentMention>[] = [];
  let negation: Negation | undefined;
  for (let index = 0; index < reading.tokens.length; index++) {
    const negator = negatorEnd(reading, index);
    if (negator !== undefined) negation = negationAt(reading, index, negator);
    if (reading.free(index) === 'nothing' && reading.free(index + 1) === 'else') {
      // "two guitars, nothing else"
      reading.cover(index, index + 2);
      const last = findings.at(-1);
      if (last && !last.value.negated) last.value.alone = 'only';
      continue;
    }
    const less = /^(drum|beat|bass)less$/.exec(reading.free(index));
    if (less) {
      const generic = less[1] === 'bass' ? BASS : DRUMS;
      const mention = excluded(reading.word(index), generic.role ?? 'drums', generic);
      findings.push(reading.claim(index, index + 1, mention));
      continue;
    }
    const voices = unaccompanied(reading, index);
    if (voices !== undefined) {
      findings.push(reading.claim(index, voices, { asked: 'a cappella', ...CHOIR }));
      index = voices - 1;
      continue;
    }
    const match = entryAt(reading, index);
    if (!match) {
      // "drum and bass": its words name a genre, not instruments.
      const genre = genreEnd(reading, index);
      if (genre !== undefined && !startsEnsemble(reading, index + 1, genre)) {
        index = endsInInstrument(reading, index, genre) ? genre - 2 : genre - 1;
        continue;
      }
      const part = negation && partAt(reading, index);
      if (part && negation && reachesFrom(reading, negation.until, index, negation)) {
        findings.push(reading.claim(negatorStart(reading, index), part.to, excluded(part.asked, part.role)));
        index = part.to - 1;
      }
      continue;
    }
    // "bass line on cello": the part of what follows.
    if (
      'generic' in match.value &&
      partOf(reading, match.to) !== undefined &&
      entryAt(reading, partOf(reading, match.to) ?? 0)
    ) {
      reading.cover(match.from, match.to);
      index = match.to - 1;
      continue;
    }
    const postponed = /^(excluded|omitted|removed)$/.test(reading.free(match.to));
    const negated = postponed || (negation !== undefined && reachesFrom(reading, negation.until, index, negation));
    const { mention, from, to } = describe(reading, match, negated);
    if (negated) {
      const start = postponed ? from : negatorStart(reading, index);
      findings.push(reading.claim(start, postponed ? to + 1 : to, mention));
      negation = { strong: false, list: false, ...negation, until: to, chained: true };
    } else {
      findings.push(reading.claim(from, to, mention));
      negation = undefined;
    }
    index = to - 1;
  }
  return findings.filter((finding) => !isSummary(reading, finding, findings));
}

/** "bridge a cappella": voices alone, where no instrument follows that it says it of. */
function unaccompanied(reading: Reading, from: number): number | undefined {
  const one = /^(acappella|capella|cappella)$/.test(reading.free(from));
  const two = reading.free(from) === 'a' && /^cap?pella$/.test(reading.free(from + 1));
  const to = two ? from + 2 : one ? from + 1 : undefined;
  return to === undefined || entryAt(reading, to) ? undefined : to;
}

const CHOIR: Omit<InstrumentMention, 'asked'> = {
  instrument: 'choir-aahs',
  family: instrumentById('choir-aahs').family,
  role: roleOf(instrumentById('choir-aahs')),
  standIn: false,
  negated: false,
  alone: 'only',
};

interface Negation {
  until: number;
  strong: boolean;
  list: boolean;
  /** True after a noun that was ruled out. */
  chained?: boolean;
}

/** Notes a negator, and claims one that heads a list or is more than a word. */
function negationAt(reading: Reading, index: number, until: number): Negation {
  const list = reading.word(until - 1) === ':';
  if (list || reading.word(index) === 'w') reading.cover(index, until);
  return { until, strong: reading.word(index) !== 'no', list };
}

/** "a guitar duet ... two nylon guitars": what the numbered ones say better. */
function isSummary(
  reading: Reading,
  { value, to }: Finding<InstrumentMention>,
  all: readonly Finding<InstrumentMention>[],
) {
  if (!value.generic || value.negated || !/^(duet|duo|trio|quartet)$/.test(reading.word(to))) return false;
  return all.some((other) => other.value.count !== undefined && other.value.family === value.family);
}

const PARTS = new PhraseBook<Role>(EXCLUDABLE_PARTS);

function partAt(reading: Reading, from: number) {
  const beat = /^(beat|beats|rhythm|rhythms)$/.test(reading.free(from));
  const match = beat ? { value: 'drums' as Role, from, to: from + 1 } : PARTS.longestAt(reading, from);
  return match && { asked: reading.span(from, match.to).text, role: match.value, to: match.to };
}

function excluded(asked: string, role: Role, generic?: Generic): InstrumentMention {
  return { asked, role, standIn: false, negated: true, ...(generic ? { generic } : {}) };
}

interface Match {
  value: Entry;
  from: number;
  to: number;
}

/** "swing jazz quartet": an ensemble that begins within a genre's name and goes beyond it. */
function startsEnsemble(reading: Reading, from: number, genreEnds: number): boolean {
  for (let at = from; at < genreEnds; at++) if ((GROUPS.longestAt(reading, at)?.to ?? 0) > genreEnds) return true;
  return false;
}

/** "impressionist piano": a genre's name and an instrument, although the catalogue knows both together as a name. */
function endsInInstrument(reading: Reading, from: number, to: number): boolean {
  const shorter = words(reading, from, to - 1);
  const isGenre = findStyleByAlias(shorter) !== undefined || RELATED_GENRES.has(shorter);
  return isGenre && [GENERICS, ENTRIES].some((book) => book.longestAt(reading, to - 1)?.to === to);
}

/** The longest phrase; of equal ones an ensemble, then a generic word, for which the style knows better than the catalogue. */
function entryAt(reading: Reading, from: number): Match | undefined {
  const candidates = [GROUPS, GENERICS, ENTRIES].map((book) => book.longestAt(reading, from));
  let best: Match | undefined;
  for (const candidate of candidates) if (candidate && (!best || candidate.to > best.to)) best = candidate;
  if (!best || (genreEnd(reading, from) ?? 0) > best.to) return undefined;
  const phrase = words(reading, best.from, best.to);
  if (IN_CONTEXT_ONLY.has(phrase) && !inInstrumentContext(reading, best.from)) return undefined;
  return best;
}

function inInstrumentContext(reading: Reading, from: number): boolean {
  // "8-bit" is a manner.
  if (reading.word(from) === '8') return false;
  return (
    /^(comp|comps|comping)$/.test(reading.word(from + 1)) ||
    (/^(with|and|,|&|\+|on|plus|no|without|or)$/.test(reading.word(from - 1)) &&
      !/^(good|vibe)$/.test(reading.word(from)))
  );
}

function describe(reading: Reading, match: Match, negated: boolean) {
  const phrase = words(reading, match.from, match.to);
  // "two violins" are two of them, not a section.
  const single = PLAYERS[phrase];
  const counted = single !== undefined && readNumber(reading, match.from - 1) !== undefined;
  const value: Entry = counted ? { instrument: instrumentById(single) } : match.value;
  const { role, alone, from, to } =
    'seats' in value
      ? { ...match, role: 'chords' as Role, alone: undefined }
      : roleAround(reading, match, ownRole(value, phrase), (at) => entryAt(reading, at) !== undefined);
  const base = {
    asked: reading.span(match.from, match.to).text,
    role,
    standIn: STAND_INS.has(phrase) || ('foreign' in value && value.foreign === true),
    negated,
    ...(alone && !negated ? { alone } : {}),
  };
  const mention: InstrumentMention =
    'seats' in value
      ? { ...base, seats: value.seats, ...familyOf(value.seats[0]?.instrument) }
      : 'generic' in value
        ? {
            ...base,
            generic: value.generic,
            ...(value.generic.families || value.generic.instruments ? familyOf(value.generic.fallback) : {}),
          }
        : { ...base, instrument: value.instrument.id, family: value.instrument.family };
  const count = readNumber(reading, from - 1);
  if (!count || count.to !== from || count.value < 2 || count.value > 4) return { mention, from, to };
  return { mention: { ...mention, count: count.value }, from: from - 1, to };
}

/** Sections whose players can be counted. */
const PLAYERS: Readonly<Record<string, string>> = { violins: 'violin', violas: 'viola' };

/** The part an entry plays where nothing else is said. */
function ownRole(entry: SingleEntry, phrase: string): Role {
  if (/ bass$/.test(phrase)) return 'bass';
  return 'instrument' in entry ? roleOf(entry.instrument) : (entry.generic.role ?? 'lead');
}

function familyOf(id: string | undefined): { family: string } | undefined {
  const found = id === undefined ? undefined : findInstrument(id);
  return found && { family: found.family };
}

function words(reading: Reading, from: number, to: number): string {
  return Array.from({ length: to - from }, (_, offset) => reading.word(from + offset)).join(' ');
}
