import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ManagedProcess } from './managed-process';
import type { ServiceName } from './service-definitions';

export interface ServiceProcessOptions {
  name: ServiceName;
  /** Folder of the repository. */
  root: string;
  env: Record<string, string>;
  httpPort: number;
  logFile: string;
  onLine?: (line: string) => void;
  /** Told when the service ended by itself and is started again. */
  onRestart?: (how: string) => void;
}

const SHORTEST_LIFE_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;

/** One service as a process that is started again when it dies; a service that dies at once is given growing pauses. */
export class ServiceProcess {
  private current: ManagedProcess;
  private stopping = false;
  private quickDeaths = 0;
  private launchedAt = 0;

  /** From the start of the process until it first said that it is ready, in seconds; NaN before. */
  startSeconds = NaN;

  constructor(readonly options: ServiceProcessOptions) {
    this.current = this.launch();
  }

  get pid(): number | undefined {
    return this.current.pid;
  }

  /** Resolves once the service says that it is ready; throws after `timeoutMs` with what it last said. */
  async ready(timeoutMs: number, giveUp?: AbortSignal): Promise<void> {
    const until = Date.now() + timeoutMs;
    let last = 'no answer';
    while (Date.now() < until) {
      giveUp?.throwIfAborted();
      try {
        const response = await fetch(`http://127.0.0.1:${this.options.httpPort}/readyz`, {
          signal: AbortSignal.timeout(2_000),
        });
        if (response.ok) {
          this.startSeconds = (performance.now() - this.launchedAt) / 1000;
          return;
        }
        last = await response.text();
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
      }
      await sleep(50);
    }
    throw new Error(
      `${this.options.name} is not ready after ${timeoutMs / 1000} s (${last}); see ${this.options.logFile}`,
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.current.kill(signal);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.current.stop();
  }

  private launch(): ManagedProcess {
    const { name, root, env, logFile, onLine } = this.options;
    this.launchedAt = performance.now();
    const child = new ManagedProcess({
      name,
      command: process.execPath,
      args: [
        '--require',
        join(__dirname, '../dist/end-with-parent.js'),
        join(root, 'services', name, 'dist/main.bundle.js'),
      ],
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      logFile,
      onLine,
      endsWithParent: true,
    });
    void child.exited.then(async (how) => {
      if (this.stopping) return;
      this.quickDeaths = performance.now() - this.launchedAt < SHORTEST_LIFE_MS ? this.quickDeaths + 1 : 0;
      this.options.onRestart?.(how);
      await sleep(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.quickDeaths));
      if (!this.stopping) this.current = this.launch();
    });
    return child;
  }
}
