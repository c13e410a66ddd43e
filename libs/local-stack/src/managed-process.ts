import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** What to start, and where its output goes. */
export interface ProcessSpec {
  /** For people. */
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Unprivileged user to run as, where we are root and the program refuses root. */
  user?: { uid: number; gid: number };
  /** All output is appended here. */
  logFile: string;
  /** Called for each line of output, too. */
  onLine?: (line: string) => void;
  /** True for a Node program of ours: it ends when we die, since its channel to us closes. */
  endsWithParent?: boolean;
}

/** A child process in a process group of its own, so that a Ctrl-C in the terminal reaches only us, who stop it in order. */
export class ManagedProcess {
  private readonly child: ChildProcess;

  /** Settles when the process is gone, with a word on how it ended. */
  readonly exited: Promise<string>;

  constructor(readonly spec: ProcessSpec) {
    mkdirSync(dirname(spec.logFile), { recursive: true });
    const log = createWriteStream(spec.logFile, { flags: 'a' });
    this.child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env ?? process.env,
      detached: true,
      stdio: spec.endsWithParent ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
      ...spec.user,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) spec.onLine?.(line);
      });
    }
    // Who leaves without stopping us, by an error or a Ctrl-C, still takes us along. SIGINT is PostgreSQL's fast shutdown.
    const leave = () => this.kill('SIGINT');
    process.once('exit', leave);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('close', (code, signal) => {
        process.off('exit', leave);
        log.end(() => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks the process to end; after `graceMs` it is killed. Resolves when it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 20_000): Promise<void> {
    if (!this.running) return;
    this.kill(signal);
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }
}
