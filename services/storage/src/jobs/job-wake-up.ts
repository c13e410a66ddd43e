import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, Readiness } from '@beatbot/service-kit';
import { Client } from 'pg';
import type { Config } from '../config';
import { Database } from '../database/database';
import { WAKE_CHANNEL } from './job-row';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2000;

/** Tells waiting claims that a job may have become claimable: by NOTIFY over one direct connection, and by a slow poll. */
@Injectable()
export class JobWakeUp implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('wake-up');
  private readonly sleepers = new Set<() => void>();
  private readonly stopped = new AbortController();
  private client?: Client;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    readiness: Readiness,
  ) {
    // Claims that wait end at once when the service stops.
    readiness.draining.addEventListener('abort', () => this.wake(), { once: true });
  }

  onApplicationBootstrap(): void {
    void this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    this.wake();
    await this.client?.end().catch(() => undefined);
  }

  /** Resolves at the next wake-up, at the next poll, after `ms` or when `signal` aborts, whichever comes first. */
  next(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.sleepers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, this.config.CLAIM_POLL_MS));
      this.sleepers.add(done);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done, { once: true });
    });
  }

  private wake(): void {
    for (const done of [...this.sleepers]) done();
  }

  private async listen(): Promise<void> {
    const { signal } = this.stopped;
    let delay = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        await this.listenOnce(() => (delay = FIRST_RETRY_MS));
      } catch (error) {
        this.log.debug(`LISTEN failed, again in ${delay} ms: ${String(error)}`);
      }
      await sleep(delay, undefined, { signal, ref: false }).catch(() => undefined);
      delay = Math.min(delay * 2, LAST_RETRY_MS);
    }
  }

  /** Resolves or rejects when the connection is lost. */
  private async listenOnce(connected: () => void): Promise<void> {
    const client = new Client({
      connectionString: this.database.directUrl,
      connectionTimeoutMillis: this.config.DATABASE_CONNECT_TIMEOUT_MS,
      application_name: 'beatbot-storage-listen',
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => resolve());
    });
    client.on('notification', () => this.wake());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${WAKE_CHANNEL}`);
      connected();
      // Something may have been said while nobody listened.
      this.wake();
      if (this.stopped.signal.aborted) return;
      await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
