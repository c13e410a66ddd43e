import { CONFIG, Readiness } from '@beatbot/service-kit';
import { BaseCheckpointSaver } from '@langchain/langgraph';
import { Inject, Module, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config';
import { CANCEL_CHANNEL, CancelChannel } from '../events/cancel-channel';
import { EVENT_FEED, EventFeed } from '../events/event-feed';
import { JOB_STORE, JobStore } from '../jobs/job-store';
import { Telemetry } from '../telemetry';
import { COMPOSER, Composer } from './composer';
import { JOB_QUEUE, JobQueue } from './job-queue';
import { JobRunner } from './job-runner';
import { RENDERER, Renderer } from './renderer';
import { SONG_LIBRARY, SongLibrary } from './song-library';
import { Makers } from './song-production';
import { WorkerPool } from './worker-pool';

const MAKERS = Symbol('Makers');

/** The workers that turn jobs into songs. */
@Module({
  providers: [
    {
      provide: MAKERS,
      inject: [COMPOSER, RENDERER, SONG_LIBRARY],
      useFactory: (composer: Composer, renderer: Renderer, library: SongLibrary): Makers => ({
        composer,
        renderer,
        library,
      }),
    },
    {
      provide: JobRunner,
      inject: [JOB_QUEUE, JOB_STORE, EVENT_FEED, MAKERS, BaseCheckpointSaver, Telemetry, CONFIG],
      useFactory: (
        queue: JobQueue,
        store: JobStore,
        feed: EventFeed,
        makers: Makers,
        checkpointer: BaseCheckpointSaver,
        telemetry: Telemetry,
        config: Config,
      ) =>
        new JobRunner(queue, store, feed, makers, checkpointer, telemetry, {
          leaseSeconds: config.LEASE_SECONDS,
          callMs: config.CALL_TIME_LIMIT_SECONDS * 1000,
          composeMs: config.COMPOSE_TIME_LIMIT_SECONDS * 1000,
          renderMs: config.RENDER_TIME_LIMIT_SECONDS * 1000,
          retryMs: config.RETRY_SECONDS * 1000,
          jobMs: config.JOB_TIME_LIMIT_SECONDS * 1000,
          maxAttempts: config.MAX_ATTEMPTS,
        }),
    },
    {
      provide: WorkerPool,
      inject: [JOB_QUEUE, JobRunner, CANCEL_CHANNEL, CONFIG, Redis],
      useFactory: (queue: JobQueue, runner: JobRunner, cancels: CancelChannel, config: Config, redis: Redis) =>
        new WorkerPool(
          queue,
          runner,
          cancels,
          {
            concurrency: config.WORKER_CONCURRENCY,
            leaseSeconds: config.LEASE_SECONDS,
            claimWaitSeconds: config.CLAIM_WAIT_SECONDS,
            maxAttempts: config.MAX_ATTEMPTS,
            maxRunningOfOwner: config.MAX_RUNNING_JOBS_PER_OWNER,
          },
          () => redis.ping(),
        ),
    },
  ],
})
export class ProductionModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    private readonly readiness: Readiness,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start();
    // The workers stop while calls still drain.
    this.readiness.draining.addEventListener('abort', () => void this.workers.stop(), { once: true });
  }

  onModuleDestroy(): Promise<void> {
    return this.workers.stop();
  }
}
