import { InputError } from '../input-error';
import { MODES, type Key, type Mode } from '../score/score';
import { scaleNames, transposeKey } from '../theory/key';
import { namedKey } from './key-names';
import type { Finding, Reading } from './reading';
import { MAQAM_BOOK, RAGA_BOOK, SCALE_BOOK } from './scales';

/** What the prompt says of the key: a tonic, a mode, or both. `nearest` where the mode only comes near the scale asked for. */
export type KeyDemand = ({ tonic: string; mode?: Mode } | { tonic?: undefined; mode: Mode }) & { nearest?: true };

const MODE_WORDS: Record<string, Mode> = {
  ...Object.fromEntries(MODES.map((mode) => [mode, mode])),
  maj: 'major', dur: 'major', ionian: 'major', min: 'minor', moll: 'minor', m: 'minor', aeolian: 'minor',
}; // prettier-ignore

/** A note name at a fixed place, then perhaps a mode; gaps are bounded, so matching takes constant time. */
const NOTE = /([A-Ga-g])(?:(#|♯|♭|b(?![A-Za-z]))|[ -]{1,2}(sharp|flat)\b)?/iy;
const MODE =
  /[ -]{0,3}(?:(?:natural|harmonic|melodic)[ -])?(major|minor|maj|min|dur|moll|ionian|dorian|phrygian|lydian|mixolydian|aeolian|locrian)(?:[ -]{1,2}dominant)?(?![\p{L}\p{N}])/iuy;
const SHORT_MINOR = /m(?![\p{L}\p{N}#])/uy;

/** Keys and modes: `F# minor`, `A-flat major`, `in Bb`, `Cm`, `fis-Moll`, `la mineur`, `relative minor of G`, `raga Yaman`, `minor key`. */
export function readKeys(reading: Reading): Finding<KeyDemand>[] {
  const findings: Finding<KeyDemand>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found =
      foreignKey(reading, index) ??
      relatedKey(reading, index) ??
      tonicKey(reading, index) ??
      scaleOnly(reading, index) ??
      modeOnly(reading, index);
    if (!found) continue;
    // "in C minor, not major"
    if (/^(not|non|never)$/.test(reading.word(found.from - 1))) {
      reading.cover(found.from - 1, found.to);
      continue;
    }
    const to = /^(key|scale|mode|tonality|pentatonic)$/.test(reading.free(found.to)) ? found.to + 1 : found.to;
    findings.push(reading.claim(found.from, to, found.value));
    index = to - 1;
  }
  return findings;
}

/** The key with a spelling of at most seven accidentals: G# major becomes Ab major. */
export function spellKey(key: Key): Key {
  const accidentals = scaleNames(key).reduce((sum, name) => sum + name.length - 1, 0);
  return accidentals > 7 ? transposeKey(key, 0) : key;
}

/** @throws InputError unless tonic is a note name and mode one of MODES. */
export function checkKey(field: string, key: Key): Key {
  if (!/^[A-G](?:#|b)?$/.test(key.tonic) || !MODES.includes(key.mode)) {
    throw new InputError(
      field,
      `${key.tonic} ${key.mode}`,
      `a tonic from A to G, with # or b where needed, and one of ${MODES.join(', ')}`,
    );
  }
  return spellKey({ tonic: key.tonic, mode: key.mode });
}

interface KeyMatch {
  value: KeyDemand;
  from: number;
  to: number;
}

function tonicKey(reading: Reading, from: number): KeyMatch | undefined {
  const token = reading.tokens[from];
  if (!token || reading.isClaimed(from) || !/^[a-g](m|b|bm|dur|moll|maj|min)?$/.test(token.folded)) return undefined;
  NOTE.lastIndex = token.start;
  const note = NOTE.exec(reading.prompt);
  if (!note) return undefined;
  const [, letter = '', sign, word] = note;
  MODE.lastIndex = NOTE.lastIndex;
  const mode = MODE.exec(reading.prompt);
  SHORT_MINOR.lastIndex = NOTE.lastIndex;
  const short = !mode && SHORT_MINOR.test(reading.prompt);
  const end = mode ? MODE.lastIndex : short ? SHORT_MINOR.lastIndex : NOTE.lastIndex;
  const to = reading.indexAtOffset(end, from + 1);
  if ((reading.tokens[to - 1]?.end ?? end) !== end) return undefined;

  const [before, second] = [reading.word(from - 1), reading.word(from - 2)];
  const lead =
    /^(in|key)$/.test(before) ||
    (/^(of|:|=|is)$/.test(before) && second === 'key') ||
    (before === 'of' && /^(major|minor)$/.test(second));
  const upper = letter === letter.toUpperCase();
  const altered = sign !== undefined || word !== undefined;
  const alone = upper && (altered || letter !== 'A' || between(reading, from, to)) && standsAlone(reading, from, to);
  if (mode || short) {
    // "a minor key", "a major lift": here the letter is an article; "in a minor" is a key.
    const isArticle = !lead && !between(reading, from, to);
    if (letter === 'a' && !altered && (isArticle || /^key$/.test(reading.word(to)))) return undefined;
    if (short && !upper && !lead && (/[ae]/.test(letter) || !between(reading, from, to))) return undefined;
  } else if (!alone) {
    // "in F", "in e flat", "key of g", "blues in a, 60 bpm"
    const named = upper || (altered && word !== undefined) || reading.word(from - 2) === 'key';
    const closes = to === reading.tokens.length || /^[,;.)]$/.test(reading.word(to));
    if (!lead || !(named || closes)) return undefined;
  }
  const accidental = /^(#|♯|sharp)$/i.test(sign ?? word ?? '') ? '#' : altered ? 'b' : '';
  const tonic = `${letter.toUpperCase()}${accidental}`;
  const modeName = short ? 'minor' : mode ? MODE_WORDS[(mode[1] ?? '').toLowerCase()] : undefined;
  const dominant = /dominant$/i.test(mode?.[0] ?? '');
  return {
    value: modeName ? { tonic, mode: modeName, ...(dominant ? { nearest: true } : {}) } : { tonic },
    from: keyLead(reading, from),
    to,
  };
}

/** "fis-Moll", "mi bémol majeur". */
function foreignKey(reading: Reading, index: number): KeyMatch | undefined {
  const found = namedKey(reading, index);
  return found && { value: { tonic: found.tonic, mode: found.mode }, from: found.from, to: found.to };
}

/** "relative minor of C major", "parallel major of A minor". */
function relatedKey(reading: Reading, from: number): KeyMatch | undefined {
  const [relation, mode] = [reading.free(from), reading.free(from + 1)];
  if (!/^(relative|parallel)$/.test(relation) || (mode !== 'major' && mode !== 'minor')) return undefined;
  if (reading.free(from + 2) !== 'of') return undefined;
  const other = tonicKey(reading, from + 3);
  if (other?.value.tonic === undefined) return undefined;
  const { tonic } = other.value;
  const distance = relation === 'parallel' || other.value.mode === mode ? 0 : mode === 'minor' ? -3 : 3;
  return { value: transposeKey({ tonic, mode }, distance), from, to: other.to };
}

/** "whole-tone", "raga Kafi", "maqam Hijaz". */
function scaleOnly(reading: Reading, from: number): KeyMatch | undefined {
  const tradition = /^(raga?|raag)$/.test(reading.word(from))
    ? RAGA_BOOK
    : /^(maqam|makam|maqom)$/.test(reading.word(from))
      ? MAQAM_BOOK
      : undefined;
  const match = tradition ? tradition.longestAt(reading, from + 1) : SCALE_BOOK.longestAt(reading, from);
  if (!match) return undefined;
  const { mode, exact } = match.value;
  // "raga" itself names a genre too.
  const start = tradition === MAQAM_BOOK ? from : match.from;
  return { value: exact ? { mode } : { mode, nearest: true }, from: start, to: match.to };
}

/** "lofi, dm, 80 bpm": between commas, or a comma and an end. */
function between(reading: Reading, from: number, to: number): boolean {
  const mark = (index: number) => /^[,;|/]$/.test(reading.word(index));
  return mark(from - 1) && (mark(to) || to === reading.tokens.length);
}

/** "lofi, Bb, 80 bpm": a note between commas, and not one of several. */
function standsAlone(reading: Reading, from: number, to: number): boolean {
  const edge = (index: number) => index < 0 || /^[,;.()]$/.test(reading.word(index));
  const single = (index: number) => (reading.tokens[index]?.text.length ?? 0) === 1;
  const [before, after] = [edge(from - 1), edge(to) || to === reading.tokens.length];
  return before && after && !single(from - 2) && !single(to + 1);
}

function modeOnly(reading: Reading, from: number): KeyMatch | undefined {
  const word = reading.free(from);
  const plain = /^(natural|harmonic|melodic)$/.test(word) ? reading.free(from + 1) : word;
  const mode = plain.length > 1 && Object.hasOwn(MODE_WORDS, plain) ? MODE_WORDS[plain] : undefined;
  if (!mode || /^(dur|moll|min|maj)$/.test(plain)) return undefined;
  return { value: { mode }, from, to: plain === word ? from + 1 : from + 2 };
}

/** Takes "key of" and "key:" in front along. */
function keyLead(reading: Reading, from: number): number {
  let at = from;
  while (at > 0 && /^(key|of|:|=|is)$/.test(reading.free(at - 1))) at--;
  return reading.free(at) === 'key' ? at : from;
}
