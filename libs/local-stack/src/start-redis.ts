import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import Redis from 'ioredis';
import { ManagedProcess } from './managed-process';
import { endStaleProcess } from './stale-process';
import type { RunningServer } from './start-postgres';

export interface RedisOptions {
  /** Folder for its process number and log; it is made where it is missing. */
  dataDir: string;
  /** A free one where not given. */
  port?: number;
  logFile?: string;
}

/** A running Redis; `kind` is the program that serves, or `embedded` for the one in JavaScript. */
export interface RunningRedis extends RunningServer {
  kind: 'redis-server' | 'valkey-server' | 'embedded';
}

/**
 * Starts a Redis on the loopback interface: `redis-server` or `valkey-server` where one is on the PATH, else
 * `js-redis-server`, which speaks the protocol and keeps all in memory: good for development only.
 * Nothing is written to disk, since Redis carries only what may be lost.
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'redis.pid');
  const kind = installedServer() ?? 'embedded';
  await endStaleProcess(pidFile, 'SIGTERM', kind === 'embedded' ? 'embedded-redis' : kind);

  const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
  const embedded = kind === 'embedded';
  const server = new ManagedProcess({
    name: 'redis',
    command: embedded ? process.execPath : kind,
    args: embedded
      ? [join(__dirname, '../dist/embedded-redis.js'), String(port)]
      : [
          '--bind',
          '127.0.0.1',
          '--port',
          String(port),
          '--dir',
          dataDir,
          '--save',
          '',
          '--appendonly',
          'no',
          '--daemonize',
          'no',
        ],
    logFile: options.logFile ?? join(dataDir, 'redis.log'),
    endsWithParent: embedded,
  });
  if (server.pid !== undefined) writeFileSync(pidFile, `${server.pid}\n`);
  await Promise.race([
    answersPing(port),
    server.exited.then((how) => {
      throw new Error(`${kind} did not start on port ${port} (${how})`);
    }),
  ]);
  return { kind, url: `redis://127.0.0.1:${port}`, port, process: server, stop: () => server.stop('SIGTERM') };
}

function installedServer(): 'redis-server' | 'valkey-server' | undefined {
  return (['redis-server', 'valkey-server'] as const).find((command) => {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore', env: process.env });
      return true;
    } catch {
      return false;
    }
  });
}

async function answersPing(port: number): Promise<void> {
  const client = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => {});
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.connect();
        await client.ping();
        return;
      } catch (error) {
        if (attempt > 200) throw error;
        await sleep(50);
      }
    }
  } finally {
    client.disconnect();
  }
}
