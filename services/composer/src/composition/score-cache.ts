import type { ScoreBytes } from '../workshop/tasks';

/** Nest token of the {@link ScoreCache}. */
export const SCORE_CACHE = Symbol('ScoreCache');

/** Scores by hash and small results by key: may forget anything at any time. */
export interface ScoreCache {
  score(hash: string): Promise<Uint8Array | undefined>;
  keepScore(score: ScoreBytes, seconds: number): Promise<void>;
  /** JSON that {@link keep} was given. */
  result<T>(key: string): Promise<T | undefined>;
  keep(key: string, value: unknown, seconds: number): Promise<void>;
}
