import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningServer, startPostgres } from '@beatbot/local-stack';
import { Pool } from 'pg';
import type { StorageStack } from './storage-stack';

/** A streaming replica of a stack's PostgreSQL, whose replay a test can hold up. */
export class Replica {
  private server: RunningServer;
  private pool: Pool;

  private constructor(
    private readonly dataDir: string,
    server: RunningServer,
  ) {
    this.server = server;
    this.pool = this.open();
  }

  /** Copies the stopped primary, which then acknowledges only what it has written, and follows it from there. */
  static async of(stack: StorageStack, name: string): Promise<Replica> {
    const primary = join(stack.folder, 'postgres');
    const dataDir = join(stack.folder, name);
    await stack.postgres.stop();
    execFileSync('cp', ['-a', primary, dataDir]);
    execFileSync('cp', ['-a', `${primary}.password`, `${dataDir}.password`]);
    stack.postgres = await startPostgres({ dataDir: primary, port: stack.postgres.port });
    const { uid, gid } = statSync(primary);
    const signal = join(dataDir, 'standby.signal');
    writeFileSync(signal, '');
    chownSync(signal, uid, gid);
    appendFileSync(join(dataDir, 'postgresql.auto.conf'), `primary_conninfo = '${stack.postgres.url}'\n`);
    return new Replica(dataDir, await startPostgres({ dataDir, logFile: `${dataDir}.log` }));
  }

  get url(): string {
    return this.server.url;
  }

  get port(): number {
    return this.server.port;
  }

  async pause(): Promise<void> {
    await this.pool.query('SELECT pg_wal_replay_pause()');
    for (;;) {
      const { rows } = await this.pool.query<{ state: string }>('SELECT pg_get_wal_replay_pause_state() AS state');
      if (rows[0]?.state === 'paused') return;
      await sleep(5);
    }
  }

  async resume(): Promise<void> {
    await this.pool.query('SELECT pg_wal_replay_resume()');
  }

  /** Cuts it from its primary, and joins it again. */
  async follow(primary: string): Promise<void> {
    await this.pool.query(`ALTER SYSTEM SET primary_conninfo = '${primary}'`);
    await this.pool.query('SELECT pg_reload_conf()');
    for (;;) {
      const { rows } = await this.pool.query<{ count: string }>('SELECT count(*) FROM pg_stat_wal_receiver');
      if (Number(rows[0]?.count) > 0 === (primary !== '')) return;
      await sleep(10);
    }
  }

  async promote(): Promise<void> {
    await this.pool.query('SELECT pg_promote()');
  }

  async start(): Promise<void> {
    this.server = await startPostgres({ dataDir: this.dataDir, port: this.port, logFile: `${this.dataDir}.log` });
    this.pool = this.open();
  }

  async stop(): Promise<void> {
    await this.pool.end();
    await this.server.stop();
  }

  private open(): Pool {
    const pool = new Pool({ connectionString: this.url, max: 1 });
    pool.on('error', () => undefined);
    return pool;
  }
}
