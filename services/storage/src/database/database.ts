import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG, DomainError, Lifecycle, Metrics, Readiness } from '@beatbot/service-kit';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Client, type Pool, type PoolClient } from 'pg';
import type { Config } from '../config';
import { isConflict, isConnectionError, toDatabaseDomainError } from './database-error';
import { migrate } from './migrate';
import { openPool } from './open-pool';

/** What queries run on: a connection, or a transaction on one. */
export type Executor = NodePgDatabase;

const CONFLICT_ATTEMPTS = 4;
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5000;
const START_WAIT_MS = 2000;
const FULL_RETRY_MS = 1000;

/** Work that waits for a connection however many wait: few may ask for it, and what was accepted depends on it. */
export const VITAL = Symbol('vital');

/** PostgreSQL: the pool, transactions, and the schema brought up to date as soon as the server can be reached. */
@Injectable()
export class Database implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('database');
  private readonly pool: Pool;
  private readonly stopped = new AbortController();
  private migrated = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly readiness: Readiness,
    lifecycle: Lifecycle,
    metrics: Metrics,
  ) {
    this.pool = openPool(
      {
        connectionString: config.DATABASE_URL,
        max: config.DATABASE_POOL_SIZE,
        connectionTimeoutMillis: config.DATABASE_CONNECT_TIMEOUT_MS,
        statement_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
        lock_timeout: config.DATABASE_LOCK_TIMEOUT_MS,
        idle_in_transaction_session_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
        // A server that does not even say that it timed out.
        query_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS + 2000,
      },
      this.log,
    );
    readiness.addCheck('postgres', async () => {
      await this.run((db) => db.execute(sql`SELECT 1`), VITAL);
    });
    lifecycle.closeClient('postgres', () => this.pool.end());
    metrics.pool('postgres', () => ({
      size: this.pool.totalCount,
      busy: this.pool.totalCount - this.pool.idleCount,
      waiting: this.pool.waitingCount,
    }));
  }

  async onApplicationBootstrap(): Promise<void> {
    const first = this.tryToMigrate();
    void this.migrateUntilDone(first);
    // Usually done at once, so that the first look at readiness finds it; a long one must not hold up liveness.
    await Promise.race([first, sleep(START_WAIT_MS, undefined, { ref: false })]);
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  /**
   * Runs queries on one connection.
   * @throws DomainError with a time to retry: UNAVAILABLE while the database is away, RESOURCE_EXHAUSTED where too many wait
   */
  async run<T>(work: (db: Executor) => Promise<T>, vital?: typeof VITAL): Promise<T> {
    return this.withClient((client) => work(drizzle(client)), vital);
  }

  /** Runs a READ COMMITTED transaction, again when it lost against another one (deadlock, serialisation). */
  async transaction<T>(work: (tx: Executor) => Promise<T>, vital?: typeof VITAL): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.withClient((client) => inTransaction(client, work), vital);
      } catch (error) {
        const cause = error instanceof DomainError ? error.cause : error;
        if (attempt >= CONFLICT_ATTEMPTS || !isConflict(cause)) throw error;
      }
    }
  }

  /**
   * Runs `work` unless `lock`, a number of ADVISORY_LOCKS or a text, is held elsewhere; false where it is. The lock has a
   * connection of its own; what `work` does by the transactions it is given happens only while the lock is held.
   */
  async exclusively(
    lock: number | string,
    work: (transaction: <T>(inside: (tx: Executor) => Promise<T>) => Promise<T>) => Promise<void>,
  ): Promise<boolean> {
    const client = new Client({
      connectionString: this.directUrl,
      connectionTimeoutMillis: this.config.DATABASE_CONNECT_TIMEOUT_MS,
      application_name: 'beatbot-storage-lock',
      keepAlive: true,
    });
    client.on('error', (error) => this.log.warn(`connection of a lock lost: ${error.message}`));
    try {
      await client.connect();
      const key = typeof lock === 'number' ? '$1' : 'hashtextextended($1, 0)';
      const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${key}) AS held`, [lock]);
      if (!rows[0]?.held) return false;
      await work((inside) => inTransaction(client, inside));
      return true;
    } catch (error) {
      throw toDatabaseDomainError(error);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** For what needs a session of its own: LISTEN, session locks. */
  get directUrl(): string {
    return this.config.DATABASE_DIRECT_URL ?? this.config.DATABASE_URL;
  }

  private async withClient<T>(work: (client: PoolClient) => Promise<T>, vital?: typeof VITAL): Promise<T> {
    if (!this.migrated) {
      throw new DomainError('UNAVAILABLE', 'the database is not ready yet; try again', { retryAfterMs: 1000 });
    }
    if (vital === undefined) this.assertRoom();
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await this.pool.connect();
      return await work(client);
    } catch (error) {
      broken = isConnectionError(error);
      throw toDatabaseDomainError(error);
    } finally {
      client?.release(broken);
    }
  }

  private assertRoom(): void {
    const { DATABASE_POOL_SIZE: size, DATABASE_MAX_WAITING: most } = this.config;
    const { totalCount, idleCount, waitingCount } = this.pool;
    if (totalCount < size || idleCount > 0 || waitingCount < most) return;
    throw new DomainError(
      'RESOURCE_EXHAUSTED',
      `${waitingCount} calls wait for the database already; try again later`,
      {
        retryAfterMs: FULL_RETRY_MS,
      },
    );
  }

  private async migrateUntilDone(first: Promise<boolean>): Promise<void> {
    const { signal } = this.stopped;
    for (let done = await first, delay = FIRST_RETRY_MS; !done; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
      await sleep(delay, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      done = await this.tryToMigrate();
    }
    await this.readiness.refresh();
  }

  private async tryToMigrate(): Promise<boolean> {
    try {
      await migrate(this.directUrl, this.config.DATABASE_CONNECT_TIMEOUT_MS, (notice) => this.log.log(notice));
      this.migrated = true;
    } catch (error) {
      const message = 'cannot bring the schema up to date, trying again';
      const known = toDatabaseDomainError(error);
      if (known instanceof DomainError) this.log.warn(`${message}: ${known.message}`);
      else this.log.error({ err: error, msg: message });
    }
    return this.migrated;
  }
}

async function inTransaction<T>(client: Client | PoolClient, work: (tx: Executor) => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work(drizzle(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The first error is the one to tell; a connection that cannot roll back is thrown away.
    await client.query('ROLLBACK').catch((rollbackError: unknown) => {
      if (!isConnectionError(error)) throw rollbackError;
    });
    throw error;
  }
}
