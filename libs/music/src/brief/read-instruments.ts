import { findInstrument, INSTRUMENTS, type Instrument } from '../instruments/instrument';
import type { Role } from '../score/score';
import { ENSEMBLES, type Seat } from './ensembles';
import {
  EXCLUDABLE_PARTS,
  GENERIC_INSTRUMENTS,
  IN_CONTEXT_ONLY,
  ROLE_WORDS,
  STAND_INS,
  roleOf,
  type Generic,
} from './instrument-words';
import { PhraseBook } from './phrase-book';
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
  /** "solo piano", "only strings": nothing else shall sound. */
  alone: boolean;
}

type Entry = { instrument: Instrument } | { generic: Generic } | { seats: readonly Seat[] };

const DRUMS: Generic = { role: 'drums', fallback: 'standard-kit' };
const BASS: Generic = { role: 'bass', fallback: 'electric-bass-finger' };

const ENTRIES = new PhraseBook<Entry>([
  ...INSTRUMENTS.flatMap((instrument) =>
    [instrument.id, instrument.name, ...instrument.aliases].map((name) => [name, { instrument }] as const),
  ),
]);
const GENERICS = new PhraseBook<Entry>(GENERIC_INSTRUMENTS.map(([name, generic]) => [name, { generic }] as const));
const GROUPS = new PhraseBook<Entry>(ENSEMBLES.map(([name, seats]) => [name, { seats }] as const));

const DETERMINERS = /^(a|an|the|any|some|more|much|my|of|your|too|very|all|kind|sort)$/;
const NEGATORS = /^(no|without|minus|sans|except|excluding|exclude|omit|skip|non|zero|drop|remove|avoid|not)$/;

/** Instruments, ensembles and roles, with negations ("no drums", "without piano or strings", "drumless"). */
export function readInstruments(reading: Reading): Finding<InstrumentMention>[] {
  const findings: Finding<InstrumentMention>[] = [];
  let negation: { until: number; strong: boolean } | undefined;
  for (let index = 0; index < reading.tokens.length; index++) {
    const negator = negatorEnd(reading, index);
    if (negator !== undefined) negation = { until: negator, strong: reading.word(index) !== 'no' };
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
      if (genre !== undefined) {
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
    const negated = negation !== undefined && reachesFrom(reading, negation.until, index, negation.strong);
    const { mention, from, to } = describe(reading, match, negated);
    if (negated) {
      const start = negatorStart(reading, index);
      findings.push(reading.claim(start, to, mention));
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
  return { asked, role, standIn: false, negated: true, alone: false, ...(generic ? { generic } : {}) };
}

interface Match {
  value: Entry;
  from: number;
  to: number;
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
  let { from, to } = match;
  const phrase = words(reading, from, to);
  const { value } = match;
  let role: Role =
    'instrument' in value
      ? roleOf(value.instrument)
      : 'generic' in value
        ? (value.generic.role ?? 'lead')
        : (value.seats[0]?.role ?? 'chords');
  let alone = /^(only|alone|unaccompanied)$/.test(reading.free(to));
  if (alone) to++;
  if (/^solo\b/.test(phrase)) alone = true;
  if (!('seats' in value)) {
    const after = ROLE_WORDS.get(reading.free(to));
    const before = ROLE_WORDS.get(reading.free(from - 1)) ?? roleOn(reading, from);
    if (/^(solo|only|just|unaccompanied)$/.test(reading.free(from - 1))) alone = true;
    if (after && fitsRole(value, after)) {
      role = after;
      to++;
    } else if (before && !alone && fitsRole(value, before)) {
      role = before;
    }
    if (!alone && ROLE_WORDS.has(reading.free(from - 1))) from--;
  }
  const asked = reading.span(match.from, match.to).text;
  const base = { asked, role, standIn: STAND_INS.has(phrase), negated, alone: alone && !negated };
  const mention: InstrumentMention =
    'instrument' in value
      ? { ...base, instrument: value.instrument.id, family: value.instrument.family }
      : 'generic' in value
        ? {
            ...base,
            generic: value.generic,
            ...(value.generic.families || value.generic.instruments ? familyOf(value.generic.fallback) : {}),
          }
        : { ...base, seats: value.seats, ...familyOf(value.seats[0]?.instrument) };
  return { mention, from, to };
}

function familyOf(id: string | undefined): { family: string } | undefined {
  const found = id === undefined ? undefined : findInstrument(id);
  return found && { family: found.family };
}

/** Drums and percussion keep their role. */
function fitsRole(entry: Entry, role: Role): boolean {
  const own = 'instrument' in entry ? roleOf(entry.instrument) : 'generic' in entry ? entry.generic.role : undefined;
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

/** The end of a negator that starts here: `no`, `without`, `leave out`, `don't use`, `do not want`, `free of`. */
function negatorEnd(reading: Reading, index: number): number | undefined {
  const word = reading.free(index);
  const next = reading.free(index + 1);
  if (word === 'not' && next === 'only') return undefined;
  if (/^(don't|dont|never)$/.test(word) && /^(use|want|add|include|play|need)$/.test(next)) return index + 2;
  if (word === 'leave' && next === 'out') return index + 2;
  if (word === 'free' && next === 'of') return index + 2;
  if (/^(drop|remove)$/.test(word)) return /^(the|all|any)$/.test(next) ? index + 1 : undefined;
  return NEGATORS.test(word) ? index + 1 : undefined;
}

/** Whether a negation that ends at `until` reaches the noun at `index`: across determiners and adjectives, and along "or". */
function reachesFrom(reading: Reading, until: number, index: number, strong: boolean): boolean {
  if (index - until > 4) return false;
  let listed = false;
  for (let at = until; at < index; at++) {
    const word = reading.word(at);
    if (/^(or|nor)$/.test(word)) listed = true;
    else if (/^(and|&)$/.test(word)) {
      if (!strong || /^(a|an|the|some|with)$/.test(reading.word(at + 1))) return false;
      listed = true;
    } else if (word === ',') {
      // A comma goes on only towards an "or": "no drums, piano or bass".
      if (!endsInOr(reading, index)) return false;
      listed = true;
    } else if (reading.tokens[at]?.kind !== 'word' || /^(but|with|just|only|use|using|instead|then)$/.test(word))
      return false;
    else if (reading.isClaimed(at) && listed) return false;
    else if (!DETERMINERS.test(word) && index - at > 2) return false;
  }
  return true;
}

function endsInOr(reading: Reading, from: number): boolean {
  for (let at = from + 1; at <= from + 4; at++) if (/^(or|nor)$/.test(reading.word(at))) return true;
  return false;
}

/** Where the claim of a negated noun begins: at its negator if that is near and free. */
function negatorStart(reading: Reading, index: number): number {
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    if (reading.isClaimed(at) || reading.tokens[at]?.kind === 'mark') return at + 1;
    if (negatorEnd(reading, at) !== undefined) return at;
  }
  return index;
}
