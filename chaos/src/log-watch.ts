import type { Harm } from './chaos-system';
import type { Violation } from './violation';

interface LogLine {
  level?: string;
  msg?: string;
  err?: { message?: string; stack?: string };
}

/** Listens to what the processes say and how they end. */
export class LogWatch {
  readonly violations: Violation[] = [];
  /** What we did to the processes, noted by whoever did it. */
  readonly harms: Harm[] = [];
  warnings = 0;

  line(process: string, text: string): void {
    let line: LogLine;
    try {
      line = JSON.parse(text) as LogLine;
    } catch {
      return;
    }
    if (line.level === 'warn') this.warnings++;
    if (line.level !== 'error' && line.level !== 'fatal') return;
    const check = line.level === 'fatal' ? 'crashes' : 'errors';
    const cause = line.err?.stack ?? line.err?.message ?? '';
    this.violations.push({ check, what: `${process}: ${line.msg ?? ''} ${cause}`.slice(0, 1500) });
  }

  end(process: string, how: string): void {
    if (process === 'redis' || process === 'postgres') return;
    const ours = how.includes('signal SIGKILL') && this.harms.some((harm) => harm.process.startsWith(process));
    if (!ours) this.violations.push({ check: 'crashes', what: how });
  }
}
