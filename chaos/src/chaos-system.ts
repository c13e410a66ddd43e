import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { serviceEnvironment, ServiceProcess, startStack, type ServiceName, type Stack } from '@beatbot/local-stack';
import { LINKS, PROCESSES, type LinkName, type ProcessName } from './fault-schedule';
import { FaultyLink } from './faulty-link';
import { ObjectFolder } from './object-folder';

/** Long enough for a heartbeat to come through on a machine that has much else to do. */
export const LEASE_MS = 6000;
/** A busy machine starts nine processes slowly. */
const START_MS = 300_000;

/** One process of a service, killed or paused by us. */
export interface Harm {
  process: ProcessName;
  pid: number;
  signal: NodeJS.Signals;
  time: number;
  /** When it went on; Infinity where it did not. */
  until: number;
}

export interface ChaosSystemOptions {
  /** Folder of the repository. */
  root: string;
  folder: string;
  /** Where it is noted which process we killed or paused. */
  harms: Harm[];
  /** A line about a process that ended. */
  onEnd(process: string, how: string): void;
  onLine(process: string, line: string): void;
}

/** All services as processes, gateway and orchestrator twice, with a breakable link wherever one calls another. */
export class ChaosSystem {
  readonly objects: ObjectFolder;
  /** Which process has, or had, that number. */
  readonly names = new Map<number, ProcessName>();

  private constructor(
    readonly stack: Stack,
    readonly processes: Record<ProcessName, ServiceProcess>,
    readonly links: Record<LinkName, FaultyLink>,
    /** Where each orchestrator is called, past all links. */
    readonly orchestrators: string[],
    readonly harms: Harm[],
  ) {
    this.objects = new ObjectFolder(stack.addresses.objectStorePath, () => this.processes.storage.pid);
  }

  static async start(options: ChaosSystemOptions): Promise<ChaosSystem> {
    const { root, folder, onEnd, onLine } = options;
    const port = () => getPort({ host: '127.0.0.1', reserve: true });
    const ports = {
      'orchestrator-1': await port(),
      'orchestrator-2': await port(),
      composer: await port(),
      renderer: await port(),
      storage: await port(),
    };
    const links = {} as Record<LinkName, FaultyLink>;
    for (const name of LINKS) {
      const target = Object.entries(ports).find(([process]) => name.endsWith(`-> ${process}`));
      if (!target) throw new Error(`${name} leads nowhere`);
      links[name] = await FaultyLink.to(target[1]);
    }
    const gateway = (link: LinkName) => ({
      ORCHESTRATOR_ADDRESS: links[link].address,
      STORAGE_ADDRESS: links['gateways -> storage'].address,
      HEARTBEAT_SECONDS: '2',
    });
    const orchestrator = (number: 1 | 2) => ({
      GRPC_PORT: String(ports[`orchestrator-${number}`]),
      STORAGE_ADDRESS: links[`orchestrator-${number} -> storage`].address,
      COMPOSER_ADDRESS: links['orchestrators -> composer'].address,
      RENDERER_ADDRESS: links['orchestrators -> renderer'].address,
      LEASE_SECONDS: String(LEASE_MS / 1000),
      CLAIM_WAIT_SECONDS: '5',
    });
    const env = { RATE_LIMIT_READS_PER_MINUTE: '10000000', RATE_LIMIT_WRITES_PER_MINUTE: '10000000' };
    mkdirSync(folder, { recursive: true });
    const stack = await startStack({
      root,
      dataDir: folder,
      host: '127.0.0.1',
      port: 0,
      env,
      readyTimeoutMs: START_MS,
      serviceEnv: {
        gateway: gateway('gateway-1 -> orchestrator-1'),
        orchestrator: orchestrator(1),
        composer: { GRPC_PORT: String(ports.composer), STORAGE_ADDRESS: links['composer -> storage'].address },
        renderer: { GRPC_PORT: String(ports.renderer), STORAGE_ADDRESS: links['renderer -> storage'].address },
        storage: { GRPC_PORT: String(ports.storage), LEASE_GRACE_SECONDS: String(LEASE_MS / 1000) },
      },
      onLine,
      onEvent: (text) => onEnd(text.split(' ', 1)[0] ?? '', text),
    });
    const second = async (name: ServiceName, number: 2, more: Record<string, string>): Promise<ServiceProcess> => {
      const httpPort = await port();
      const process = `${name}-${number}`;
      return new ServiceProcess({
        name,
        root,
        env: {
          ...serviceEnvironment(name, stack.addresses, 'info'),
          ...env,
          ...more,
          HTTP_PORT: String(httpPort),
          METRICS_PORT: String(await port()),
        },
        httpPort,
        logFile: join(folder, 'logs', `${process}.log`),
        onLine: (line) => onLine(process, line),
        onRestart: (how) => onEnd(process, `${process} ended (${how}); starting it again.`),
      });
    };
    const { gateway: gateway1, orchestrator: orchestrator1, ...rest } = stack.services;
    const processes = {
      ...rest,
      'gateway-1': gateway1,
      'orchestrator-1': orchestrator1,
      'gateway-2': await second('gateway', 2, gateway('gateway-2 -> orchestrator-2')),
      'orchestrator-2': await second('orchestrator', 2, orchestrator(2)),
    };
    const orchestrators = [ports['orchestrator-1'], ports['orchestrator-2']].map((number) => `127.0.0.1:${number}`);
    const system = new ChaosSystem(stack, processes, links, orchestrators, options.harms);
    await system.ready();
    return system;
  }

  /** Where the gateways are. */
  get urls(): string[] {
    return [this.processes['gateway-1'], this.processes['gateway-2']].map(
      ({ options }) => `http://127.0.0.1:${options.httpPort}`,
    );
  }

  /** Resolves once all processes say that they are ready. */
  async ready(): Promise<void> {
    await Promise.all(PROCESSES.map((name) => this.processes[name].ready(START_MS)));
  }

  /** Sends a signal, and notes it: only what is noted may end, or be held for dead. */
  harm(name: ProcessName, signal: NodeJS.Signals): Harm | undefined {
    const { pid } = this.processes[name];
    if (pid === undefined) return undefined;
    const harm: Harm = { process: name, pid, signal, time: Date.now(), until: Infinity };
    this.harms.push(harm);
    this.processes[name].kill(signal);
    return harm;
  }

  /** Notes who has which number, which is another after each kill. */
  noteNames(): void {
    for (const name of PROCESSES) {
      const { pid } = this.processes[name];
      if (pid !== undefined) this.names.set(pid, name);
    }
  }

  /** Starts storage anew with other variables. */
  async restartStorage(env: Record<string, string>): Promise<void> {
    const { options } = this.processes.storage;
    await this.processes.storage.stop();
    this.processes.storage = new ServiceProcess({ ...options, env: { ...options.env, ...env } });
    await this.processes.storage.ready(START_MS);
  }

  async stop(): Promise<void> {
    this.objects.back();
    for (const name of PROCESSES) this.processes[name].kill('SIGCONT');
    for (const name of PROCESSES) if (name !== 'storage') await this.processes[name].stop();
    await this.processes.storage.stop();
    await this.stack.stop();
    for (const link of Object.values(this.links)) await link.stop();
  }
}
