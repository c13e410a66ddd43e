import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startStack, temporaryFolder, type Stack } from '@beatbot/local-stack';

type ServiceEnv = Parameters<typeof startStack>[0]['serviceEnv'];

export const ROOT = resolve(__dirname, '../..');

/** The whole of BeatBot as a person has it, with a data folder of its own, in processes that may be killed. */
export class RunningSystem {
  private constructor(
    readonly folder: string,
    public stack: Stack,
    private readonly port: number,
    private readonly serviceEnv: ServiceEnv,
  ) {}

  /** @param gateway further variables of the gateway, and of storage */
  static async start(
    gateway: Record<string, string> = {},
    storage: Record<string, string> = {},
  ): Promise<RunningSystem> {
    const serviceEnv = { gateway, storage };
    const folder = temporaryFolder('e2e');
    const stack = await launch(folder, 0, serviceEnv);
    return new RunningSystem(folder, stack, Number(new URL(stack.url).port), serviceEnv);
  }

  get url(): string {
    return this.stack.url;
  }

  /** Stops everything and starts it again over the same data, at the same address. */
  async restart(): Promise<void> {
    await this.stack.stop();
    this.stack = await launch(this.folder, this.port, this.serviceEnv);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function launch(folder: string, port: number, serviceEnv: ServiceEnv): Promise<Stack> {
  return startStack({
    root: ROOT,
    dataDir: join(folder, 'data'),
    host: '127.0.0.1',
    port,
    redisUrl: undefined,
    databaseUrl: undefined,
    // The tests ask far more often than a person would.
    env: { RATE_LIMIT_READS_PER_MINUTE: '1000000', RATE_LIMIT_WRITES_PER_MINUTE: '100000' },
    // A worker's death is noticed soon.
    serviceEnv: { orchestrator: { LEASE_SECONDS: '4' }, ...serviceEnv },
  });
}
