import { Job, JobEvent, JobState } from '@beatbot/contracts/music/v1/job';
import { DomainError, toDomainError } from '@beatbot/service-kit';
import { BaseCheckpointSaver } from '@langchain/langgraph';
import { Logger } from '@nestjs/common';
import { EventFeed } from '../events/event-feed';
import { EVENT_PAGE, JobStore } from '../jobs/job-store';
import { Telemetry } from '../telemetry';
import { JobQueue } from './job-queue';
import { JobRun, RunLimits } from './job-run';
import { forget, produce } from './production-graph';
import { Makers, SongProduction, StepLimits } from './song-production';
import { SuspectTurns } from './suspect-turns';
import { delayOf, remedyOf } from './with-retries';

export interface RunnerLimits extends RunLimits, StepLimits {
  /** How long a job may wait for services that are away, from when a person last set it going. */
  jobMs: number;
}

/** How a run ended. */
export type RunEnd = 'succeeded' | 'failed' | 'cancelled' | 'awaiting_approval' | 'released' | 'lost';

/** A job that waits for a service comes back this late, so that others get their turn. */
const RELEASE_DELAY_MS = 2000;

/** Takes a claimed job as far as it goes, and tells storage how that ended. */
export class JobRunner {
  private readonly log = new Logger('job-runner');
  private readonly suspects = new SuspectTurns();

  constructor(
    private readonly queue: JobQueue,
    private readonly store: JobStore,
    private readonly feed: EventFeed,
    private readonly makers: Makers,
    private readonly checkpointer: BaseCheckpointSaver,
    private readonly telemetry: Telemetry,
    private readonly limits: RunnerLimits,
  ) {}

  newRun(job: Job): JobRun {
    return new JobRun(job, this.queue, this.feed, this.limits);
  }

  /** Never rejects: what goes wrong ends in the job, or in the log where storage cannot be told. */
  async take(run: JobRun): Promise<RunEnd> {
    const { job } = run;
    this.telemetry.running.inc();
    run.startHeartbeats();
    let end: RunEnd;
    try {
      end = await this.produce(run).catch((error: unknown) => this.conclude(run, error));
    } catch (error) {
      end = 'lost';
      if (run.stopCause !== 'lease-lost') {
        this.log.warn(`job ${job.id} is left to the end of its lease: ${toDomainError(error).message}`);
      }
    } finally {
      run.endHeartbeats();
      this.telemetry.running.dec();
    }
    if (end === 'succeeded' || end === 'failed' || end === 'cancelled') await this.forget(job.id);
    this.telemetry.runs.inc({ outcome: end });
    this.log.log(`job ${job.id}, attempt ${job.attempts}: ${end}`);
    return end;
  }

  private async produce(run: JobRun): Promise<RunEnd> {
    run.signal.throwIfAborted();
    const kind = run.job.songRequest ? 'song' : 'revision';
    const steps = new SongProduction(run, this.makers, this.limits, this.telemetry, this.suspects);
    const result = await produce(run.job.id, kind, steps, this.checkpointer);
    if ('published' in result) return 'succeeded';
    run.signal.throwIfAborted();
    await run.awaitApproval(result.waitingPlan);
    return 'awaiting_approval';
  }

  /** Ends the claim of a run that did not reach its goal. */
  private async conclude(run: JobRun, error: unknown): Promise<RunEnd> {
    // Published, and only the last checkpoint could not be written.
    if (run.ended) return 'succeeded';
    switch (run.stopCause) {
      case 'lease-lost':
        return 'lost';
      case 'cancelled':
        await run.finish({ cancelled: true });
        return 'cancelled';
      case 'shutdown':
        await run.release({ delayMs: 0, detail: 'the worker stops, another goes on', forgiveAttempt: true });
        return 'released';
      default:
        return this.fail(run, toDomainError(error));
    }
  }

  private async fail(run: JobRun, failure: DomainError): Promise<RunEnd> {
    if (failure.reason === 'INTERNAL')
      this.log.error({ err: failure.cause ?? failure, job: run.job.id }, 'a step failed');
    if (remedyOf(failure) === 'wait') {
      const waitedMs = await this.sinceSetGoing(run);
      if (waitedMs < this.limits.jobMs) {
        const delayMs = Math.round(RELEASE_DELAY_MS + delayOf(failure, 1));
        await run.release({ delayMs, detail: `waits: ${failure.message}`, forgiveAttempt: !run.tookLives });
        return 'released';
      }
      const waited = `waited ${Math.round(waitedMs / 1000)} s for a service that is away: ${failure.message}`;
      await run.finish({ error: { reason: 'DEADLINE_EXCEEDED', message: waited } });
      return 'failed';
    }
    await run.finish({ error: { reason: failure.reason, message: failure.message } });
    return 'failed';
  }

  /** Milliseconds since a person last set the job going: asked for it, said yes to its plan, or asked for a retry. */
  private async sinceSetGoing({ job }: JobRun): Promise<number> {
    let since = job.createTime;
    let before: JobState | undefined;
    let page: JobEvent[];
    let seq = 0;
    do {
      page = await this.store.listEvents(job.id, seq, { owner: job.owner, deadlineMs: this.limits.callMs });
      for (const event of page) {
        if (
          event.state === JobState.JOB_STATE_QUEUED &&
          before &&
          before !== event.state &&
          before !== JobState.JOB_STATE_RUNNING
        ) {
          since = event.time ?? since;
        }
        before = event.state;
        seq = event.seq;
      }
    } while (page.length === EVENT_PAGE);
    return since ? Date.now() - (since.seconds * 1000 + since.nanos / 1e6) : 0;
  }

  private async forget(jobId: string): Promise<void> {
    try {
      await forget(jobId, this.checkpointer);
    } catch (error) {
      this.log.debug(`checkpoints of job ${jobId} stay until they expire: ${toDomainError(error).message}`);
    }
  }
}
