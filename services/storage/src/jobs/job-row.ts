import { DomainError } from '@beatbot/service-kit';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { jobEvents, jobs, songs } from '../database/schema';
import type { Job, JobEvent } from './job';
import { assertMove, isEnded } from './job-state';

export type JobRow = typeof jobs.$inferSelect;

/** A column's new value, or an expression for it. */
type Change = { [K in keyof JobRow]?: JobRow[K] | SQL };

export interface EventText {
  agent?: string;
  /** For people. */
  detail: string;
  /** Of the claim that tells it; the database refuses one that does not run the job. */
  fencingNumber?: number;
}

export interface Moved {
  row: JobRow;
  event: JobEvent;
}

/** Wakes waiting claims, on all processes, when the transaction commits. */
export const WAKE_CHANNEL = 'beatbot_jobs';

/**
 * Reads a job and holds its row until the transaction ends. With `withSong` the song's row is held first: whoever
 * holds both takes them in this order.
 * @throws DomainError NOT_FOUND
 */
export async function lockJob(
  tx: Executor,
  jobId: string,
  options: { owner?: string; withSong?: boolean } = {},
): Promise<JobRow> {
  const which = and(eq(jobs.id, jobId), options.owner === undefined ? undefined : eq(jobs.owner, options.owner));
  if (options.withSong) {
    const songId = tx.select({ songId: jobs.songId }).from(jobs).where(which);
    await tx
      .select({ id: songs.id })
      .from(songs)
      .where(sql`${songs.id} = (${songId})`)
      .for('update');
  }
  const [row] = await tx.select().from(jobs).where(which).for('update');
  if (!row) throw jobNotFound(jobId);
  return row;
}

export function jobNotFound(jobId: string): DomainError {
  return new DomainError('NOT_FOUND', `job ${jobId} does not exist`, { metadata: { job_id: jobId } });
}

/** @throws DomainError STALE_FENCING_NUMBER unless the number is that of the claim which now runs the job */
export function assertLeaseHolder(row: JobRow, fencingNumber: number): void {
  if (row.state === 'running' && row.fencingNumber === fencingNumber) return;
  throw new DomainError(
    'STALE_FENCING_NUMBER',
    `fencing number ${fencingNumber} does not hold job ${row.id}, which is ${row.state} with fencing number ${row.fencingNumber}`,
    { metadata: { job_id: row.id, state: row.state, fencing_number: String(row.fencingNumber) } },
  );
}

/**
 * The only way a job changes: writes the row and the event that tells of it. The row must be held by `lockJob`.
 * A change of state is checked against the state machine; leaving `running` drops the lease; an end is timed.
 * Triggers hold all of it as well (`migrations/0002_state_machine.sql`).
 */
export async function moveJob(tx: Executor, row: JobRow, change: Change, text: EventText): Promise<Moved> {
  const state = (change.state ?? row.state) as JobRow['state'];
  const changesState = state !== row.state;
  if (changesState) assertMove(row.id, row.state, state);
  const ends = changesState && isEnded(state);
  const [updated] = await tx
    .update(jobs)
    .set({
      ...(row.state === 'running' && changesState && { leaseExpireTime: null, workerId: null }),
      ...(ends && { endTime: databaseNow }),
      ...change,
      updateTime: databaseNow,
      lastEventSeq: row.lastEventSeq + 1,
    })
    .where(eq(jobs.id, row.id))
    .returning();
  if (!updated) throw jobNotFound(row.id);
  const [event] = await tx
    .insert(jobEvents)
    .values({
      jobId: updated.id,
      seq: updated.lastEventSeq,
      fencingNumber: text.fencingNumber ?? null,
      type: changesState ? 'state' : 'progress',
      state: updated.state,
      stage: updated.stage,
      percent: updated.percent,
      agent: text.agent ?? '',
      detail: text.detail,
      time: updated.updateTime,
    })
    .returning();
  if (!event) throw new Error('INSERT returned no row');
  // A job became claimable, or one that no longer runs leaves room for its owner's next.
  if (changesState && state !== 'running') await wakeClaims(tx);
  return { row: updated, event };
}

export async function wakeClaims(tx: Executor): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${WAKE_CHANNEL}, '')`);
}

/** The job of a row; its place in the queue is looked up only for queued ones, by `withQueuePositions`. */
export function jobOfRow(row: JobRow, queuePosition = 0): Job {
  return { ...row, queuePosition };
}

/**
 * The jobs of rows with the number of jobs in front of each queued one. Owners take turns, so a job stands behind all
 * that have fewer of their own owner's jobs in front of them, and behind the older ones that have as many.
 */
export async function withQueuePositions(db: Executor, rows: JobRow[]): Promise<Job[]> {
  const queued = rows.filter((row) => row.state === 'queued').map((row) => row.id);
  if (queued.length === 0) return rows.map((row) => jobOfRow(row));
  const { rows: positions } = await db.execute<{ id: string; position: string }>(sql`
    WITH turns AS (
      SELECT id, create_time, row_number() OVER (PARTITION BY owner ORDER BY create_time, id) AS turn
      FROM jobs WHERE state = 'queued'
    ), places AS (
      SELECT id, row_number() OVER (ORDER BY turn, create_time, id) - 1 AS position FROM turns
    )
    SELECT id, position FROM places WHERE id = ANY(${sql.param(queued)}::uuid[])`);
  const byId = new Map(positions.map(({ id, position }) => [id, Number(position)]));
  return rows.map((row) => jobOfRow(row, byId.get(row.id) ?? 0));
}
