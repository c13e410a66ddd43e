import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ManagedProcess, startPostgres, temporaryFolder } from '@beatbot/local-stack';
import getPort from 'get-port';

const ROOT = resolve(__dirname, '../../../..');

/** Builds a service and starts it as a process; resolves when it is ready. */
export async function startProcess(name: string, folder: string, environment: Record<string, string>) {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(ROOT, 'services', name)]);
  const [grpcPort, httpPort] = [await getPort(), await getPort()];
  const dist = join(ROOT, 'services', name, 'dist');
  const child = new ManagedProcess({
    name,
    command: process.execPath,
    args: ['--require', join(dist, 'instrumentation.js'), join(dist, 'main.js')],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      GRPC_PORT: String(grpcPort),
      HTTP_PORT: String(httpPort),
      METRICS_PORT: '0',
      ...environment,
    },
    logFile: join(folder, `${name}.log`),
  });
  for (let left = 600; ; left--) {
    const answer = await fetch(`http://127.0.0.1:${httpPort}/readyz`).catch(() => undefined);
    if (answer?.ok) break;
    if (left === 0)
      throw new Error(`${name} is not ready: ${(await answer?.text()) ?? 'no answer'}; see ${folder}/${name}.log`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return { address: `127.0.0.1:${grpcPort}`, stop: () => child.stop('SIGTERM') };
}

/** The storage service as a process, on a real PostgreSQL. */
export async function startStorage() {
  const folder = temporaryFolder('renderer');
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  const storage = await startProcess('storage', folder, {
    DATABASE_URL: postgres.url,
    OBJECT_STORE_PATH: join(folder, 'objects'),
    OBJECT_SIGNING_SECRET: 'a secret of the tests',
    OBJECT_PUBLIC_URL: 'http://127.0.0.1:1',
  });
  return {
    folder,
    address: storage.address,
    stop: async (): Promise<void> => {
      await storage.stop();
      await postgres.stop();
    },
  };
}
