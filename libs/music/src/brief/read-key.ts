import { InputError } from '../input-error';
import { MODES, type Key, type Mode } from '../score/score';
import { scaleNames, transposeKey } from '../theory/key';
import type { Finding, Reading } from './reading';

/** What the prompt says of the key: a tonic, a mode, or both. */
export type KeyDemand = { tonic: string; mode?: Mode } | { tonic?: undefined; mode: Mode };

const MODE_WORDS: Record<string, Mode> = {
  ...Object.fromEntries(MODES.map((mode) => [mode, mode])),
  maj: 'major', dur: 'major', ionian: 'major', min: 'minor', moll: 'minor', m: 'minor', aeolian: 'minor',
}; // prettier-ignore

/** A note name at a fixed place, then perhaps a mode; gaps are bounded, so matching takes constant time. */
const NOTE = /([A-Ga-g])(?:(#|♯|♭|b(?![A-Za-z]))|[ -]{1,2}(sharp|flat)\b)?/iy;
const MODE =
  /[ -]{0,3}(?:(?:natural|harmonic|melodic)[ -])?(major|minor|maj|min|dur|moll|ionian|dorian|phrygian|lydian|mixolydian|aeolian|locrian)(?:[ -]{1,2}dominant)?(?![\p{L}\p{N}])/iuy;
const SHORT_MINOR = /m(?![\p{L}\p{N}#])/uy;

/** Keys and modes: `F# minor`, `A-flat major`, `D Dorian`, `in Bb`, `Cm`, `key of G`, `minor key`. */
export function readKeys(reading: Reading): Finding<KeyDemand>[] {
  const findings: Finding<KeyDemand>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found = tonicKey(reading, index) ?? modeOnly(reading, index);
    if (!found) continue;
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

  const lead =
    /^(in|key)$/.test(reading.word(from - 1)) ||
    (/^(of|:|=|is)$/.test(reading.word(from - 1)) && reading.word(from - 2) === 'key');
  const upper = letter === letter.toUpperCase();
  const altered = sign !== undefined || word !== undefined;
  const alone = upper && (altered || letter !== 'A') && standsAlone(reading, from, to);
  if (mode || short) {
    // "a minor key", "a major lift": here the letter is an article; "in a minor" is a key.
    if (letter === 'a' && !altered && (!lead || /^key$/.test(reading.word(to)))) return undefined;
    if (short && !upper && !lead) return undefined;
  } else if (!alone && (!lead || !(upper || (altered && word !== undefined) || reading.word(from - 2) === 'key'))) {
    return undefined;
  }
  const accidental = /^(#|♯|sharp)$/i.test(sign ?? word ?? '') ? '#' : altered ? 'b' : '';
  const tonic = `${letter.toUpperCase()}${accidental}`;
  const modeName = short ? 'minor' : mode ? MODE_WORDS[(mode[1] ?? '').toLowerCase()] : undefined;
  return { value: modeName ? { tonic, mode: modeName } : { tonic }, from: keyLead(reading, from), to };
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
