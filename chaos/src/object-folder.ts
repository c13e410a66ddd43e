import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync } from 'node:fs';

/** The folder of the objects' bytes, made useless in three ways. As root by mounts, for root may write where others may not. */
export class ObjectFolder {
  private undo?: () => void;

  constructor(
    private readonly path: string,
    /** The process that writes there. */
    private readonly writer: () => number | undefined,
  ) {}

  /** Every write is refused. */
  readOnly(): void {
    if (process.getuid?.() === 0) {
      mount('--bind', this.path, this.path);
      this.undo = () => unmount(this.path);
      mount('-o', 'remount,bind,ro', this.path);
    } else {
      chmodSync(this.path, 0o555);
      this.undo = () => chmodSync(this.path, 0o755);
    }
  }

  /** No file of the writer may grow: what a full disk looks like to it. To be called again when it was started anew. */
  full(): void {
    this.limit('1');
    this.undo = () => this.limit('unlimited');
  }

  /** Another, empty folder stands there, as when a volume is not mounted; or none, where we may not mount. */
  away(): void {
    if (process.getuid?.() === 0) {
      mount('-t', 'tmpfs', 'none', this.path);
      this.undo = () => unmount(this.path);
    } else {
      renameSync(this.path, `${this.path}.away`);
      this.undo = () => renameSync(`${this.path}.away`, this.path);
    }
  }

  back(): void {
    this.undo?.();
    this.undo = undefined;
  }

  private limit(bytes: string): void {
    const pid = this.writer();
    if (pid === undefined || !existsSync(`/proc/${pid}`)) return;
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], { stdio: 'pipe' });
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}

/** Lazily, for the writer may hold files there. */
function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
}
