import { DomainError } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { Database, type Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { jobEvents, jobs, songs } from '../database/schema';
import { canonicalJson, type JsonDocument } from '../edge/json-document';
import { songNotFound } from '../songs/not-found';
import type { Job, JobEvent, JobState } from './job';
import { jobNotFound, jobOfRow, type JobRow, lockJob, moveJob, withQueuePositions } from './job-row';
import { isEnded } from './job-state';

export interface JobQuery {
  owner: string;
  songId?: string;
  /** All where empty. */
  states: JobState[];
  /** Only jobs older than this one of the page before. */
  before?: { createTime: Date; id: string };
  limit: number;
}

/** Whoever sets a job going again does not answer for what happened before. */
const ATTEMPTS_ANEW = { attempts: 0, workerDeaths: 0, workerDeathNotes: [] as string[] };

/** What people do with jobs. Another owner's job is NOT_FOUND. */
@Injectable()
export class JobService {
  constructor(private readonly database: Database) {}

  async get(owner: string, jobId: string): Promise<Job> {
    return this.database.run(async (db) => {
      const rows = await db
        .select()
        .from(jobs)
        .where(and(eq(jobs.id, jobId), eq(jobs.owner, owner)));
      const [job] = await withQueuePositions(db, rows);
      if (!job) throw jobNotFound(jobId);
      return job;
    });
  }

  /** Newest first. */
  async list(query: JobQuery): Promise<Job[]> {
    return this.database.run(async (db) => {
      const rows = await db
        .select()
        .from(jobs)
        .where(
          and(
            eq(jobs.owner, query.owner),
            query.songId === undefined ? undefined : eq(jobs.songId, query.songId),
            query.states.length === 0 ? undefined : inArray(jobs.state, query.states),
            query.before &&
              sql`(${jobs.createTime}, ${jobs.id}) < (${query.before.createTime.toISOString()}::timestamptz, ${query.before.id}::uuid)`,
          ),
        )
        .orderBy(desc(jobs.createTime), desc(jobs.id))
        .limit(query.limit);
      return withQueuePositions(db, rows);
    });
  }

  /** In order, without gaps, from the one after `afterSeq`. */
  async listEvents(owner: string, jobId: string, afterSeq: number, limit: number): Promise<JobEvent[]> {
    return this.database.run(async (db) => {
      const [job] = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(eq(jobs.id, jobId), eq(jobs.owner, owner)));
      if (!job) throw jobNotFound(jobId);
      return db
        .select()
        .from(jobEvents)
        .where(and(eq(jobEvents.jobId, jobId), gt(jobEvents.seq, afterSeq)))
        .orderBy(asc(jobEvents.seq))
        .limit(limit);
    });
  }

  /** Ends a job that waits; asks a running one to end. Repeating it changes nothing. */
  async cancel(owner: string, jobId: string): Promise<Job> {
    return this.database.transaction(async (tx) => {
      const row = await lockJob(tx, jobId, { owner });
      if (row.state === 'cancelled' || (row.state === 'running' && row.cancelRequested)) return jobOfRow(row);
      if (row.state === 'running') {
        return jobOfRow((await moveJob(tx, row, { cancelRequested: true }, { detail: 'asked to end' })).row);
      }
      const change = { state: 'cancelled', cancelRequested: true } as const;
      return jobOfRow((await moveJob(tx, row, change, { detail: 'cancelled' })).row);
    });
  }

  /** Queues a job whose plan waits, with its attempts counted anew; with `plan`, by that plan. Repeating it with the same plan changes nothing. */
  async approve(owner: string, jobId: string, plan: JsonDocument | undefined): Promise<Job> {
    return this.database.transaction(async (tx) => {
      const row = await lockJob(tx, jobId, { owner });
      if (row.planApproved && !isEnded(row.state) && row.state !== 'awaiting_approval') {
        if (plan && canonicalJson(plan) !== canonicalJson(row.plan)) {
          throw new DomainError('FAILED_PRECONDITION', `job ${jobId} was approved with another plan`, {
            metadata: { job_id: jobId, state: row.state },
          });
        }
      } else {
        if (row.state !== 'awaiting_approval') throw notFrom(row, 'awaiting_approval', 'approved');
        const change = {
          state: 'queued',
          stage: 'queued',
          planApproved: true,
          ...ATTEMPTS_ANEW,
          claimableTime: databaseNow,
          ...(plan && { plan }),
        } as const;
        await moveJob(tx, row, change, { detail: 'plan approved' });
      }
      return this.reread(tx, jobId);
    });
  }

  /** Queues a failed or cancelled job again, with its attempts counted anew. */
  async retry(owner: string, jobId: string): Promise<Job> {
    return this.database.transaction(async (tx) => {
      const row = await lockJob(tx, jobId, { owner, withSong: true });
      const [song] = await tx
        .select({ id: songs.id })
        .from(songs)
        .where(and(eq(songs.id, row.songId), isNull(songs.deleteTime)));
      if (!song) throw songNotFound(row.songId);
      if (row.state !== 'failed' && row.state !== 'cancelled') throw notFrom(row, 'failed or cancelled', 'retried');
      const change = {
        state: 'queued',
        stage: 'queued',
        percent: 0,
        ...ATTEMPTS_ANEW,
        cancelRequested: false,
        errorReason: null,
        errorMessage: null,
        finishedByFencingNumber: null,
        endTime: null,
        eventsPurged: false,
        claimableTime: databaseNow,
      } as const;
      await moveJob(tx, row, change, { detail: 'queued again by request' });
      return this.reread(tx, jobId);
    });
  }

  private async reread(tx: Executor, jobId: string): Promise<Job> {
    const [job] = await withQueuePositions(tx, await tx.select().from(jobs).where(eq(jobs.id, jobId)));
    if (!job) throw jobNotFound(jobId);
    return job;
  }
}

function notFrom(row: JobRow, allowed: string, done: string): DomainError {
  return new DomainError(
    isEnded(row.state) ? 'JOB_ENDED' : 'FAILED_PRECONDITION',
    `job ${row.id} is ${row.state}; only a job that is ${allowed} can be ${done}`,
    { metadata: { job_id: row.id, state: row.state } },
  );
}
