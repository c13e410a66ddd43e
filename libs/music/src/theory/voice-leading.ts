import { modulo12 } from './key';

/** How a chord may be laid out: how many voices, within which pitches, and what sounded before. */
export interface VoicingDemand {
  voices: number;
  lowest: number;
  highest: number;
  /** Where the hand likes to rest; the middle of the range unless given. */
  centre?: number;
  /** The voicing before, lowest voice first; empty at the start of a section. */
  previous: readonly number[];
  /** Whether fifths and octaves must not move in parallel. */
  strict?: boolean;
  /** Which voicings the player can hold; any unless given. */
  fits?: ((voicing: readonly number[]) => boolean) | undefined;
}

/**
 * A voicing of the tones (pitch classes, most important first), lowest voice first: of all close and drop-two
 * arrangements within the range the one with the least motion from the voicing before, a fair spacing and a place near
 * the centre. Gives fewer voices where the range has no room.
 */
export function leadVoices(tones: readonly number[], demand: VoicingDemand): number[] {
  const { lowest, highest, previous } = demand;
  const centre = demand.centre ?? (lowest + highest) / 2;
  for (let voices = Math.max(1, demand.voices); voices >= 1; voices--) {
    let best: number[] = [];
    let bestCost = Infinity;
    for (const voicing of arrangements(tones, voices, lowest, highest)) {
      if (demand.fits && !demand.fits(voicing)) continue;
      const cost =
        motion(previous, voicing) +
        0.6 * Math.abs(mean(voicing) - centre) +
        roughness(voicing) +
        doubling(voicing, tones) +
        (demand.strict ? PARALLEL_COST * parallels(previous, voicing) : 0);
      if (cost < bestCost) [best, bestCost] = [voicing, cost];
    }
    if (best.length) return best;
  }
  return [];
}

const PARALLEL_COST = 24;

/** How many pairs of voices move on in the same direction at the distance of a fifth, from one chord to another of as many voices. An octave within one player's chord is a doubling, no second voice. */
export function parallels(from: readonly number[], to: readonly number[]): number {
  if (from.length !== to.length) return 0;
  let found = 0;
  for (let upper = 1; upper < to.length; upper++)
    for (let lower = 0; lower < upper; lower++)
      if (
        ((to[upper] ?? 0) - (to[lower] ?? 0)) % 12 === 7 &&
        isParallel([from[lower] ?? 0, from[upper] ?? 0], [to[lower] ?? 0, to[upper] ?? 0])
      )
        found++;
  return found;
}

/** Whether two voices move from one pair of pitches to another in the same direction, both pairs a fifth or an octave (or the same and octaves) apart. */
export function isParallel(from: readonly [number, number], to: readonly [number, number]): boolean {
  const interval = Math.abs(to[1] - to[0]) % 12;
  const moves = [to[0] - from[0], to[1] - from[1]] as const;
  return (interval === 0 || interval === 7) && Math.abs(from[1] - from[0]) % 12 === interval && moves[0] * moves[1] > 0;
}

/** The sum over voices of the way to the nearest note of the other chord, both directions, halved (semitones). */
export function motion(from: readonly number[], to: readonly number[]): number {
  if (!from.length || !to.length) return 0;
  const way = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, pitch) => sum + Math.min(...b.map((other) => Math.abs(other - pitch))), 0);
  return (way(from, to) + way(to, from)) / 2;
}

/** Stacks of `voices` notes upwards from every tone in every octave, doubling from below where there are fewer tones; from four voices on also with the second from above an octave down. */
function* arrangements(tones: readonly number[], voices: number, lowest: number, highest: number): Generator<number[]> {
  const ring = [...new Set(tones)].slice(0, voices).sort((a, b) => a - b);
  for (let rotation = 0; rotation < ring.length; rotation++) {
    const tone = (index: number) => ring[(rotation + index) % ring.length] ?? 0;
    for (let base = lowest + modulo12(tone(0) - lowest); base <= highest; base += 12) {
      const close = [base];
      for (let index = 1; index < voices; index++) {
        const below = close[index - 1] ?? base;
        close.push(below + (modulo12(tone(index) - below) || 12));
      }
      if ((close.at(-1) ?? 0) <= highest) yield close;
      if (voices < 4) continue;
      const open = close.map((pitch, index) => (index === voices - 2 ? pitch - 12 : pitch)).sort((a, b) => a - b);
      const clashes = new Set(open).size < voices;
      if (!clashes && (open[0] ?? 0) >= lowest && (open.at(-1) ?? 0) <= highest) yield open;
    }
  }
}

/** Semitones low down, and a semitone at the top, sound muddy or harsh. */
function roughness(voicing: readonly number[]): number {
  let cost = 0;
  for (let index = 1; index < voicing.length; index++) {
    const lower = voicing[index - 1] ?? 0;
    const gap = (voicing[index] ?? 0) - lower;
    if (lower < 48 && gap < 5) cost += 6;
    if (gap === 1) cost += index === voicing.length - 1 ? 4 : 1;
    // Three neighbours in a row make a cluster.
    if (gap <= 2 && index > 1 && lower - (voicing[index - 2] ?? 0) <= 2) cost += 3;
    if (gap > 12) cost += gap - 12;
  }
  return cost;
}

/** Of all tones the first is the one to double. */
function doubling(voicing: readonly number[], tones: readonly number[]): number {
  const doubled = voicing.filter(
    (pitch, index) => voicing.findIndex((other) => modulo12(other) === modulo12(pitch)) < index,
  );
  return 4 * doubled.filter((pitch) => modulo12(pitch) !== tones[0]).length;
}

function mean(pitches: readonly number[]): number {
  return pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length;
}
