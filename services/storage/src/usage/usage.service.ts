import { CONFIG, DomainError } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Config } from '../config';
import { Database, type Executor } from '../database/database';
import { jobs, objects, ownerDays, ownerQuotas, songs } from '../database/schema';
import type { Quota } from './quota';

/** Counts of days longer ago are of no use. */
const KEPT_DAYS = 7;

const TODAY = sql<string>`(clock_timestamp() AT TIME ZONE 'UTC')::date`;
const TOMORROW = sql<Date>`(((clock_timestamp() AT TIME ZONE 'UTC')::date + 1)::timestamp AT TIME ZONE 'UTC')`;

export interface Usage {
  jobsToday: number;
  /** When the next day of UTC begins. */
  resetTime: Date;
  storedBytes: number;
  songs: number;
  unfinishedJobs: number;
  quota: Quota;
}

/** What owners use, and the bounds on it. */
@Injectable()
export class UsageService {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async usage(owner: string): Promise<Usage> {
    return this.database.run(async (db) => {
      const quota = await this.quotaOf(db, owner);
      const [today] = await db
        .select({ jobs: ownerDays.jobs })
        .from(ownerDays)
        .where(and(eq(ownerDays.owner, owner), eq(ownerDays.day, TODAY)));
      const [ownSongs] = await db
        .select({ count: sql<number>`count(*)::int` })
        .from(songs)
        .where(and(eq(songs.owner, owner), isNull(songs.deleteTime)));
      const [unfinished] = await db
        .select({ count: sql<number>`count(*)::int` })
        .from(jobs)
        .where(and(eq(jobs.owner, owner), isNull(jobs.endTime)));
      return {
        jobsToday: today?.jobs ?? 0,
        resetTime: await nextDay(db),
        storedBytes: await storedBytesOf(db, owner),
        songs: ownSongs?.count ?? 0,
        unfinishedJobs: unfinished?.count ?? 0,
        quota,
      };
    });
  }

  /** With undefined the quota that all have holds again. Answers the one that holds from now on. */
  async setQuota(owner: string, quota: Quota | undefined): Promise<Quota> {
    return this.database.run(async (db) => {
      if (quota) {
        await db
          .insert(ownerQuotas)
          .values({ owner, ...quota })
          .onConflictDoUpdate({ target: ownerQuotas.owner, set: quota });
      } else {
        await db.delete(ownerQuotas).where(eq(ownerQuotas.owner, owner));
      }
      return this.quotaOf(db, owner);
    });
  }

  /**
   * Counts a job in, within the transaction that writes it: what is rolled back was not used. One owner's jobs are counted
   * one after another, so that the bound is exact.
   * @throws DomainError QUOTA_EXCEEDED, with the time until the next day
   */
  async countJob(tx: Executor, owner: string): Promise<void> {
    const quota = await this.quotaOf(tx, owner);
    if (quota.storedBytes > 0) {
      const bytes = await storedBytesOf(tx, owner);
      if (bytes >= quota.storedBytes) {
        throw new DomainError(
          'QUOTA_EXCEEDED',
          `your songs take ${bytes} bytes; ${quota.storedBytes} are allowed: delete some`,
          { metadata: { quota: 'stored_bytes' } },
        );
      }
    }
    const counted = await tx
      .insert(ownerDays)
      .values({ owner, day: TODAY, jobs: 1 })
      .onConflictDoUpdate({
        target: [ownerDays.owner, ownerDays.day],
        set: { jobs: sql`${ownerDays.jobs} + 1` },
        ...(quota.jobsPerDay > 0 && { setWhere: lt(ownerDays.jobs, quota.jobsPerDay) }),
      })
      .returning({ jobs: ownerDays.jobs });
    const [today] = counted;
    if (!today) {
      const resetTime = await nextDay(tx);
      throw new DomainError(
        'QUOTA_EXCEEDED',
        `${quota.jobsPerDay} jobs a day are allowed; the next day begins at ${resetTime.toISOString()}`,
        { retryAfterMs: Math.max(1000, resetTime.getTime() - Date.now()), metadata: { quota: 'jobs_per_day' } },
      );
    }
    if (today.jobs === 1) {
      await tx
        .delete(ownerDays)
        .where(and(eq(ownerDays.owner, owner), lt(ownerDays.day, sql`${TODAY} - ${sql.raw(String(KEPT_DAYS))}`)));
    }
  }

  /** Bytes that the owner may store yet; no bound where undefined. */
  async bytesLeft(owner: string): Promise<number | undefined> {
    return this.database.run(async (db) => {
      const { storedBytes } = await this.quotaOf(db, owner);
      return storedBytes === 0 ? undefined : Math.max(0, storedBytes - (await storedBytesOf(db, owner)));
    });
  }

  private async quotaOf(db: Executor, owner: string): Promise<Quota> {
    const [own] = await db
      .select({ jobsPerDay: ownerQuotas.jobsPerDay, storedBytes: ownerQuotas.storedBytes })
      .from(ownerQuotas)
      .where(eq(ownerQuotas.owner, owner));
    return own ?? { jobsPerDay: this.config.QUOTA_JOBS_PER_DAY, storedBytes: this.config.QUOTA_STORED_BYTES };
  }
}

async function nextDay(db: Executor): Promise<Date> {
  const { rows } = await db.execute<{ time: Date }>(sql`SELECT ${TOMORROW} AS time`);
  const [row] = rows;
  if (!row) throw new Error('SELECT returned no row');
  return new Date(row.time);
}

async function storedBytesOf(db: Executor, owner: string): Promise<number> {
  const [sum] = await db
    .select({ bytes: sql<string>`coalesce(sum(${objects.size}), 0)` })
    .from(objects)
    .where(eq(objects.owner, owner));
  return Number(sum?.bytes ?? 0);
}
