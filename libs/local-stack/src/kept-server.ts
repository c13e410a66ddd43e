import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from './start-postgres';

/** A server that is started again on its port when it dies. */
export class KeptServer<Server extends RunningServer = RunningServer> {
  private stopping = false;
  private pauseMs = 200;

  private constructor(
    private current: Server,
    private readonly start: (port: number) => Promise<Server>,
    private readonly onRestart: (how: string) => void,
  ) {
    this.watch(current);
  }

  /** Starts a server by `start`, which is called again, with the same port, each time it died. */
  static async start<Server extends RunningServer>(
    start: (port?: number) => Promise<Server>,
    onRestart: (how: string) => void,
  ): Promise<KeptServer<Server>> {
    return new KeptServer(await start(), start, onRestart);
  }

  get server(): Server {
    return this.current;
  }

  /** Kills the server as a crash would and lets it stay away for `awayMs`; resolves when it is back. */
  async outage(awayMs: number): Promise<void> {
    const dead = this.current;
    this.pauseMs = awayMs;
    // PostgreSQL calls SIGQUIT its immediate shutdown: no clean-up, recovery at the next start.
    dead.process.kill('SIGQUIT');
    while (this.current === dead && !this.stopping) await sleep(50);
  }

  /** Stops the server for good, also where it is being started again. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.current.stop();
  }

  private watch(server: Server): void {
    void server.process.exited.then(async (how) => {
      while (!this.stopping) {
        this.onRestart(how);
        await sleep(this.pauseMs);
        this.pauseMs = 200;
        if (this.stopping) return;
        try {
          const next = await this.start(server.port);
          if (this.stopping) return void (await next.stop());
          this.current = next;
          return this.watch(next);
        } catch (error) {
          how = error instanceof Error ? error.message : String(error);
          await sleep(1_000);
        }
      }
    });
  }
}
