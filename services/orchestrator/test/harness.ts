import { setTimeout as sleep } from 'node:timers/promises';
import { RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { RedisCheckpointSaver } from '@beatbot/checkpoint-redis';
import { JobEvent, JobState, RevisionRequest, SongRequest, Approval } from '@beatbot/contracts/music/v1/job';
import { CallContext, createRedis, Metrics } from '@beatbot/service-kit';
import { Redis } from 'ioredis';
import { JobWatcher } from '../src/events/job-watcher';
import { RedisCancelChannel } from '../src/events/redis-cancel-channel';
import { RedisEventFeed } from '../src/events/redis-event-feed';
import { JobsService } from '../src/jobs/jobs.service';
import { JobRunner, RunnerLimits } from '../src/production/job-runner';
import { PoolLimits, WorkerPool } from '../src/production/worker-pool';
import { Telemetry } from '../src/telemetry';
import { FakeComposer, FakeLibrary, FakeRenderer } from './fakes/fake-makers';
import { FakeJobs } from './fakes/fake-jobs';

export const OWNER = 'ada';

const LIMITS: RunnerLimits & PoolLimits = {
  concurrency: 1,
  leaseSeconds: 1,
  claimWaitSeconds: 1,
  maxAttempts: 5,
  maxRunningOfOwner: 0,
  callMs: 1000,
  composeMs: 5000,
  renderMs: 5000,
  retryMs: 1500,
  jobMs: 60_000,
};

/** The orchestrator's own parts on a real Redis, with the services around it faked. */
export class Harness {
  readonly jobs = new FakeJobs();
  readonly composer = new FakeComposer();
  readonly renderer = new FakeRenderer();
  readonly library = new FakeLibrary();
  readonly draining = new AbortController();
  readonly feed: RedisEventFeed;
  readonly service: JobsService;
  readonly watcher: JobWatcher;
  private readonly clients: Redis[] = [];
  private readonly feeds: RedisEventFeed[] = [];
  private readonly pools: WorkerPool[] = [];
  private readonly telemetry = new Telemetry(new Metrics('orchestrator'));

  private constructor(
    readonly server: RunningRedis,
    private readonly limits: Partial<RunnerLimits & PoolLimits>,
  ) {
    this.feed = this.newFeed();
    const bounds = { maxUnfinished: 100, maxUnfinishedOfOwner: 10 };
    const cancels = this.newCancels();
    this.service = new JobsService(this.jobs, this.composer, this.feed, cancels, bounds);
    this.watcher = this.newWatcher(200);
  }

  /** One that asks storage so often while the feed is silent. */
  newWatcher(pollMs: number): JobWatcher {
    return new JobWatcher(this.jobs, this.feed, pollMs, this.draining.signal, this.telemetry, 20);
  }

  static async start(limits: Partial<RunnerLimits & PoolLimits> = {}, server?: RunningRedis): Promise<Harness> {
    return new Harness(server ?? (await startRedis({ dataDir: temporaryFolder('orchestrator') })), limits);
  }

  /** Another worker process, as far as the code can tell. */
  startWorkers(): WorkerPool {
    const limits = { ...LIMITS, ...this.limits };
    const redis = this.client();
    const saver = new RedisCheckpointSaver(redis, { ttlSeconds: 600, prefix: 'test' });
    const makers = { composer: this.composer, renderer: this.renderer, library: this.library };
    const runner = new JobRunner(this.jobs, this.jobs, this.newFeed(), makers, saver, this.telemetry, limits);
    const pool = new WorkerPool(this.jobs, runner, this.newCancels(), limits, () => redis.ping());
    this.pools.push(pool);
    pool.start();
    return pool;
  }

  async createSong(changes: Partial<SongRequest> = {}): Promise<string> {
    const { job } = await this.service.createSong(
      `request-${Math.random()}`,
      songRequest(changes),
      undefined,
      context(),
    );
    return job.id;
  }

  async createRevision(changes: Partial<RevisionRequest>): Promise<string> {
    const request = {
      songId: '',
      baseRevision: 0,
      edits: [],
      instruction: '',
      formats: [],
      stemFormat: '',
      ...changes,
    };
    return (await this.service.createRevision(`request-${Math.random()}`, request, context())).id;
  }

  async untilState(jobId: string, ...states: JobState[]): Promise<void> {
    await until(() => states.includes(this.jobs.row(jobId).job.state));
  }

  /** All events of a watch, until it ends. */
  async watchAll(jobId: string, afterSeq = 0): Promise<JobEvent[]> {
    const events: JobEvent[] = [];
    for await (const event of this.watcher.watch(jobId, afterSeq, context())) events.push(event);
    return events;
  }

  async keys(pattern: string): Promise<string[]> {
    return this.client().keys(pattern);
  }

  async flush(): Promise<void> {
    await this.client().flushall();
  }

  async stop(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.stop()));
    await Promise.all(this.feeds.map((feed) => feed.close()));
    for (const client of this.clients) client.disconnect();
  }

  private newFeed(): RedisEventFeed {
    const feed = new RedisEventFeed(this.client(), this.dedicated(), 600);
    this.feeds.push(feed);
    return feed;
  }

  private newCancels(): RedisCancelChannel {
    return new RedisCancelChannel(this.client(), this.dedicated());
  }

  private dedicated(): Redis {
    return this.client({ commandTimeout: undefined, maxRetriesPerRequest: null });
  }

  private client(options = {}): Redis {
    const client = createRedis(this.server.url, options);
    this.clients.push(client);
    return client;
  }
}

export function context(owner = OWNER): CallContext {
  return new CallContext('request', undefined, owner);
}

export function songRequest(changes: Partial<SongRequest> = {}): SongRequest {
  return {
    prompt: 'dusty lo-fi beat',
    controls: undefined,
    candidates: 0,
    approval: Approval.APPROVAL_UNSPECIFIED,
    formats: [],
    stemFormat: '',
    tags: [],
    ...changes,
  };
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition.toString()}`);
    await sleep(5);
  }
}
