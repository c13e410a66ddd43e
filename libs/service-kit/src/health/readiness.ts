import { Injectable, Logger } from '@nestjs/common';

export type Check = () => Promise<void>;

/** A dependency that does not answer within this time counts as away. */
const CHECK_TIMEOUT_MS = 2000;
/** Pause between checks while something is away, so that a start or a recovery is noticed soon. */
const AWAY_INTERVAL_MS = 200;

export interface ReadinessState {
  ready: boolean;
  draining: boolean;
  /** By the name of the check: `ok`, or why not. */
  checks: Record<string, string>;
}

/**
 * Whether this service can do its work now: true while every check passes and it is not stopping.
 * Drives /readyz and grpc.health.v1; liveness does not ask it.
 */
@Injectable()
export class Readiness {
  private readonly log = new Logger('readiness');
  private readonly checks = new Map<string, Check>();
  private readonly listeners = new Set<(ready: boolean) => void>();
  private readonly drainController = new AbortController();
  private results: Record<string, string> = {};
  private timer?: NodeJS.Timeout;
  private started = false;

  /** Adds a dependency that requests need; `check` rejects when it is away. */
  addCheck(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** Aborted when the service begins to stop: end long streams and take no more work from then on. */
  get draining(): AbortSignal {
    return this.drainController.signal;
  }

  state(): ReadinessState {
    const draining = this.draining.aborted;
    const ready = this.started && !draining && [...this.checks.keys()].every((name) => this.results[name] === 'ok');
    return { ready, draining, checks: this.results };
  }

  /** Calls back at once and at every change. */
  onChange(listener: (ready: boolean) => void): void {
    this.listeners.add(listener);
    listener(this.state().ready);
  }

  /** Checks now and then every `intervalMs`, more often while something is away. */
  async start(intervalMs: number): Promise<void> {
    this.started = true;
    const { ready } = await this.refresh();
    if (this.draining.aborted) return;
    this.timer = setTimeout(
      () => void this.start(intervalMs),
      ready ? intervalMs : Math.min(intervalMs, AWAY_INTERVAL_MS),
    );
    this.timer.unref();
  }

  /** Runs all checks now; returns the state after them. */
  async refresh(): Promise<ReadinessState> {
    const before = this.results;
    this.results = Object.fromEntries(
      await Promise.all([...this.checks].map(async ([name, check]) => [name, await outcome(check)] as const)),
    );
    for (const [name, result] of Object.entries(this.results)) {
      if (before[name] === result) continue;
      if (result === 'ok') {
        if (before[name] !== undefined) this.log.log(`${name} is back`);
      } else if (before[name] === 'ok') this.log.warn(`${name} is away: ${result}`);
      // At the start nothing is lost yet: what is needed is still coming up.
      else this.log.log(`waits for ${name}: ${result}`);
    }
    this.tell();
    return this.state();
  }

  /** Not ready from now on. */
  drain(): void {
    this.drainController.abort();
    clearTimeout(this.timer);
    this.tell();
  }

  private tell(): void {
    const { ready } = this.state();
    for (const listener of this.listeners) listener(ready);
  }
}

async function outcome(check: Check): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  } finally {
    clearTimeout(timer);
  }
}
