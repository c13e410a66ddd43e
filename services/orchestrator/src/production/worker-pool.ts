import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { toDomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { CancelChannel } from '../events/cancel-channel';
import { JobQueue } from './job-queue';
import { JobRun } from './job-run';
import { JobRunner } from './job-runner';
import { delayOf } from './with-retries';

export interface PoolLimits {
  /** Jobs at a time. */
  concurrency: number;
  leaseSeconds: number;
  claimWaitSeconds: number;
  maxAttempts: number;
  maxRunningOfOwner: number;
}

const CLAIM_GRACE_MS = 5000;

/** Claims jobs and runs them, as many at a time as allowed, until it is stopped. */
export class WorkerPool {
  private readonly log = new Logger('worker-pool');
  private readonly stopping = new AbortController();
  private readonly runs = new Set<JobRun>();
  private readonly workerName = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  private loops: Promise<void>[] = [];
  private claiming = true;

  constructor(
    private readonly queue: JobQueue,
    private readonly runner: JobRunner,
    cancels: CancelChannel,
    private readonly limits: PoolLimits,
    /** Rejects while something every run needs is away; nothing is claimed then. */
    private readonly ready: () => Promise<unknown>,
  ) {
    cancels.onCancel((jobId) => {
      // The word only hastens the question; storage answers it.
      for (const run of this.runs) if (run.job.id === jobId) void run.heartbeat();
    });
  }

  start(): void {
    this.loops = Array.from({ length: this.limits.concurrency }, (_, index) =>
      this.loop(`${this.workerName}/${index}`),
    );
  }

  /** Claims no more, and gives running jobs back so that another worker goes on with them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const run of this.runs) run.stop('shutdown');
    await Promise.all(this.loops);
  }

  private async loop(workerId: string): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.ready();
        await this.claimAndRun(workerId);
        failures = 0;
        this.claiming = true;
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        const failure = toDomainError(error);
        // One failure is a connection that grew old, or a restart; it heals with the next claim.
        if (this.claiming && failures > 1) {
          this.log.warn(`no jobs are claimed: ${failure.message}`);
          this.claiming = false;
        }
        await sleep(delayOf(failure, failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async claimAndRun(workerId: string): Promise<void> {
    const { signal } = this.stopping;
    const { leaseSeconds, claimWaitSeconds: waitSeconds, maxAttempts, maxRunningOfOwner } = this.limits;
    const job = await this.queue.claim(
      { workerId, leaseSeconds, waitSeconds, maxAttempts, maxRunningOfOwner },
      { signal, deadlineMs: waitSeconds * 1000 + CLAIM_GRACE_MS },
    );
    if (!job) return;
    const run = this.runner.newRun(job);
    this.runs.add(run);
    if (signal.aborted) run.stop('shutdown');
    try {
      await this.runner.take(run);
    } finally {
      this.runs.delete(run);
    }
  }
}
