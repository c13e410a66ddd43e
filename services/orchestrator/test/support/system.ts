import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ManagedProcess, startPostgres, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { OrchestratorServiceController } from '@beatbot/contracts/orchestrator/v1/orchestrator';
import { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { SongServiceController } from '@beatbot/contracts/storage/v1/songs';
import { GrpcClient, grpcClient } from '@beatbot/service-kit';
import getPort from 'get-port';
import { GrpcSongLibrary } from '../../src/production/grpc-song-library';
import { until } from '../harness';
import { MakersServer } from './makers-server';

const ROOT = resolve(__dirname, '../../../..');

interface Service {
  name: 'storage' | 'orchestrator';
  env: Record<string, string>;
  grpcPort: number;
  httpPort: number;
}

/** Orchestrator and storage as processes, on a real PostgreSQL and Redis; composer and renderer are stood in for. */
export class System {
  readonly library: GrpcSongLibrary;
  readonly makers = new MakersServer(() => this.library);
  readonly orchestrator: GrpcClient<OrchestratorServiceController>;
  private readonly songs: GrpcClient<SongServiceController>;
  private readonly objects: GrpcClient<ObjectServiceController>;
  private readonly processes = new Map<string, ManagedProcess>();

  private constructor(
    private readonly folder: string,
    private readonly services: Record<Service['name'], Service>,
    private readonly servers: { stop(): Promise<void> }[],
  ) {
    const storage = `127.0.0.1:${services.storage.grpcPort}`;
    this.songs = grpcClient({ package: 'beatbot.storage.v1', service: 'SongService' }, storage);
    this.objects = grpcClient({ package: 'beatbot.storage.v1', service: 'ObjectService' }, storage);
    this.library = new GrpcSongLibrary(this.songs, this.objects);
    this.orchestrator = grpcClient(
      { package: 'beatbot.orchestrator.v1', service: 'OrchestratorService' },
      `127.0.0.1:${services.orchestrator.grpcPort}`,
    );
  }

  static async start(): Promise<System> {
    for (const name of ['storage', 'orchestrator']) {
      execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(ROOT, 'services', name)]);
    }
    const folder = temporaryFolder('orchestrator');
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
    const redis = await startRedis({ dataDir: join(folder, 'redis') });
    const service = async (name: Service['name'], env: Record<string, string>): Promise<Service> => {
      const [grpcPort, httpPort] = [await getPort(), await getPort()];
      const ports = { GRPC_PORT: String(grpcPort), HTTP_PORT: String(httpPort), METRICS_PORT: '0' };
      return { name, grpcPort, httpPort, env: { HOST: '127.0.0.1', LOG_LEVEL: 'info', ...ports, ...env } };
    };
    const storage = await service('storage', {
      DATABASE_URL: postgres.url,
      OBJECT_STORE_PATH: join(folder, 'objects'),
      OBJECT_SIGNING_SECRET: 'a secret of the tests',
      OBJECT_PUBLIC_URL: 'http://127.0.0.1:1',
      CLAIM_POLL_MS: '200',
    });
    const makersAddress = `127.0.0.1:${await getPort()}`;
    const orchestrator = await service('orchestrator', {
      REDIS_URL: redis.url,
      STORAGE_ADDRESS: `127.0.0.1:${storage.grpcPort}`,
      COMPOSER_ADDRESS: makersAddress,
      RENDERER_ADDRESS: makersAddress,
      LEASE_SECONDS: '2',
      MAX_UNFINISHED_JOBS_PER_OWNER: '3',
    });
    const system = new System(folder, { storage, orchestrator }, [redis, postgres]);
    await system.startMakers();
    system.launch('storage');
    await system.ready('storage');
    system.launch('orchestrator');
    await system.ready('orchestrator');
    return system;
  }

  async startMakers(): Promise<void> {
    await this.makers.start(Number(this.services.orchestrator.env['COMPOSER_ADDRESS']?.split(':')[1]));
  }

  launch(name: Service['name']): void {
    const dist = join(ROOT, 'services', name, 'dist');
    const { env } = this.services[name];
    this.processes.set(
      name,
      new ManagedProcess({
        name,
        command: process.execPath,
        args: ['--require', join(dist, 'instrumentation.js'), join(dist, 'main.js')],
        env: { PATH: process.env['PATH'] ?? '', ...env },
        logFile: join(this.folder, `${name}.log`),
      }),
    );
  }

  async ready(name: Service['name']): Promise<void> {
    await until(async () => {
      const answer = await fetch(`http://127.0.0.1:${this.services[name].httpPort}/readyz`).catch(() => undefined);
      return answer?.ok ?? false;
    }, 30_000);
  }

  async end(name: Service['name'], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.processes.get(name)?.stop(signal);
  }

  async stop(): Promise<void> {
    this.orchestrator.close();
    this.songs.close();
    this.objects.close();
    await this.end('orchestrator', 'SIGTERM');
    await this.end('storage', 'SIGTERM');
    await this.makers.stop();
    for (const server of this.servers) await server.stop();
  }
}
