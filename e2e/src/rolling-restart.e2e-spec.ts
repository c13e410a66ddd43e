import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  SERVICES,
  type ServiceName,
  serviceEnvironment,
  ServiceProcess,
  startStack,
  temporaryFolder,
  type Stack,
} from '@beatbot/local-stack';
import { Api, type Job, type JobEvent } from './api';
import { ROOT } from './running-system';

/** Of these there are two, for somebody always waits for their answer; jobs wait for the others. */
const TWICE = ['gateway', 'orchestrator', 'storage'] as const;
type Twice = (typeof TWICE)[number];
const CLIENTS = 4;
/** Longest pause of a client between two tries to connect, with its jitter. */
const FOUND_AGAIN_MS = 6500;
const LIMITS = { RATE_LIMIT_READS_PER_MINUTE: '10000000', RATE_LIMIT_WRITES_PER_MINUTE: '10000000' };

/** All services, some of them twice; clients reach both of these by one gRPC target, as by a name with two addresses. */
class TwofoldSystem {
  private readonly endings = new Map<string, string[]>();
  /** Gateways that a load balancer would send requests to. */
  private readonly rotation = new Set<string>(['gateway', 'gateway-2']);
  private turn = 0;

  private constructor(
    private readonly folder: string,
    private readonly stack: Stack,
    readonly processes: Record<ServiceName, ServiceProcess> & Record<`${Twice}-2`, ServiceProcess>,
    endings: Map<string, string[]>,
  ) {
    this.endings = endings;
  }

  static async start(): Promise<TwofoldSystem> {
    const folder = temporaryFolder('e2e-rolling');
    const endings = new Map<string, string[]>();
    const ended = (name: string, how: string) => endings.set(name, [...(endings.get(name) ?? []), how]);
    const ports = { orchestrator: [await freePort(), await freePort()], storage: [await freePort(), await freePort()] };
    const target = (name: 'orchestrator' | 'storage') =>
      `ipv4:${ports[name].map((port) => `127.0.0.1:${port}`).join()}`;
    const addresses = { ORCHESTRATOR_ADDRESS: target('orchestrator'), STORAGE_ADDRESS: target('storage') };
    const env = (name: ServiceName, number: 0 | 1): Record<string, string> => ({
      ...LIMITS,
      ...addresses,
      ...(name in ports && { GRPC_PORT: String(ports[name as keyof typeof ports][number]) }),
    });
    const stack = await startStack({
      root: ROOT,
      dataDir: join(folder, 'data'),
      host: '127.0.0.1',
      port: 0,
      serviceEnv: Object.fromEntries(SERVICES.map((name) => [name, env(name, 0)])),
      onEvent: (text) => ended(...(/^(\S+) ended \((.+)\)/.exec(text)?.slice(1) as [string, string])),
      readyTimeoutMs: 240_000,
    });
    const second = async (name: Twice): Promise<ServiceProcess> => {
      const httpPort = await freePort();
      return new ServiceProcess({
        name,
        root: ROOT,
        env: {
          ...serviceEnvironment(name, stack.addresses, 'info'),
          ...env(name, 1),
          HTTP_PORT: String(httpPort),
          METRICS_PORT: '0',
        },
        httpPort,
        logFile: join(folder, 'data/logs', `${name}-2.log`),
        onRestart: (how) => ended(`${name}-2`, how),
      });
    };
    const processes = {
      ...stack.services,
      'storage-2': await second('storage'),
      'orchestrator-2': await second('orchestrator'),
      'gateway-2': await second('gateway'),
    };
    await Promise.all(Object.values(processes).map((process) => process.ready(240_000)));
    return new TwofoldSystem(folder, stack, processes, endings);
  }

  get names(): (keyof TwofoldSystem['processes'])[] {
    return Object.keys(this.processes) as (keyof TwofoldSystem['processes'])[];
  }

  /** The gateway whose turn it is, of those that take requests. */
  url(): string {
    const gateways = [...this.rotation] as ('gateway' | 'gateway-2')[];
    const { options } = this.processes[gateways[this.turn++ % gateways.length] ?? 'gateway'];
    return `http://127.0.0.1:${options.httpPort}`;
  }

  /** Asks a process to stop, lets it start again, and says how it ended. */
  async restart(name: keyof TwofoldSystem['processes']): Promise<string> {
    const process = this.processes[name];
    const before = this.endings.get(name)?.length ?? 0;
    const inRotation = this.rotation.delete(name);
    process.kill('SIGTERM');
    while ((this.endings.get(name)?.length ?? 0) === before) await sleep(20);
    await process.ready(240_000);
    // As a rollout does: it goes on when clients have found the new process.
    await sleep(FOUND_AGAIN_MS);
    if (inRotation) this.rotation.add(name);
    return this.endings.get(name)?.at(-1) ?? '';
  }

  async stop(): Promise<void> {
    for (const name of TWICE) await this.processes[`${name}-2`].stop();
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe('a rolling restart', () => {
  let system: TwofoldSystem;
  beforeAll(async () => {
    system = await TwofoldSystem.start();
  }, 600_000);
  afterAll(() => system?.stop());

  it('of all services under steady load fails no request and loses no job', async () => {
    const api = new Api(() => system.url());
    const failures: string[] = [];
    const jobs: Job[] = [];
    let restarting = true;
    let answers = 0;
    /** Every request is asked once: what a restart does to it, it does to a client. */
    const once = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
      try {
        const answer = await ask();
        answers++;
        return answer;
      } catch (error) {
        failures.push(`${what}: ${String(error)} ${String((error as Error).cause ?? '')}`);
        return undefined;
      }
    };
    const create = async (seed: number): Promise<Job> => {
      const body = { prompt: 'lo-fi', seed, controls: { bars: 2, instruments: ['acoustic-bass'] }, formats: ['wav'] };
      const response = await api.post('/v1/songs', body, { 'idempotency-key': `rolling-${seed}` });
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { job: Job }).job;
    };
    const client = async (number: number): Promise<void> => {
      for (let count = 0; restarting; count++) {
        const job = await once('create', () => create(number * 10_000 + count));
        if (!job) continue;
        jobs.push(job);
        for (let done = false; !done && restarting;) {
          const read = await once('read', () => api.get<Job>(`/v1/jobs/${job.id}`));
          await once('list', () => api.get('/v1/songs?pageSize=5'));
          done = read?.state === 'succeeded';
          await sleep(50);
        }
        if (restarting) await once('audio', () => api.bytes(`/v1/songs/${job.songId}/revisions/1/audio?format=wav`));
      }
    };
    const load = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));

    // First who is asked, then who answers: and then the other way round, so that no order is needed.
    const order = [...system.names].sort();
    for (const name of [...order, ...order.toReversed().slice(0, 3)]) {
      const before = answers;
      expect([name, await system.restart(name)]).toEqual([name, 'exit code 0']);
      // The load goes on between two restarts.
      while (answers < before + CLIENTS) await sleep(20);
    }
    restarting = false;
    await load;
    expect(failures).toEqual([]);
    expect(jobs.length).toBeGreaterThan(0);
    for (const { id } of jobs) {
      expect(await api.finished(id, 240_000)).toMatchObject({ state: 'succeeded', revision: 1, error: null });
      const events: JobEvent[] = await api.events(id, 0);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.filter(({ state }) => state === 'succeeded')).toHaveLength(1);
    }
  }, 1_200_000);

  it('lets services stop and start in any order, all of one kind at once among them', async () => {
    const api = new Api(() => system.url());
    const orders: (keyof TwofoldSystem['processes'])[][] = [
      ['storage', 'storage-2', 'composer', 'gateway', 'orchestrator', 'renderer', 'gateway-2', 'orchestrator-2'],
      ['gateway', 'gateway-2', 'orchestrator', 'orchestrator-2', 'renderer', 'composer', 'storage-2', 'storage'],
    ];
    for (const [round, order] of orders.entries()) {
      const job = await api.createSong({ prompt: 'house', seed: round, controls: { bars: 4 }, formats: ['wav'] });
      // Who is asked to stop first begins to stop first; nobody waits for another.
      const endings = await Promise.all(order.map((name) => system.restart(name)));
      expect(endings).toEqual(order.map(() => 'exit code 0'));
      expect(await api.finished(job.id, 240_000)).toMatchObject({ state: 'succeeded', revision: 1 });
    }
  }, 1_200_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
