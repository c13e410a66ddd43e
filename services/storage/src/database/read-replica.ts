import { performance } from 'node:perf_hooks';
import { types } from 'node:util';
import { Logger } from '@nestjs/common';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import type { Executor } from './database';
import { isConnectionError, rootCause } from './database-error';
import { openPool } from './open-pool';

const { isNativeError } = types;

/** How far the primary had come at a time: its position in the write-ahead log (WAL), and which cluster it is of. */
export interface PrimaryState {
  /** Of `performance.now()`, before the primary was asked. */
  at: number;
  lsn: bigint;
  cluster: string;
}

export interface ReplicaSettings {
  url: string;
  poolSize: number;
  /** How old what is read may be; also how long a query may take, since who is slower is of no use. */
  maxLagMs: number;
}

interface ReplicaState {
  standby: boolean;
  replayed: string | null;
  cluster: string;
}

/**
 * A streaming replica of the primary. How old its data is follows from positions in the WAL, not from clocks: it holds
 * all that was committed before the primary was seen at a position that the replica has replayed. So an idle primary does
 * not look like a lagging replica, nor a replica that has lost its primary like one that is up to date.
 */
export class ReadReplica {
  /** Server and database, without the credentials. */
  readonly name: string;
  private readonly pool: Pool;
  /** One connection of its own, so that many reads do not keep it from being seen how old they are. */
  private readonly watch: Pool;
  private readonly log = new Logger('replica');
  /** It holds all that was committed before this time. */
  private holdsUntil = -Infinity;
  private replayed = { lsn: 0n, at: -Infinity };
  private checking = false;
  private toldCurrent?: boolean;

  constructor(private readonly settings: ReplicaSettings) {
    const { host, pathname } = new URL(settings.url);
    this.name = host + pathname;
    const bounds = {
      connectionString: settings.url,
      connectionTimeoutMillis: settings.maxLagMs,
      statement_timeout: settings.maxLagMs,
      query_timeout: settings.maxLagMs,
    };
    this.pool = openPool({ ...bounds, max: settings.poolSize }, this.log);
    this.watch = openPool({ ...bounds, max: 1 }, this.log);
  }

  /** How old what is read now may be, in milliseconds; without end where it is not known. */
  lagMs(): number {
    return performance.now() - this.holdsUntil;
  }

  isCurrent(): boolean {
    return this.lagMs() <= this.settings.maxLagMs;
  }

  /** Runs queries that only read. @throws what pg and `work` throw */
  async run<T>(work: (db: Executor) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await this.pool.connect();
      return await work(drizzle(client));
    } catch (error) {
      broken = isConnectionError(error);
      if (broken) this.lose(error);
      throw error;
    } finally {
      client?.release(broken);
    }
  }

  /** Finds out how far it has come. `history` goes from the oldest to the newest state of the primary. */
  async check(history: readonly PrimaryState[]): Promise<void> {
    // A silent server is asked once at a time.
    if (this.checking) return;
    this.checking = true;
    try {
      const { rows } = await this.watch.query<ReplicaState>(
        `SELECT pg_is_in_recovery() AS standby, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::text AS replayed,
           (SELECT system_identifier::text FROM pg_control_system()) AS cluster`,
      );
      this.judge(rows[0], history);
    } catch (error) {
      this.lose(error);
    } finally {
      this.checking = false;
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.pool.end(), this.watch.end()]);
  }

  private judge(state: ReplicaState | undefined, history: readonly PrimaryState[]): void {
    const wrong = this.whatIsWrong(state, history.at(-1));
    this.replayed = { lsn: BigInt(state?.replayed ?? 0), at: performance.now() };
    const held = wrong === undefined ? history.findLast(({ lsn }) => lsn <= this.replayed.lsn) : undefined;
    this.holdsUntil = held?.at ?? -Infinity;
    this.tell(wrong ?? (this.isCurrent() ? undefined : `it lags by more than ${this.settings.maxLagMs} ms`));
  }

  private whatIsWrong(state: ReplicaState | undefined, primary: PrimaryState | undefined): string | undefined {
    if (!state?.standby || state.replayed === null) return 'it is no streaming replica';
    if (!primary) return 'how far the primary has come is not known';
    if (state.cluster !== primary.cluster) return 'it is a replica of another cluster';
    // What it had replayed before the primary was asked cannot be news to the primary, but after a failover.
    if (primary.at > this.replayed.at && this.replayed.lsn > primary.lsn) return 'it follows another primary';
    return undefined;
  }

  private lose(error: unknown): void {
    this.holdsUntil = -Infinity;
    const cause = rootCause(error);
    this.tell(isNativeError(cause) ? cause.message : String(cause));
  }

  private tell(problem: string | undefined): void {
    const current = problem === undefined;
    if (current === this.toldCurrent) return;
    this.toldCurrent = current;
    if (current) this.log.log(`${this.name} is read from`);
    else this.log.warn(`${this.name} is left alone: ${problem}`);
  }
}
