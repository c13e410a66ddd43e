import type { ChaosSystem } from './chaos-system';
import { PROCESSES, type ProcessName } from './fault-schedule';
import type { Violation } from './violation';

/** What a process holds while nothing is asked of it. */
export interface Reading {
  memoryMib: number;
  files: number;
  /** Calls and jobs that are under way, by its own account. */
  underWay: number;
}

/** More than this above where it was is a leak. */
const MEMORY_FACTOR = 1.5;
const MEMORY_MIB = 150;
const FILES = 30;
const UNDER_WAY = ['orchestrator_watchers', 'orchestrator_running_jobs'];

export async function readProcesses(system: ChaosSystem): Promise<Record<ProcessName, Reading>> {
  const readings = await Promise.all(
    PROCESSES.map(async (name) => {
      const port = system.processes[name].options.env['METRICS_PORT'];
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const sum = (metric: string) =>
        [...text.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce(
          (all, [, value]) => all + Number(value),
          0,
        );
      const reading = {
        memoryMib: sum('process_resident_memory_bytes') / 2 ** 20,
        files: sum('process_open_fds'),
        underWay: UNDER_WAY.reduce((all, metric) => all + sum(metric), 0),
      };
      return [name, reading] as const;
    }),
  );
  return Object.fromEntries(readings) as Record<ProcessName, Reading>;
}

export function checkLeaks(before: Record<ProcessName, Reading>, after: Record<ProcessName, Reading>): Violation[] {
  return PROCESSES.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    const wrong = (what: string): Violation => ({ check: 'leaks', what: `${name}: ${what}` });
    return [
      ...(is.memoryMib > was.memoryMib * MEMORY_FACTOR + MEMORY_MIB
        ? [wrong(`${was.memoryMib.toFixed(0)} MiB became ${is.memoryMib.toFixed(0)} MiB`)]
        : []),
      ...(is.files > was.files + FILES ? [wrong(`${was.files} open files became ${is.files}`)] : []),
      ...(is.underWay > 0 ? [wrong(`${is.underWay} watchers or jobs under way`)] : []),
    ];
  });
}
