import { setTimeout as sleep } from 'node:timers/promises';
import Redis from 'ioredis';
import { Client } from 'pg';
import type { ChaosSystem } from './chaos-system';
import type { Fault, LinkName, ProcessName } from './fault-schedule';
import type { LinkMode } from './faulty-link';

/** A fault as it went. */
export interface PastFault extends Fault {
  beganAt: number;
  endedAt: number;
}

const RESTART_MS = 200;
const LOOK_MS = 250;
/** A pause lasts at most this many times longer, where nobody takes over. */
const LONGEST_PAUSES = 3;
const LIMIT_AGAIN_MS = 200;

/** Lets faults happen when their time has come. */
export class FaultRunner {
  readonly past: PastFault[] = [];

  constructor(
    private readonly system: ChaosSystem,
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when all faults are over. */
  async run(schedule: readonly Fault[]): Promise<void> {
    const startedAt = Date.now();
    const running: Promise<void>[] = [];
    /** A lasting fault that took longer than planned holds up the next. */
    let lasting: Promise<void> = Promise.resolve();
    for (const fault of schedule) {
      await sleep(Math.max(0, startedAt + fault.atMs - Date.now()));
      if (fault.kind === 'kill') running.push(this.happen(fault));
      else lasting = lasting.then(() => this.happen(fault));
    }
    await Promise.all([...running, lasting]);
  }

  private async happen(fault: Fault): Promise<void> {
    this.system.noteNames();
    const beganAt = Date.now();
    this.log(`${fault.kind} ${fault.target}${fault.durationMs ? ` for ${fault.durationMs / 1000} s` : ''}`);
    await this.apply(fault);
    this.past.push({ ...fault, beganAt, endedAt: Date.now() });
    this.system.noteNames();
  }

  private async apply({ kind, target, durationMs }: Fault): Promise<void> {
    const { stack, objects } = this.system;
    switch (kind) {
      case 'kill':
        this.system.harm(target as ProcessName, 'SIGKILL');
        return;
      case 'zombie':
        return this.pause(target as ProcessName, durationMs);
      case 'redis-flush':
        return this.flushRedis();
      case 'redis-restart':
        return stack.redis!.outage(RESTART_MS);
      case 'redis-away':
        return stack.redis!.outage(durationMs);
      case 'postgres-restart':
        return stack.postgres!.outage(RESTART_MS);
      case 'postgres-away':
        return stack.postgres!.outage(durationMs);
      case 'postgres-cut':
        return this.cutDatabaseConnections();
      case 'objects-read-only':
        return this.lasting(
          durationMs,
          () => objects.readOnly(),
          () => objects.back(),
        );
      case 'objects-away':
        return this.lasting(
          durationMs,
          () => objects.away(),
          () => objects.back(),
        );
      case 'objects-full':
        return this.fillDisk(durationMs);
      default: {
        const link = this.system.links[target as LinkName];
        const mode = kind.slice('link-'.length) as LinkMode;
        return this.lasting(
          durationMs,
          () => link.become(mode),
          () => link.become('open'),
        );
      }
    }
  }

  private async lasting(ms: number, begin: () => void, end: () => void): Promise<void> {
    begin();
    await sleep(ms);
    end();
  }

  /**
   * The zombie: it comes back with all that it held, and believes that no time has passed. Who holds leases is paused
   * while it has a job, until another has taken that over.
   */
  private async pause(name: ProcessName, ms: number): Promise<void> {
    const leases = name.startsWith('orchestrator');
    if (leases) await this.lookUntil(ms, async () => (await this.claimsOf(this.system.processes[name].pid)).length > 0);
    const harm = this.system.harm(name, 'SIGSTOP');
    if (!harm) return;
    const held = leases ? await this.claimsOf(harm.pid) : [];
    await sleep(ms);
    await this.lookUntil(LONGEST_PAUSES * ms, async () => {
      const still = await this.claimsOf(harm.pid);
      return !held.some((claim) => still.includes(claim));
    });
    try {
      process.kill(harm.pid, 'SIGCONT');
      harm.until = Date.now();
    } catch (error) {
      // Killed meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** The claims that an orchestrator's process holds, each with its fencing number. */
  private async claimsOf(pid = 0): Promise<string[]> {
    return this.onDatabase(async (client) => {
      const { rows } = await client.query<{ claim: string }>(
        `SELECT id || ' ' || fencing_number AS claim FROM jobs WHERE state = 'running' AND split_part(worker_id, '/', 2) = $1`,
        [String(pid)],
      );
      return rows.map(({ claim }) => claim);
    });
  }

  private async lookUntil(mostMs: number, holds: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + mostMs; !(await holds()) && Date.now() < until;) await sleep(LOOK_MS);
  }

  private async onDatabase<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.system.stack.addresses.databaseUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private async flushRedis(): Promise<void> {
    const redis = new Redis(this.system.stack.addresses.redisUrl);
    await redis.flushall();
    redis.disconnect();
  }

  private async cutDatabaseConnections(): Promise<void> {
    await this.onDatabase((client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'beatbot-%'`),
    );
  }

  private async fillDisk(ms: number): Promise<void> {
    // A storage that is killed meanwhile comes back without the limit.
    for (const until = Date.now() + ms; Date.now() < until;) {
      this.system.objects.full();
      await sleep(LIMIT_AGAIN_MS);
    }
    this.system.objects.back();
  }
}
