import { baseEnvironment, readEnvironment, redisEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';

const address = z.string().regex(/^\S+:\d+$/, 'must be host:port');
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** What the orchestrator reads from the environment, once. */
const environment = baseEnvironment.extend({
  ...redisEnvironment.shape,
  STORAGE_ADDRESS: address,
  COMPOSER_ADDRESS: address,
  RENDERER_ADDRESS: address,
  /** Jobs that this process produces at a time; 0 serves calls only. */
  WORKER_CONCURRENCY: whole(0, 256).default(2),
  /** How long a claim holds without a heartbeat. */
  LEASE_SECONDS: whole(2, 600).default(15),
  /** How long a claim waits for a job. */
  CLAIM_WAIT_SECONDS: whole(1, 30).default(20),
  /** A job for which workers, composers or renderers died this often fails. */
  MAX_ATTEMPTS: whole(1, 100).default(3),
  /** Jobs of one owner that run at a time; 0 for no bound. */
  MAX_RUNNING_JOBS_PER_OWNER: whole(0, 1_000_000).default(0),
  /** Unfinished jobs above which new ones are refused; 0 for no bound. */
  MAX_UNFINISHED_JOBS: whole(0, 100_000_000).default(10_000),
  MAX_UNFINISHED_JOBS_PER_OWNER: whole(0, 100_000_000).default(1_000),
  /** How long a job may wait for services that are away before it fails, from when a person last set it going. */
  JOB_TIME_LIMIT_SECONDS: whole(1, 604_800).default(3_600),
  /** Limits of a single attempt at a step. */
  CALL_TIME_LIMIT_SECONDS: whole(1, 600).default(10),
  COMPOSE_TIME_LIMIT_SECONDS: whole(1, 3_600).default(180),
  RENDER_TIME_LIMIT_SECONDS: whole(1, 7_200).default(900),
  /** How long a step retries a service that is away before the job goes back to the queue. */
  RETRY_SECONDS: whole(1, 600).default(60),
  /** How often a watched job without news is looked up in storage. */
  WATCH_POLL_SECONDS: z.coerce.number().min(0.05).max(60).default(1),
  /** Streams of events that this process serves at a time. */
  MAX_WATCHERS: whole(1, 1_000_000).default(5_000),
  /** As in all services, with room for watchers. */
  GRPC_MAX_CALLS: whole(1, 1_000_000).default(6_000),
  /** How long events stay in Redis after a job's last one. */
  EVENT_STREAM_SECONDS: whole(10, 604_800).default(3_600),
  /** How long checkpoints of an unfinished job stay in Redis. */
  CHECKPOINT_SECONDS: whole(60, 2_592_000).default(86_400),
});

export type Config = z.infer<typeof environment>;

/** @throws ConfigurationError that names each bad variable */
export function readConfig(variables?: NodeJS.ProcessEnv): Config {
  return readEnvironment(environment, variables);
}
