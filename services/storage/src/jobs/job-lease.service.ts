import { DomainError } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { desc, eq } from 'drizzle-orm';
import { Database, type Executor, VITAL } from '../database/database';
import { databaseIn, databaseNow } from '../database/database-time';
import { jobEvents, jobs } from '../database/schema';
import type { JsonDocument } from '../edge/json-document';
import type { NewRevision } from '../songs/revision';
import type { Job, JobError, JobEvent } from './job';
import { assertLeaseHolder, jobOfRow, type JobRow, lockJob, moveJob } from './job-row';
import { publishRevision } from './publish-revision';

/** Which claim of which job speaks. */
export interface Lease {
  jobId: string;
  fencingNumber: number;
}

export interface Progress {
  stage: string;
  /** 0 to 100. */
  percent: number;
  agent: string;
  detail: string;
  /** Empty keeps the one before. */
  scoreKey: string;
}

export type Outcome =
  { state: 'succeeded'; revision: NewRevision } | { state: 'failed'; error: JobError } | { state: 'cancelled' };

/**
 * What the worker that holds a job's lease does with it. Every call is refused with STALE_FENCING_NUMBER once another
 * claim, a person or the end of the lease took the job away.
 */
@Injectable()
export class JobLeaseService {
  constructor(private readonly database: Database) {}

  /** Prolongs the lease, from now. */
  async heartbeat(lease: Lease, leaseMs: number): Promise<{ cancelRequested: boolean }> {
    return this.transaction(async (tx) => {
      const row = await this.hold(tx, lease);
      await tx
        .update(jobs)
        .set({ leaseExpireTime: databaseIn(leaseMs) })
        .where(eq(jobs.id, row.id));
      return { cancelRequested: row.cancelRequested };
    });
  }

  async appendEvent(lease: Lease, progress: Progress): Promise<JobEvent> {
    const { stage, percent, agent, detail, scoreKey } = progress;
    return this.transaction(async (tx) => {
      const row = await this.hold(tx, lease);
      const change = { stage, percent, ...(scoreKey && { scoreKey }) };
      return (await moveJob(tx, row, change, { agent, detail, fencingNumber: lease.fencingNumber })).event;
    });
  }

  /** Gives the job back; nobody claims it within `delayMs`. */
  async release(lease: Lease, delayMs: number, detail: string, forgiveAttempt: boolean): Promise<JobEvent> {
    return this.transaction(async (tx) => {
      const row = await this.hold(tx, lease);
      const { fencingNumber } = lease;
      // Nobody is left to run it, so a wish to end it is granted.
      if (row.cancelRequested) return this.cancelled(tx, row, fencingNumber);
      const change = {
        state: 'queued',
        claimableTime: delayMs > 0 ? databaseIn(delayMs) : databaseNow,
        ...(forgiveAttempt && { attempts: row.attempts - 1 }),
      } as const;
      return (await moveJob(tx, row, change, { detail: detail || 'given back', fencingNumber })).event;
    });
  }

  async awaitApproval(lease: Lease, plan: JsonDocument): Promise<JobEvent> {
    return this.transaction(async (tx) => {
      const row = await this.hold(tx, lease);
      const { fencingNumber } = lease;
      if (row.cancelRequested) return this.cancelled(tx, row, fencingNumber);
      const change = { state: 'awaiting_approval', plan, planApproved: false } as const;
      return (await moveJob(tx, row, change, { detail: 'the plan waits for approval', fencingNumber })).event;
    });
  }

  /**
   * Ends the job. Repeated by the same claim with the same outcome, it answers as before and writes nothing.
   * @throws DomainError JOB_ENDED when this claim ended it otherwise
   */
  async finish(lease: Lease, outcome: Outcome): Promise<{ job: Job; event: JobEvent }> {
    return this.transaction(async (tx) => {
      const row = await lockJob(tx, lease.jobId, { withSong: true });
      if (row.finishedByFencingNumber === lease.fencingNumber) return this.finishedBefore(tx, row, outcome);
      assertLeaseHolder(row, lease.fencingNumber);
      const done = { state: outcome.state, finishedByFencingNumber: lease.fencingNumber };
      const { row: ended, event } = await this.end(tx, row, outcome, done);
      return { job: jobOfRow(ended), event };
    });
  }

  /** Who works for a job is never refused for want of room. */
  private transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    return this.database.transaction(work, VITAL);
  }

  private async end(
    tx: Executor,
    row: JobRow,
    outcome: Outcome,
    done: { state: Outcome['state']; finishedByFencingNumber: number },
  ) {
    const fencingNumber = done.finishedByFencingNumber;
    switch (outcome.state) {
      case 'succeeded': {
        const revision = await publishRevision(tx, row, outcome.revision, fencingNumber);
        const change = { ...done, revision, stage: 'done', percent: 100, scoreKey: outcome.revision.scoreKey };
        return moveJob(tx, row, change, { detail: `revision ${revision} published`, fencingNumber });
      }
      case 'failed': {
        const { reason, message } = outcome.error;
        const change = { ...done, errorReason: reason, errorMessage: message };
        return moveJob(tx, row, change, { detail: message || reason, fencingNumber });
      }
      case 'cancelled': {
        if (!row.cancelRequested) {
          throw new DomainError(
            'FAILED_PRECONDITION',
            `nobody asked for the end of job ${row.id}; release it instead`,
            {
              metadata: { job_id: row.id, state: row.state },
            },
          );
        }
        return moveJob(tx, row, done, { detail: 'cancelled', fencingNumber });
      }
    }
  }

  private async finishedBefore(tx: Executor, row: JobRow, outcome: Outcome): Promise<{ job: Job; event: JobEvent }> {
    if (row.state !== outcome.state) {
      throw new DomainError('JOB_ENDED', `job ${row.id} has ended as ${row.state} and cannot end as ${outcome.state}`, {
        metadata: { job_id: row.id, state: row.state },
      });
    }
    const [event] = await tx
      .select()
      .from(jobEvents)
      .where(eq(jobEvents.jobId, row.id))
      .orderBy(desc(jobEvents.seq))
      .limit(1);
    if (!event) throw new DomainError('JOB_ENDED', `job ${row.id} has ended and its events have expired`);
    return { job: jobOfRow(row), event };
  }

  private async cancelled(tx: Executor, row: JobRow, fencingNumber: number): Promise<JobEvent> {
    return (await moveJob(tx, row, { state: 'cancelled' }, { detail: 'cancelled', fencingNumber })).event;
  }

  private async hold(tx: Executor, lease: Lease): Promise<JobRow> {
    const row = await lockJob(tx, lease.jobId);
    assertLeaseHolder(row, lease.fencingNumber);
    return row;
  }
}
