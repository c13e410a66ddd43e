import { CONFIG, Readiness } from '@beatbot/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../config';
import { Database, VITAL } from '../database/database';
import { type Claim, claimNextJob } from './claim-next-job';
import type { Job } from './job';
import { JobLeaseService } from './job-lease.service';
import { jobOfRow, type JobRow } from './job-row';
import { JobWakeUp } from './job-wake-up';

const TICK_MS = 250;

/** Hands out jobs to workers that wait for them. */
@Injectable()
export class JobClaimService implements OnModuleDestroy {
  /** The claim that is being tried: one at a time in this process, so that waiting ones never hold connections. */
  private turn: Promise<unknown> = Promise.resolve();
  /** Since when heartbeats could be taken without a break, by the clock of performance.now(); undefined while not. */
  private readySince?: number;
  /** When this process last was at work, by the same clock. */
  private lastTick = performance.now();
  private readonly ticks = setInterval(() => this.tick(), TICK_MS).unref();

  constructor(
    private readonly database: Database,
    private readonly wakeUp: JobWakeUp,
    private readonly leases: JobLeaseService,
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    readiness.onChange((ready) => (this.readySince = ready ? (this.readySince ?? performance.now()) : undefined));
  }

  /** The next job, waiting for one for at most `waitMs`; undefined where none came, the caller left or the service stops. */
  async claim(wanted: Omit<Claim, 'takeBackExpired'>, waitMs: number, signal: AbortSignal): Promise<Job | undefined> {
    const until = Date.now() + waitMs;
    for (;;) {
      const left = until - Date.now();
      // Asked for before the try: what becomes claimable during it wakes us.
      const awake = new AbortController();
      const woken = this.wakeUp.next(Math.max(left, 0), AbortSignal.any([signal, awake.signal]));
      try {
        const row = await this.inTurn({ ...wanted, takeBackExpired: this.maySilenceBeDeath() }, signal);
        if (row) return await this.deliver(row, signal);
        if (left <= 0 || this.readiness.draining.aborted || signal.aborted) return undefined;
        await woken;
      } finally {
        awake.abort();
      }
    }
  }

  onModuleDestroy(): void {
    clearInterval(this.ticks);
  }

  /** A process that was paused, or starved of its CPU, has heard nobody meanwhile, and its timers come before what it then hears. */
  private tick(): void {
    const now = performance.now();
    const deafMs = now - this.lastTick;
    this.lastTick = now;
    if (this.readySince !== undefined && deafMs > this.graceMs / 2) this.readySince = now;
  }

  private get graceMs(): number {
    return this.config.LEASE_GRACE_SECONDS * 1000;
  }

  /**
   * A lease that expired while nobody could prolong it says nothing of its worker: after a start, after the database was
   * away, and after this process was paused, workers are given time to be heard.
   */
  private maySilenceBeDeath(): boolean {
    this.tick();
    const { graceMs } = this;
    return this.readySince !== undefined && performance.now() - this.readySince >= graceMs;
  }

  private inTurn(claim: Claim, signal: AbortSignal): Promise<JobRow | undefined> {
    const mine = this.turn.then(async () => {
      if (signal.aborted || this.readiness.draining.aborted) return undefined;
      return this.database.transaction((tx) => claimNextJob(tx, claim), VITAL);
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** A caller that left while its job was leased cannot take it: it goes back at once and uncounted. */
  private async deliver(row: JobRow, signal: AbortSignal): Promise<Job | undefined> {
    if (!signal.aborted) return jobOfRow(row);
    const lease = { jobId: row.id, fencingNumber: row.fencingNumber };
    await this.leases.release(lease, 0, 'the worker that asked for it has gone', true);
    return undefined;
  }
}
