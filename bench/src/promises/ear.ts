import type { Heard, HeardNote } from './heard';

/** Ratings of the twelve degrees in major and minor keys (C. Krumhansl & E. Kessler, 1982). */
const RATINGS: Readonly<Record<string, readonly number[]>> = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
};
/** Church modes as the nearer of those with two neighbouring degrees changed about. */
const ALTERED: Readonly<Record<string, readonly [base: string, degree: number, other: number]>> = {
  dorian: ['minor', 8, 9],
  phrygian: ['minor', 1, 2],
  lydian: ['major', 5, 6],
  mixolydian: ['major', 10, 11],
};
const LETTERS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The pitch class of a note name such as `F#`. */
export function pitchClassOf(name: string): number {
  const sign = name.endsWith('#') ? 1 : name.length > 1 && name.endsWith('b') ? -1 : 0;
  return ((LETTERS[name[0] ?? ''] ?? 0) + sign + 12) % 12;
}

/** The key that pitched notes fit best, among major, minor and one further mode: tonic pitch class and mode. */
export function keyHeard(notes: readonly HeardNote[], mode: string): { tonic: number; mode: string } | undefined {
  const time: number[] = Array<number>(12).fill(0);
  for (const { pitch, durationTicks, drum } of notes)
    if (!drum) time[pitch % 12] = (time[pitch % 12] ?? 0) + durationTicks;
  let best: { tonic: number; mode: string } | undefined;
  let highest = -Infinity;
  for (const candidate of new Set(['major', 'minor', mode])) {
    const profile = profileOf(candidate);
    for (let tonic = 0; tonic < 12; tonic++) {
      const fit = pearson(profile, profile.map((_, degree) => time[(tonic + degree) % 12] ?? 0)); // prettier-ignore
      if (fit > highest) [best, highest] = [{ tonic, mode: candidate }, fit];
    }
  }
  return best;
}

function profileOf(mode: string): readonly number[] {
  const altered = ALTERED[mode];
  if (!altered) return RATINGS[mode] ?? [];
  const [base, degree, other] = altered;
  const ratings = [...(RATINGS[base] ?? [])];
  [ratings[degree], ratings[other]] = [ratings[other] ?? 0, ratings[degree] ?? 0];
  return ratings;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [cross, squareA, squareB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - meanA, (b[index] ?? 0) - meanB];
    cross += x * y;
    squareA += x * x;
    squareB += y * y;
  });
  return squareA * squareB > 0 ? cross / Math.sqrt(squareA * squareB) : 0;
}

/**
 * Quarter notes a minute: the rate within half an octave of `near` at which onsets, weighted by loudness, come closest
 * to a grid of quarters, eighths and sixteenths (the summed phases of a Fourier transform at the three rates). The first
 * four fifths of the song only, since endings may slow down, and at most 40 seconds. Undefined for fewer than eight onsets.
 */
export function tempoHeard(notes: readonly HeardNote[], near: number): number | undefined {
  const last = notes.reduce((latest, { seconds }) => Math.max(latest, seconds), 0);
  const end = Math.min(40, last * 0.8);
  const onsets = new Map<number, number>();
  for (const { seconds, velocity } of notes) {
    const at = Math.round(seconds * 1000);
    if (seconds <= end) onsets.set(at, (onsets.get(at) ?? 0) + velocity);
  }
  if (onsets.size < 8) return undefined;
  const list = [...onsets].slice(0, 400).map(([at, weight]) => [at / 1000, Math.sqrt(weight)] as const);
  let best = near;
  let highest = -Infinity;
  for (let bpm = near / Math.SQRT2; bpm <= near * Math.SQRT2; bpm *= 1.0015) {
    const found = gridStrength(list, bpm / 60);
    if (found > highest) [best, highest] = [bpm, found];
  }
  return best;
}

function gridStrength(onsets: readonly (readonly [at: number, weight: number])[], hertz: number): number {
  const sums = [0, 0, 0, 0, 0, 0];
  for (const [at, weight] of onsets) {
    let [cosine, sine] = [Math.cos(2 * Math.PI * hertz * at), Math.sin(2 * Math.PI * hertz * at)];
    for (let octave = 0; octave < 3; octave++) {
      sums[octave * 2] = (sums[octave * 2] ?? 0) + weight * cosine;
      sums[octave * 2 + 1] = (sums[octave * 2 + 1] ?? 0) + weight * sine;
      // The angle doubled.
      [cosine, sine] = [cosine * cosine - sine * sine, 2 * cosine * sine];
    }
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = sums;
  return Math.hypot(a, b) + Math.hypot(c, d) + Math.hypot(e, f);
}

/**
 * Whether accents repeat at the length of a bar: more alike at that distance than at a distance an eighth longer or
 * shorter. Undefined where too little sounds to tell.
 */
export function barHeard(heard: Heard, beats: number, unit: number): boolean | undefined {
  const eighth = heard.ticksPerQuarter / 2;
  const bar = (beats * 8) / unit;
  const accents: number[] = [];
  for (const { ticks, velocity } of heard.notes) {
    const at = Math.round(ticks / eighth);
    accents[at] = (accents[at] ?? 0) + velocity;
  }
  const filled = Array.from(accents, (value) => value ?? 0);
  if (filled.length < bar * 3) return undefined;
  const alike = (lag: number) => pearson(filled.slice(0, -lag), filled.slice(lag));
  // Sustained music has too few onsets for an accent pattern.
  if (heard.notes.length < filled.length / 4) return undefined;
  return alike(bar) >= Math.max(alike(bar - 1), alike(bar + 1));
}

/** The share of bars in which the triad of a Roman numeral is what sounds: its root and third, and more of it than of any neighbour. */
export function chordsHeard(
  heard: Heard,
  barTicks: number,
  bars: number,
  triads: readonly (readonly number[])[],
): number {
  let kept = 0;
  for (let bar = 0; bar < bars; bar++) {
    const [root = 0, third = 0, fifth = 0] = triads[bar % triads.length] ?? [];
    const time: number[] = Array<number>(12).fill(0);
    for (const { ticks, durationTicks, pitch, drum } of heard.notes) {
      if (drum) continue;
      const sounding = Math.min(ticks + durationTicks, (bar + 1) * barTicks) - Math.max(ticks, bar * barTicks);
      if (sounding > 0) time[pitch % 12] = (time[pitch % 12] ?? 0) + sounding;
    }
    const total = time.reduce((sum, value) => sum + value, 0);
    const own = (time[root] ?? 0) + (time[third] ?? 0) + (time[fifth] ?? 0);
    if (total > 0 && (time[root] ?? 0) > 0 && (time[third] ?? 0) > 0 && own >= total * 0.5) kept++;
  }
  return kept / Math.max(1, bars);
}

/** The triad of a plain Roman numeral of major or minor, as pitch classes. */
export function triadOf(roman: string, tonic: number, mode: string): number[] {
  const scale = mode === 'minor' ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11];
  const degree = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'].indexOf(roman.toUpperCase());
  const root = (tonic + (scale[degree] ?? 0)) % 12;
  return [root, (root + (roman === roman.toLowerCase() ? 3 : 4)) % 12, (root + 7) % 12];
}
