import { randomStream } from '../random/random-stream';

/** How many candidates may be composed for one Brief. */
export const MAX_CANDIDATES = 8;

/** The seed of one of several candidates; candidate 0 has the Brief's own. */
export function candidateSeed(seed: number, candidate: number): number {
  return candidate === 0 ? seed : randomStream(seed, 'candidate', candidate).uint32();
}

/** Which candidate of a seed has that seed, or undefined. */
export function candidateWithSeed(seed: number, wanted: number): number | undefined {
  for (let candidate = 0; candidate < MAX_CANDIDATES; candidate++)
    if (candidateSeed(seed, candidate) === wanted) return candidate;
  return undefined;
}
