import type { Key, Mode, Note } from '../score/score';
import { pitchClass, transposeKey } from '../theory/key';
import { pitchClassDurations } from './sounding-tracks';

/** A key and how well the notes fit it: the correlation with the key's profile, -1 to 1. */
export interface KeyFit {
  key: Key;
  correlation: number;
}

/** Probe-tone ratings from the tonic up: C. Krumhansl & E. Kessler 1982, as in Krumhansl, Cognitive Foundations of Musical Pitch, 1990, p. 30. */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

/**
 * A profile per mode. Krumhansl gives major and minor; a church mode has the profile of the nearer one with the rating
 * of each degree that it alters exchanged for that of the degree altered (dorian: minor with sixth and flat sixth exchanged).
 */
const PROFILES: Record<Mode, readonly number[]> = {
  major: MAJOR,
  minor: MINOR,
  lydian: exchanged(MAJOR, [5, 6]),
  mixolydian: exchanged(MAJOR, [10, 11]),
  dorian: exchanged(MINOR, [8, 9]),
  phrygian: exchanged(MINOR, [1, 2]),
  locrian: exchanged(MINOR, [1, 2], [6, 7]),
};

function exchanged(profile: readonly number[], ...pairs: [number, number][]): number[] {
  return profile.map((rating, degree) => {
    const other = pairs.find((pair) => pair.includes(degree))?.find((member) => member !== degree);
    return (other === undefined ? undefined : profile[other]) ?? rating;
  });
}

/**
 * All keys of the given modes, the best fit first, by the Krumhansl-Schmuckler algorithm: the correlation of how long
 * each pitch class sounds with each key's profile (Krumhansl 1990, ch. 4). Empty where there are no notes.
 */
export function keyFits(notes: readonly Note[], modes: readonly Mode[] = ['major', 'minor']): KeyFit[] {
  if (notes.length === 0) return [];
  const durations = pitchClassDurations(notes);
  return [...new Set(modes)]
    .flatMap((mode) =>
      durations.map((_, tonic): KeyFit => {
        const fromTonic = durations.map((_, degree) => durations[(tonic + degree) % 12] ?? 0);
        return { key: transposeKey({ tonic: 'C', mode }, tonic), correlation: correlation(fromTonic, PROFILES[mode]) };
      }),
    )
    .sort((left, right) => right.correlation - left.correlation);
}

/** The key that the notes fit best, or undefined where there are none. */
export function findKey(notes: readonly Note[], modes?: readonly Mode[]): KeyFit | undefined {
  return keyFits(notes, modes)[0];
}

/** Whether two keys are one, whatever their spelling. */
export function sameKey(left: Key, right: Key): boolean {
  return left.mode === right.mode && pitchClass(left.tonic) === pitchClass(right.tonic);
}

/** Pearson's r; 0 where one of the two does not vary. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  left.forEach((value, index) => {
    const [x, y] = [value - leftMean, (right[index] ?? 0) - rightMean];
    product += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  });
  return leftSquares === 0 || rightSquares === 0 ? 0 : product / Math.sqrt(leftSquares * rightSquares);
}
