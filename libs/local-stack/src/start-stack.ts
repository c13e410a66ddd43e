import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import getPort from 'get-port';
import {
  SERVICES,
  serviceEnvironment,
  type ServiceName,
  type ServicePorts,
  type StackAddresses,
} from './service-definitions';
import { claimFolder } from './claim-folder';
import { KeptServer } from './kept-server';
import { ServiceProcess } from './service-process';
import { startPostgres } from './start-postgres';
import { startRedis, type RunningRedis } from './start-redis';

export interface StackOptions {
  /** Folder of the repository. */
  root: string;
  /** Everything the stack keeps. */
  dataDir: string;
  /** Port of the gateway; 0 for a free one. */
  port: number;
  /** Interface of the gateway. */
  host: string;
  /** A PostgreSQL of your own; an embedded one where not given. */
  databaseUrl?: string;
  /** A Redis of your own; one is started where not given. */
  redisUrl?: string;
  logLevel?: string;
  /** Further variables, for all services or for one. */
  env?: Record<string, string>;
  serviceEnv?: Partial<Record<ServiceName, Record<string, string>>>;
  onLine?: (name: string, line: string) => void;
  onEvent?: (text: string) => void;
  /** Longest time until all is ready. */
  readyTimeoutMs?: number;
  /** Gives the start up. */
  signal?: AbortSignal;
}

/** A running BeatBot. */
export interface Stack {
  url: string;
  addresses: StackAddresses;
  postgres?: KeptServer;
  redis?: KeptServer<RunningRedis>;
  services: Record<ServiceName, ServiceProcess>;
  stop(): Promise<void>;
}

/** Starts what is not given, then the five services side by side; resolves when all are ready, or stops what it started. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const httpPort = await gatewayPort(options);
  const log = (name: string) => join(dataDir, 'logs', `${name}.log`);
  const release = claimFolder(dataDir);
  const started: { stop(): Promise<void> }[] = [{ stop: async () => release() }];
  const stop = async () => {
    for (const part of started.reverse()) await part.stop();
    started.length = 0;
  };
  try {
    const onRestart = (name: string) => (how: string) =>
      options.onEvent?.(`${name} ended (${how}); starting it again.`);
    const postgres = options.databaseUrl
      ? undefined
      : await KeptServer.start(
          (port) => startPostgres({ dataDir: join(dataDir, 'postgres'), logFile: log('postgres'), port }),
          onRestart('postgres'),
        );
    if (postgres) started.push(postgres);
    const redis = options.redisUrl
      ? undefined
      : await KeptServer.start(
          (port) => startRedis({ dataDir: join(dataDir, 'redis'), logFile: log('redis'), port }),
          onRestart('redis'),
        );
    if (redis) started.push(redis);
    if (redis?.server.kind === 'embedded') {
      options.onEvent?.(
        'No redis-server or valkey-server on the PATH and no REDIS_URL: using the embedded Redis, for development only.',
      );
    }
    const addresses: StackAddresses = {
      host: options.host,
      ports: await allotPorts(httpPort),
      databaseUrl: options.databaseUrl ?? postgres?.server.url ?? '',
      redisUrl: options.redisUrl ?? redis?.server.url ?? '',
      objectStorePath: join(dataDir, 'objects'),
      objectSigningSecret: signingSecret(join(dataDir, 'object-signing-secret')),
    };
    const services = {} as Record<ServiceName, ServiceProcess>;
    for (const name of SERVICES.toReversed()) {
      services[name] = new ServiceProcess({
        name,
        root: options.root,
        env: {
          ...serviceEnvironment(name, addresses, options.logLevel ?? 'info'),
          ...options.env,
          ...options.serviceEnv?.[name],
        },
        httpPort: addresses.ports[name].http,
        logFile: log(name),
        onLine: (line) => options.onLine?.(name, line),
        onRestart: onRestart(name),
      });
      started.push(services[name]);
    }
    await Promise.all(SERVICES.map((name) => services[name].ready(options.readyTimeoutMs ?? 60_000, options.signal)));
    return { url: `http://127.0.0.1:${httpPort}`, addresses, postgres, redis, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function gatewayPort({ port, host }: StackOptions): Promise<number> {
  if (port === 0) return getPort({ host: '127.0.0.1', reserve: true });
  await new Promise<void>((free, taken) => {
    const probe = createServer()
      .once('error', (error: NodeJS.ErrnoException) =>
        taken(
          error.code === 'EADDRINUSE'
            ? new Error(`port ${port} on ${host} is in use; choose another with --port or BEATBOT_PORT`)
            : error,
        ),
      )
      .once('listening', () => probe.close(() => free()))
      .listen(port, host);
  });
  return port;
}

async function allotPorts(gatewayHttp: number): Promise<Record<ServiceName, ServicePorts>> {
  const free = () => getPort({ host: '127.0.0.1', reserve: true });
  const ports = {} as Record<ServiceName, ServicePorts>;
  for (const name of SERVICES) {
    ports[name] = { grpc: await free(), http: name === 'gateway' ? gatewayHttp : await free(), metrics: await free() };
  }
  return ports;
}

/** Made at the first start and kept, so that signed URLs outlive a restart. */
function signingSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
