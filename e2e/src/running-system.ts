import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startStack, temporaryFolder, type Stack } from '@beatbot/local-stack';

type ServiceEnv = Parameters<typeof startStack>[0]['serviceEnv'];

/** Tests do not depend on speed: a machine that is busy with other things is waited for. */
const START_MS = 200_000;

export const ROOT = resolve(__dirname, '../..');

/** The whole of BeatBot as a person has it, with a data folder of its own, in processes that may be killed. */
export class RunningSystem {
  private constructor(
    readonly folder: string,
    public stack: Stack,
    private readonly port: number,
    private readonly env: Record<string, string>,
    private readonly serviceEnv: ServiceEnv,
  ) {}

  /** @param gateway further variables of the gateway, of storage, and of all services */
  static async start(
    gateway: Record<string, string> = {},
    storage: Record<string, string> = {},
    all: Record<string, string> = {},
  ): Promise<RunningSystem> {
    const serviceEnv = { gateway, storage };
    const folder = temporaryFolder('e2e');
    const stack = await launch(folder, 0, all, serviceEnv);
    return new RunningSystem(folder, stack, Number(new URL(stack.url).port), all, serviceEnv);
  }

  get url(): string {
    return this.stack.url;
  }

  /** Stops everything and starts it again over the same data, at the same address. */
  async restart(): Promise<void> {
    await this.stack.stop();
    this.stack = await launch(this.folder, this.port, this.env, this.serviceEnv);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function launch(folder: string, port: number, env: Record<string, string>, serviceEnv: ServiceEnv): Promise<Stack> {
  return startStack({
    root: ROOT,
    dataDir: join(folder, 'data'),
    host: '127.0.0.1',
    port,
    readyTimeoutMs: START_MS,
    redisUrl: undefined,
    databaseUrl: undefined,
    // The tests ask far more often than a person would.
    env: { RATE_LIMIT_READS_PER_MINUTE: '1000000', RATE_LIMIT_WRITES_PER_MINUTE: '100000', ...env },
    // A worker's death is noticed soon.
    serviceEnv: { orchestrator: { LEASE_SECONDS: '4' }, ...serviceEnv },
  });
}
