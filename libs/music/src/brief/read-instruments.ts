import { findInstrument, instrument as instrumentById, INSTRUMENTS, type Instrument } from '../instruments/instrument';
import type { Role } from '../score/score';
import { ENSEMBLES, type Seat } from './ensembles';
import {
  EXCLUDABLE_PARTS,
  FOREIGN_INSTRUMENTS,
  GENERIC_INSTRUMENTS,
  IN_CONTEXT_ONLY,
  ROLE_WORDS,
  STAND_INS,
  roleOf,
  type Generic,
} from './instrument-words';
import { negatorEnd, negatorStart, reachesFrom } from './negation';
import { PhraseBook } from './phrase-book';
import { readNumber } from './read-number';
import { genreEnd } from './read-style';
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
]);
const GENERICS = new PhraseBook<Entry>(GENERIC_INSTRUMENTS.map(([name, generic]) => [name, { generic }] as const));
const GROUPS = new PhraseBook<Entry>(ENSEMBLES.map(([name, seats]) => [name, { seats }] as const));

/** Instruments, ensembles and roles, with negations ("no drums", "without piano or strings", "drumless"). */
export function readInstruments(reading: Reading): Finding<InstrumentMention>[] {
  const findings: Finding<InstrumentMention>[] = [];
  let negation: { until: number; strong: boolean } | undefined;
  for (let index = 0; index < reading.tokens.length; index++) {
    const negator = negatorEnd(reading, index);
    if (negator !== undefined) negation = { until: negator, strong: reading.word(index) !== 'no' };
    if (negator !== undefined && reading.word(index) === 'w') reading.cover(index, negator);
    const less = /^(drum|beat|bass)less$/.exec(reading.free(index));
    if (less) {
      const generic = less[1] === 'bass' ? BASS : DRUMS;
      const mention = excluded(reading.word(index), generic.role ?? 'drums', generic);
      findings.push(reading.claim(index, index + 1, mention));
      continue;
    }
    const match = entryAt(reading, index);
    if (!match) {
      // "drum and bass": its words name a genre, not instruments.
      const genre = genreEnd(reading, index);
      if (genre !== undefined && !startsEnsemble(reading, index + 1, genre)) {
        index = genre - 1;
        continue;
      }
      const part = negation && partAt(reading, index);
      if (part && reachesFrom(reading, negation?.until ?? index, index, negation?.strong ?? false)) {
        findings.push(reading.claim(negatorStart(reading, index), part.to, excluded(part.asked, part.role)));
        index = part.to - 1;
      }
      continue;
    }
    const postponed = /^(excluded|omitted|removed)$/.test(reading.free(match.to));
    const negated =
      postponed || (negation !== undefined && reachesFrom(reading, negation.until, index, negation.strong));
    const { mention, from, to } = describe(reading, match, negated);
    if (negated) {
      const start = postponed ? from : negatorStart(reading, index);
      findings.push(reading.claim(start, postponed ? to + 1 : to, mention));
      negation = { until: to, strong: negation?.strong ?? false };
    } else {
      findings.push(reading.claim(from, to, mention));
      negation = undefined;
    }
    index = to - 1;
  }
  return findings;
}

const PARTS = new PhraseBook<Role>(EXCLUDABLE_PARTS);

function partAt(reading: Reading, from: number) {
  const beat = /^(beat|beats)$/.test(reading.free(from));
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
  return (
    /^(with|and|,|&|\+|on|plus|no|without|or)$/.test(reading.word(from - 1)) &&
    !/^(good|vibe)$/.test(reading.word(from))
  );
}

function describe(reading: Reading, match: Match, negated: boolean) {
  const { value } = match;
  const phrase = words(reading, match.from, match.to);
  const { role, alone, from, to } =
    'seats' in value ? { ...match, role: 'chords' as Role, alone: undefined } : roleIn(reading, match, value, phrase);
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

/** The role that words around an instrument give it, and whether it shall be alone. */
function roleIn(reading: Reading, match: Match, value: SingleEntry, phrase: string) {
  let { from, to } = match;
  let role: Role = 'instrument' in value ? roleOf(value.instrument) : (value.generic.role ?? 'lead');
  if (/ bass$/.test(phrase)) role = 'bass';
  const previous = reading.free(from - 1);
  let alone: InstrumentMention['alone'];
  if (/^(only|alone|unaccompanied)$/.test(reading.free(to))) [alone, to] = ['only', to + 1];
  else if (/^(only|just)$/.test(previous)) alone = 'only';
  else if (/^(solo|unaccompanied)$/.test(previous) || /^solo\b/.test(phrase)) alone = 'solo';
  const after = ROLE_WORDS.get(reading.free(to));
  const before = alone ? undefined : (ROLE_WORDS.get(previous) ?? roleOn(reading, from));
  // "piano bass drums" and "strings lead guitar" are lists: the word belongs to what follows, or stands for itself.
  const bassItself = reading.free(to) === 'bass' && !/^(line|part)$/.test(reading.free(to + 1));
  if (after && fitsRole(value, after) && !bassItself && !(entryAt(reading, to + 1) && after !== 'bass')) {
    role = after;
    to += 1;
  } else if (before && fitsRole(value, before)) {
    role = before;
  }
  if (!alone && ROLE_WORDS.has(previous)) from--;
  return { role, alone, from, to };
}

function familyOf(id: string | undefined): { family: string } | undefined {
  const found = id === undefined ? undefined : findInstrument(id);
  return found && { family: found.family };
}

/** Drums and percussion keep their role. */
function fitsRole(entry: SingleEntry, role: Role): boolean {
  const own = 'instrument' in entry ? roleOf(entry.instrument) : entry.generic.role;
  return own !== 'drums' && own !== 'percussion' && role !== 'drums';
}

/** "melody on flute", "chords played by the piano". */
function roleOn(reading: Reading, from: number): Role | undefined {
  let at = from - 1;
  if (/^(a|an|the)$/.test(reading.word(at))) at--;
  if (!/^(on|by|from|for)$/.test(reading.word(at))) return undefined;
  at--;
  if (/^(played|carried|taken)$/.test(reading.word(at))) at--;
  return ROLE_WORDS.get(reading.free(at));
}

function words(reading: Reading, from: number, to: number): string {
  return Array.from({ length: to - from }, (_, offset) => reading.word(from + offset)).join(' ');
}
