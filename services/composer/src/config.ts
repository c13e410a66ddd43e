import { availableParallelism } from 'node:os';
import { baseEnvironment, readEnvironment, redisEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';

const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** What the composer reads from the environment, once. */
const environment = baseEnvironment.extend({
  ...redisEnvironment.shape,
  STORAGE_ADDRESS: z.string().regex(/^\S+:\d+$/, 'must be host:port'),
  /** Threads that compose; one more waits idle at most. */
  WORKER_THREADS: whole(1, 256).default(availableParallelism()),
  /** Candidates of a song where the request does not say. */
  DEFAULT_CANDIDATES: whole(1, 8).default(2),
  /** How often the critic may send a candidate back. */
  MAX_REPAIRS: whole(0, 20).default(3),
  /** Compositions at a time; more are refused, to be tried again. */
  MAX_COMPOSITIONS: whole(1, 10_000).default(32),
  /** How long Briefs and Scores stay in Redis. */
  CACHE_SECONDS: whole(1, 2_592_000).default(86_400),
  /** How long the checkpoints of an unfinished composition stay in Redis. */
  CHECKPOINT_SECONDS: whole(60, 2_592_000).default(3_600),
  /** Scores kept in this process, in bytes. */
  SCORE_MEMORY_BYTES: whole(1_000_000, 10_000_000_000).default(64_000_000),
});

export type Config = z.infer<typeof environment>;

/** @throws ConfigurationError that names each bad variable */
export function readConfig(variables?: NodeJS.ProcessEnv): Config {
  return readEnvironment(environment, variables);
}
