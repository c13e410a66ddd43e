import { and, eq, lte, sql } from 'drizzle-orm';
import { ADVISORY_LOCKS } from '../database/advisory-locks';
import type { Executor } from '../database/database';
import { databaseIn, databaseNow } from '../database/database-time';
import { jobs, ownerTurns } from '../database/schema';
import { type JobRow, moveJob } from './job-row';

export interface Claim {
  workerId: string;
  leaseMs: number;
  /** A job whose worker died this often becomes failed. */
  maxAttempts: number;
  /** Most running jobs of one owner; no bound where 0. */
  maxRunningOfOwner: number;
  /** False leaves jobs alone whose lease has expired. */
  takeBackExpired: boolean;
}

/** Expired leases that one claim clears away; the next one takes on. */
const EXPIRED_AT_ONCE = 50;

/**
 * Leases the next job, or none. Claims run one at a time (a few milliseconds each), so that two of them never take
 * turns by the same picture; rows that a cancel holds are skipped, not waited for.
 */
export async function claimNextJob(tx: Executor, claim: Claim): Promise<JobRow | undefined> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.claim})`);
  if (claim.takeBackExpired) await takeBackExpired(tx, claim.maxAttempts);
  const next = await nextJob(tx, claim.maxRunningOfOwner);
  if (!next) return undefined;
  const change = {
    state: 'running',
    attempts: next.attempts + 1,
    fencingNumber: next.fencingNumber + 1,
    workerId: claim.workerId,
    leaseExpireTime: databaseIn(claim.leaseMs),
    ...(next.startTime === null && { startTime: databaseNow }),
  } as const;
  const { attempts, fencingNumber } = change;
  const { row } = await moveJob(tx, next, change, { detail: `taken up, attempt ${attempts}`, fencingNumber });
  await tx
    .insert(ownerTurns)
    .values({ owner: row.owner, claimTime: databaseNow })
    .onConflictDoUpdate({ target: ownerTurns.owner, set: { claimTime: databaseNow } });
  return row;
}

/** Jobs whose worker gave no sign of life in time: queued again, ended where a person wished it, failed after too many. */
async function takeBackExpired(tx: Executor, maxAttempts: number): Promise<void> {
  const expired = await tx
    .select()
    .from(jobs)
    .where(and(eq(jobs.state, 'running'), lte(jobs.leaseExpireTime, databaseNow)))
    .orderBy(jobs.leaseExpireTime)
    .limit(EXPIRED_AT_ONCE)
    .for('update', { skipLocked: true });
  for (const row of expired) {
    const workerDeaths = row.workerDeaths + 1;
    const seen = `worker ${row.workerId} fell silent in ${row.stage} at ${row.percent} %`;
    const death = { workerDeaths, workerDeathNotes: [...row.workerDeathNotes, seen] };
    if (row.cancelRequested) {
      await moveJob(tx, row, { state: 'cancelled', ...death }, { detail: `cancelled; ${seen}` });
    } else if (workerDeaths >= maxAttempts) {
      const errorMessage = `its worker died ${workerDeaths} times: ${death.workerDeathNotes.join('; ')}`;
      const change = { state: 'failed', errorReason: 'WORKER_DIED', errorMessage, ...death } as const;
      await moveJob(tx, row, change, { detail: errorMessage });
    } else {
      const change = { state: 'queued', claimableTime: databaseNow, ...death } as const;
      await moveJob(tx, row, change, { detail: `${seen}; queued again` });
    }
  }
}

/**
 * The job whose turn it is: of the owner with the fewest running jobs, then of the one who was not served for longest,
 * the oldest. Owners are found by jumping through the index from one to the next, so a long backlog costs nothing.
 */
async function nextJob(tx: Executor, maxRunningOfOwner: number): Promise<JobRow | undefined> {
  const { rows } = await tx.execute<{ id: string }>(nextJobQuery(maxRunningOfOwner));
  const id = rows[0]?.id;
  if (id === undefined) return undefined;
  const [row] = await tx.select().from(jobs).where(eq(jobs.id, id));
  return row;
}

/** Exported for the check of its plan. */
export function nextJobQuery(maxRunningOfOwner: number) {
  return sql`
    WITH RECURSIVE waiting AS (
      (SELECT owner FROM jobs WHERE state = 'queued' ORDER BY owner LIMIT 1)
      UNION ALL
      SELECT (SELECT jobs.owner FROM jobs WHERE state = 'queued' AND jobs.owner > waiting.owner ORDER BY jobs.owner LIMIT 1)
      FROM waiting WHERE waiting.owner IS NOT NULL
    ), turns AS (
      SELECT waiting.owner, running.count AS running, owner_turns.claim_time
      FROM waiting
      CROSS JOIN LATERAL (SELECT count(*) AS count FROM jobs WHERE jobs.owner = waiting.owner AND state = 'running') AS running
      LEFT JOIN owner_turns ON owner_turns.owner = waiting.owner
      WHERE waiting.owner IS NOT NULL AND (${maxRunningOfOwner}::int = 0 OR running.count < ${maxRunningOfOwner}::int)
    )
    SELECT head.id
    FROM (
      SELECT turns.*, oldest.create_time
      FROM turns
      CROSS JOIN LATERAL (
        SELECT create_time FROM jobs
        WHERE jobs.owner = turns.owner AND state = 'queued' AND claimable_time <= clock_timestamp()
        ORDER BY create_time, id LIMIT 1
      ) AS oldest
      ORDER BY running, claim_time NULLS FIRST, oldest.create_time
    ) AS turn
    CROSS JOIN LATERAL (
      SELECT id FROM jobs
      WHERE jobs.owner = turn.owner AND state = 'queued' AND claimable_time <= clock_timestamp()
      ORDER BY jobs.create_time, id LIMIT 1
      FOR UPDATE SKIP LOCKED
    ) AS head
    LIMIT 1`;
}
