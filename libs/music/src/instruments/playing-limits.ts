import { DRUM_KEYS, type DrumKeyName } from './drum-key';
import type { Instrument } from './instrument';

/** The widest a hand reaches on a keyboard in semitones, a major tenth, and its fingers. */
const HAND_SPAN = 16;
const FINGERS = 5;
/** Open strings of a guitar, E2 to E4, its frets, and how many frets apart fingers reach. */
const STRINGS = [40, 45, 50, 55, 59, 64] as const;
const FRETS = 22;
const FRET_SPAN = 4;

/** Whether two hands can hold these pitches of a keyboard at once: each at most five, within a tenth. */
export function fitsTwoHands(pitches: readonly number[]): boolean {
  const sorted = [...pitches].sort((a, b) => a - b);
  const hand = (held: readonly number[]) => held.length <= FINGERS && (held.at(-1) ?? 0) - (held[0] ?? 0) <= HAND_SPAN;
  return sorted.length === 0 || sorted.some((_, split) => hand(sorted.slice(0, split)) && hand(sorted.slice(split)));
}

const fingered = new Map<string, boolean>();

/** Whether these pitches lie on the six strings of a guitar in standard tuning, each on its own, the fretted ones within four frets; open strings are free. */
export function fitsSixStrings(pitches: readonly number[]): boolean {
  if (pitches.length <= 1) return true;
  if (pitches.length > STRINGS.length) return false;
  const sorted = [...pitches].sort((a, b) => a - b);
  const name = sorted.join();
  const known = fingered.get(name) ?? finger(sorted, 0, 0, FRETS + 1, 0);
  fingered.set(name, known);
  return known;
}

/** Higher pitches on higher strings, from string `string` on; `low` and `high` are the frets in use. */
function finger(pitches: readonly number[], at: number, string: number, low: number, high: number): boolean {
  const pitch = pitches[at];
  if (pitch === undefined) return true;
  for (let next = string; next < STRINGS.length; next++) {
    const fret = pitch - (STRINGS[next] ?? 0);
    if (fret < 0 || fret > FRETS) continue;
    const [from, to] = fret === 0 ? [low, high] : [Math.min(low, fret), Math.max(high, fret)];
    if (to - from <= FRET_SPAN && finger(pitches, at + 1, next + 1, from, to)) return true;
  }
  return false;
}

/** Whether a player can hold these pitches at once; undefined for instruments without such a limit. */
export function playableTogether({ family, polyphonic }: Instrument): ((pitches: readonly number[]) => boolean) | undefined {
  if (!polyphonic) return undefined;
  if (family === 'piano') return fitsTwoHands;
  return family === 'guitar' ? fitsSixStrings : undefined;
} // prettier-ignore

const ACOUSTIC_KITS = ['standard-kit', 'room-kit', 'power-kit', 'jazz-kit', 'brush-kit'];
const FEET: readonly DrumKeyName[] = ['kick', 'acoustic-kick', 'pedal-hi-hat'];
/** What a drummer's sticks strike, the least needed last; the rest of the keys are other players' percussion. */
export const STICK_KEYS: readonly number[] = (
  [
    'crash', 'crash-2', 'china', 'splash', 'snare', 'side-stick', 'electric-snare', 'high-tom', 'high-mid-tom', 'low-mid-tom', 'low-tom',
    'high-floor-tom', 'low-floor-tom', 'ride-bell', 'ride', 'ride-2', 'cowbell', 'open-hi-hat', 'closed-hi-hat',
  ] satisfies DrumKeyName[]
).map((name) => DRUM_KEYS[name]); // prettier-ignore
const FOOT_KEYS: readonly number[] = FEET.map((name) => DRUM_KEYS[name]);

/** Sticks, and feet, that a drummer has. */
export const LIMBS = 2;

/** Whether a kit is one that a drummer sits at. */
export function isAcousticKit({ id }: Pick<Instrument, 'id'>): boolean {
  return ACOUSTIC_KITS.includes(id);
}

/** Whether a drummer with two sticks and two feet can strike these keys at once. */
export function fitsDrummer(keys: readonly number[]): boolean {
  const distinct = new Set(keys);
  const count = (among: readonly number[]) => among.filter((key) => distinct.has(key)).length;
  return count(STICK_KEYS) <= LIMBS && count(FOOT_KEYS) <= LIMBS;
}

/** What breath allows a player or singer of one line. */
export interface Breath {
  /** The longest stretch without a pause, in seconds. */
  seconds: number;
  /** How long breathing in takes. */
  pauseSeconds: number;
}

/** A comfortable phrase rather than the longest possible one. */
const BREATH: Breath = { seconds: 10, pauseSeconds: 0.2 };

/** The breath of winds and of a single voice; undefined for what needs none, and for choirs and sections, which breathe in turn. */
export function breathOf({ family, id, polyphonic }: Instrument): Breath | undefined {
  const blown = ['brass', 'reed', 'pipe'].includes(family) && !polyphonic;
  return blown || id === 'voice-oohs' ? BREATH : undefined;
}
