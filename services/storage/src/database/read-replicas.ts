import { performance } from 'node:perf_hooks';
import { CONFIG, Lifecycle, Metrics } from '@beatbot/service-kit';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Config } from '../config';
import { Database, type Executor } from './database';
import { openPool } from './open-pool';
import { type PrimaryState, ReadReplica } from './read-replica';

/** How often in the allowed lag replicas are looked at: a healthy one is well within it, also where one look fails. */
const CHECKS_PER_LAG = 4;

/**
 * The place of reads that may be stale, by up to DATABASE_REPLICA_MAX_LAG_MS. They go round the replicas that are up to
 * date; what fails on one, or is not found there, and everything while there is none, is asked of the primary.
 */
@Injectable()
export class ReadReplicas implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('replicas');
  private readonly replicas: ReadReplica[];
  private readonly reads: ReturnType<Metrics['counter']>;
  private readonly maxLagMs: number;
  private readonly watch: Pool;
  private history: PrimaryState[] = [];
  private turn = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: Database,
    lifecycle: Lifecycle,
    metrics: Metrics,
  ) {
    this.maxLagMs = config.DATABASE_REPLICA_MAX_LAG_MS;
    this.replicas = config.DATABASE_REPLICA_URLS.map(
      (url) => new ReadReplica({ url, poolSize: config.DATABASE_POOL_SIZE, maxLagMs: this.maxLagMs }),
    );
    this.reads = metrics.counter('storage_stale_reads_total', 'Reads that may be stale, by who answered', ['server']);
    metrics.gauge('storage_replica_lag_seconds', 'How old the data of a replica may be', ['replica'], (gauge) => {
      for (const replica of this.replicas) gauge.set({ replica: replica.name }, replica.lagMs() / 1000);
    });
    // A connection of its own: while the primary is busy, replicas are needed most.
    this.watch = openPool(
      {
        connectionString: config.DATABASE_URL,
        max: 1,
        connectionTimeoutMillis: this.maxLagMs,
        query_timeout: this.maxLagMs,
      },
      this.log,
    );
    lifecycle.closeClient('replicas', async () => {
      await Promise.all([this.watch.end(), ...this.replicas.map((replica) => replica.end())]);
    });
  }

  onApplicationBootstrap(): void {
    if (this.replicas.length === 0) return;
    this.timer = setInterval(() => void this.check(), this.maxLagMs / CHECKS_PER_LAG);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * Runs queries that only read and may be stale.
   * @throws DomainError UNAVAILABLE, with a time to retry, while the primary is needed and away
   */
  async read<T>(work: (db: Executor) => Promise<T>): Promise<T> {
    const replica = this.next();
    if (replica) {
      try {
        const answer = await replica.run(work);
        this.reads.inc({ server: 'replica' });
        return answer;
      } catch (error) {
        this.log.debug(`${replica.name} did not answer, asking the primary: ${String(error)}`);
      }
    }
    this.reads.inc({ server: 'primary' });
    return this.database.run(work);
  }

  private next(): ReadReplica | undefined {
    const current = this.replicas.filter((replica) => replica.isCurrent());
    return current[this.turn++ % current.length];
  }

  private async check(): Promise<void> {
    const at = performance.now();
    try {
      const { rows } = await this.watch.query<{ lsn: string; cluster: string }>(
        `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS lsn,
          (SELECT system_identifier::text FROM pg_control_system()) AS cluster`,
      );
      const [state] = rows;
      if (!state) throw new Error('the primary did not say how far it has come');
      // Older ones prove nothing that is of use.
      const kept = this.history.filter((one) => at - one.at <= 2 * this.maxLagMs && one.cluster === state.cluster);
      this.history = [...kept, { at, lsn: BigInt(state.lsn), cluster: state.cluster }];
    } catch (error) {
      // Without it, no replica is known to be up to date for long.
      this.log.debug(`the primary does not say how far it has come: ${String(error)}`);
    }
    await Promise.all(this.replicas.map((replica) => replica.check(this.history)));
  }
}
