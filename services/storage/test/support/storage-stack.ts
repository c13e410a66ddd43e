import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JobServiceController } from '@beatbot/contracts/storage/v1/jobs';
import type { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import type { SongServiceController } from '@beatbot/contracts/storage/v1/songs';
import { type RunningServer, startPostgres, temporaryFolder } from '@beatbot/local-stack';
import { type GrpcClient, grpcClient, readEnvironment, type RunningService, runService } from '@beatbot/service-kit';
import { Pool } from 'pg';
import { AppModule } from '../../src/app.module';
import { environment } from '../../src/config';

const PACKAGE = 'beatbot.storage.v1';

export interface StorageProcess {
  service: RunningService;
  jobs: GrpcClient<JobServiceController>;
  songs: GrpcClient<SongServiceController>;
  objects: GrpcClient<ObjectServiceController>;
  httpUrl: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL and as many storage services on it as a test starts. */
export class StorageStack {
  private readonly services: StorageProcess[] = [];
  private pool?: Pool;

  private constructor(
    readonly folder: string,
    public postgres: RunningServer,
  ) {}

  static async start(name: string): Promise<StorageStack> {
    const folder = temporaryFolder(`storage-${name}`);
    return new StorageStack(folder, await startPostgres({ dataDir: join(folder, 'postgres'), durable: false }));
  }

  get objectFolder(): string {
    return join(this.folder, 'objects');
  }

  /** Starts a service with the tests' configuration, changed by `overrides`. */
  async service(overrides: Record<string, string> = {}): Promise<StorageProcess> {
    const config = readEnvironment(environment, {
      HOST: '127.0.0.1',
      GRPC_PORT: '0',
      HTTP_PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'silent',
      READINESS_INTERVAL_MS: '100',
      DATABASE_URL: this.postgres.url,
      OBJECT_STORE_PATH: this.objectFolder,
      OBJECT_SIGNING_SECRET: 'a secret of the tests',
      OBJECT_PUBLIC_URL: 'http://127.0.0.1:1',
      SWEEP_INTERVAL_SECONDS: '3600',
      LEASE_GRACE_SECONDS: '0',
      ...overrides,
    });
    const service = await runService({ name: 'storage', module: AppModule, config, grpcPackages: [PACKAGE] });
    const address = `127.0.0.1:${service.grpcPort}`;
    const client = <T extends object>(name: string) => grpcClient<T>({ package: PACKAGE, service: name }, address);
    const jobs = client<JobServiceController>('JobService');
    const songs = client<SongServiceController>('SongService');
    const objects = client<ObjectServiceController>('ObjectService');
    const running: StorageProcess = {
      service,
      jobs,
      songs,
      objects,
      httpUrl: `http://127.0.0.1:${service.httpPort}`,
      stop: async () => {
        jobs.close();
        songs.close();
        objects.close();
        await service.stop();
      },
    };
    this.services.push(running);
    return running;
  }

  /** A direct connection for what only a test may see. */
  sql(): Pool {
    if (!this.pool) {
      this.pool = new Pool({ connectionString: this.postgres.url, max: 3 });
      this.pool.on('error', () => undefined);
    }
    return this.pool;
  }

  async restartPostgres(awayMs: number): Promise<void> {
    const { port } = this.postgres;
    await this.postgres.stop();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    this.postgres = await startPostgres({ dataDir: join(this.folder, 'postgres'), port, durable: false });
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await this.pool?.end();
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until a service can work. */
export function untilReady(storage: StorageProcess): Promise<void> {
  return untilStatus(storage, 200);
}

/** Waits until /readyz answers with `wanted`. */
export async function untilStatus({ httpUrl }: StorageProcess, wanted: number): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    const { status } = await fetch(`${httpUrl}/readyz`);
    if (status === wanted) return;
    if (Date.now() > until) throw new Error(`/readyz answers ${status} and not ${wanted}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
