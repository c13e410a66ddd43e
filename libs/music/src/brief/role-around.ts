import type { Role } from '../score/score';
import { ROLE_WORDS } from './instrument-words';
import type { Reading } from './reading';

/** What the words around an instrument say of it: its part, whether it shall be alone, and the tokens that say so. */
export interface Surroundings {
  role: Role;
  alone: 'solo' | 'only' | undefined;
  from: number;
  to: number;
}

const PLAYS =
  /^(carries|carrying|carry|has|have|having|plays|playing|play|takes|taking|take|keeps|keeping|keep|holds|holding|sings|singing|doing|does|for|on|as|with)$/;
const BELOW = ['below', 'underneath', 'beneath', 'at the bottom', 'on the bottom', 'in the bass', 'on bass'];
const ABOVE = ['on top', 'above all', 'at the top'];
const BETWEEN = ['in the middle', 'in between'];

/**
 * The part that the words around an instrument give it: "flute melody", "the oboe has the tune", "harmony in the horns",
 * "cello below", "solo piano". `own` is its part otherwise; drums and percussion keep theirs. `isInstrument` tells whether
 * another instrument is named at a token.
 */
export function roleAround(
  reading: Reading,
  match: { from: number; to: number },
  own: Role,
  isInstrument: (at: number) => boolean,
): Surroundings {
  let { from, to } = match;
  let role = own;
  const previous = reading.free(from - 1);
  let alone: Surroundings['alone'];
  if (/^(only|alone|unaccompanied)$/.test(reading.free(to))) [alone, to] = ['only', to + 1];
  else if (/^(only|just)$/.test(previous)) alone = 'only';
  else if (reading.free(from - 2) === 'a' && previous === 'cappella') [alone, from] = ['only', from - 2];
  else if (/^(solo|unaccompanied)$/.test(previous) || reading.word(from) === 'solo') alone = 'solo';
  if (/^(solo|unaccompanied)$/.test(previous) && alone) from--;
  const fits = (part: Role | undefined): part is Role =>
    part !== undefined && own !== 'drums' && own !== 'percussion' && part !== 'drums';
  const after = ROLE_WORDS.get(reading.free(to));
  const action = after ? undefined : roleByVerb(reading, to);
  const place = roleByPlace(reading, to);
  const before = alone ? undefined : ROLE_WORDS.get(previous);
  const on = alone ? undefined : roleOn(reading, from);
  // "piano bass drums" and "strings lead guitar" are lists: the word belongs to what follows, or stands for itself.
  const bassItself = reading.free(to) === 'bass' && !/^(line|part)$/.test(reading.free(to + 1));
  if (fits(after) && !bassItself && !(isInstrument(to + 1) && after !== 'bass')) {
    role = after;
    to += 1;
  } else if (action && fits(action.role) && !isInstrument(action.to - 1)) {
    [role, to] = [action.role, action.to];
  } else if (place && fits(place.role)) {
    [role, to] = [place.role, place.to];
  } else if (fits(before)) {
    role = before;
  } else if (on && fits(on.role)) {
    role = on.role;
    reading.cover(on.at, on.at + 1);
  }
  if (!alone && ROLE_WORDS.has(previous)) from--;
  return { role, alone, from, to };
}

/** Where the instrument begins that a part before `at` is given to: "bass line | on the cello". */
export function partOf(reading: Reading, at: number): number | undefined {
  if (!/^(on|in|by|from|for)$/.test(reading.free(at))) return undefined;
  return /^(a|an|the)$/.test(reading.word(at + 1)) ? at + 2 : at + 1;
}

/** "carries the tune", "has the melody", "takes the lead". */
function roleByVerb(reading: Reading, from: number): { role: Role; to: number } | undefined {
  if (!PLAYS.test(reading.free(from))) return undefined;
  let at = from + 1;
  if (/^(the|a|an|its)$/.test(reading.free(at))) at++;
  if (/^(main|soft|high|low|slow|simple|whole)$/.test(reading.free(at))) at++;
  const role = ROLE_WORDS.get(reading.free(at));
  return role && { role, to: at + 1 };
}

/** "below", "on top", "in the middle". */
function roleByPlace(reading: Reading, from: number): { role: Role; to: number } | undefined {
  const places: [Role, string[]][] = [['bass', BELOW], ['lead', ABOVE], ['counter', BETWEEN]]; // prettier-ignore
  for (const [role, phrases] of places) {
    for (const phrase of phrases) {
      const words = phrase.split(' ');
      if (words.every((word, offset) => reading.free(from + offset) === word)) return { role, to: from + words.length };
    }
  }
  return undefined;
}

/** "melody on flute", "chords played by the piano", "bass line on cello". */
function roleOn(reading: Reading, from: number): { role: Role; at: number } | undefined {
  let at = from - 1;
  if (/^(a|an|the)$/.test(reading.word(at))) at--;
  if (!/^(on|by|from|for|in|of)$/.test(reading.word(at))) return undefined;
  at--;
  if (/^(played|carried|taken|sung|held)$/.test(reading.word(at))) at--;
  if (/^(line|part)$/.test(reading.word(at))) at--;
  const role = ROLE_WORDS.get(reading.word(at));
  return role && { role, at };
}
