import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobEvent } from '@beatbot/contracts/music/v1/job';
import { CallOptions, DomainError, toDomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { EventFeed } from '../events/event-feed';
import { JobQueue, Lease, Outcome, Progress, Release } from './job-queue';
import { withRetries } from './with-retries';

/** Why a run ends before its work is done. */
export type StopCause = 'cancelled' | 'lease-lost' | 'shutdown';

/** The reason of a run's signal once it is aborted. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';

  constructor(readonly stopCause: StopCause) {
    super(`the run stops: ${stopCause}`);
  }
}

export interface RunLimits {
  leaseSeconds: number;
  /** Limit of one call to storage. */
  callMs: number;
  /** How long writes are retried while storage is away. */
  retryMs: number;
}

const MIN_PROGRESS_INTERVAL_MS = 200;
const CALL_TRIES = 3;

/**
 * One claim of a job by a worker: its heartbeats, its events and its end. All writes carry the fencing number; once one
 * is refused as stale the signal aborts and nothing more is written.
 */
export class JobRun {
  private readonly log = new Logger('job-run');
  private readonly controller = new AbortController();
  private readonly lease: Lease;
  private heartbeats?: NodeJS.Timeout;
  /** True once a service died while it worked for this run: then the attempt is not forgiven. */
  tookLives = false;
  private percent = 0;
  private over = false;
  private last?: Progress & { at: number };

  constructor(
    readonly job: Job,
    private readonly queue: JobQueue,
    private readonly feed: EventFeed,
    private readonly limits: RunLimits,
  ) {
    this.lease = { jobId: job.id, fencingNumber: job.fencingNumber };
  }

  /** Aborts, with a RunStopped as reason, when the work is to end. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopCause(): StopCause | undefined {
    return this.signal.aborted ? (this.signal.reason as RunStopped).stopCause : undefined;
  }

  /** True once storage has taken the write that ends the claim. */
  get ended(): boolean {
    return this.over;
  }

  /** What every call on the job's behalf says. */
  call(deadlineMs: number): CallOptions & { owner: string; signal: AbortSignal } {
    return { owner: this.job.owner, requestId: this.job.id, signal: this.signal, deadlineMs };
  }

  stop(cause: StopCause): void {
    this.controller.abort(new RunStopped(cause));
  }

  startHeartbeats(): void {
    this.heartbeats = setInterval(() => void this.heartbeat(), (this.limits.leaseSeconds * 1000) / 3);
    if (this.job.cancelRequested) this.stop('cancelled');
  }

  endHeartbeats(): void {
    clearInterval(this.heartbeats);
  }

  /** Prolongs the lease and learns whether to stop. A storage that is away is asked again at the next beat. */
  async heartbeat(): Promise<void> {
    try {
      const call = { requestId: this.job.id, deadlineMs: (this.limits.leaseSeconds * 1000) / 3 };
      const { cancelRequested } = await this.queue.heartbeat(this.lease, this.limits.leaseSeconds, call);
      if (cancelRequested) this.stop('cancelled');
    } catch (error) {
      const failure = toDomainError(error);
      if (this.over) return;
      if (isRefusal(failure) || failure.reason === 'NOT_FOUND') this.loseLease(failure);
      else this.log.warn(`heartbeat of job ${this.job.id} failed: ${failure.message}`);
    }
  }

  /** Tells of progress, at most five times a second unless it is urgent or stage or agent is another; percent never falls. */
  async report(progress: Progress, urgent = false): Promise<void> {
    this.percent = Math.max(this.percent, Math.min(100, Math.round(progress.percent)));
    const next = { ...progress, percent: this.percent, at: performance.now() };
    const { last } = this;
    const news =
      urgent || !last || last.stage !== next.stage || last.agent !== next.agent || last.scoreKey !== next.scoreKey;
    if (!news && (next.at - last.at < MIN_PROGRESS_INTERVAL_MS || sameText(last, next))) return;
    this.last = next;
    const { stage, percent, agent, detail, scoreKey } = next;
    const event = { stage, percent, agent, detail, scoreKey };
    await this.write((call) => this.queue.appendEvent(this.lease, event, call), this.signal);
  }

  /** The writes below end the claim; a stopped run may still make them. */
  awaitApproval(plan: Plan): Promise<void> {
    return this.end((call) => this.queue.awaitApproval(this.lease, plan, call));
  }

  release(release: Release): Promise<void> {
    return this.end((call) => this.queue.release(this.lease, release, call));
  }

  finish(outcome: Outcome): Promise<void> {
    return this.end((call) => this.queue.finish(this.lease, outcome, call));
  }

  private async end(action: (call: CallOptions) => Promise<JobEvent>): Promise<void> {
    await this.write(action);
    this.over = true;
    this.endHeartbeats();
  }

  private async write(action: (call: CallOptions) => Promise<JobEvent>, signal?: AbortSignal): Promise<void> {
    if (this.stopCause === 'lease-lost') throw this.signal.reason;
    const { callMs: deadlineMs, retryMs: waitMs } = this.limits;
    try {
      const call = { requestId: this.job.id, deadlineMs, signal };
      const event = await withRetries(() => action(call), { waitMs, tries: CALL_TRIES, signal });
      this.feed.publish(event);
    } catch (error) {
      if (error instanceof DomainError && isRefusal(error)) {
        this.loseLease(error);
        throw this.signal.reason;
      }
      throw error;
    }
  }

  private loseLease(refusal: DomainError): void {
    this.log.warn(`job ${this.job.id} is no longer ours: ${refusal.message}`);
    this.endHeartbeats();
    this.stop('lease-lost');
  }
}

/** Storage's ways to say that the claim holds no more. */
function isRefusal(error: DomainError): boolean {
  return error.reason === 'STALE_FENCING_NUMBER' || error.reason === 'JOB_ENDED';
}

function sameText(one: Progress, other: Progress): boolean {
  return one.percent === other.percent && one.detail === other.detail;
}
