import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const CLOCK_TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']).toString());

interface ProcessStat {
  pid: number;
  parent: number;
  cpuSeconds: number;
}

/** Reads a process's line in /proc (proc(5)); undefined where it ended meanwhile. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command stands in brackets and may hold anything, so count from the last bracket.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [userTicks, systemTicks, deadChildrenUser, deadChildrenSystem] = fields.slice(11, 15) as [
      number,
      number,
      number,
      number,
    ];
    const ticks = userTicks + systemTicks + deadChildrenUser + deadChildrenSystem;
    return { pid, parent: fields[1]!, cpuSeconds: ticks / CLOCK_TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}

/** These processes with all that descend from them. */
export function processTree(roots: number[]): number[] {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined);
  const tree = new Set(roots);
  for (let size = -1; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of stats) if (tree.has(parent)) tree.add(pid);
  }
  return [...tree];
}

/** CPU time that the processes have taken so far, in seconds. */
export function cpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + (readStat(pid)?.cpuSeconds ?? 0), 0);
}

/** Memory of the processes in MiB, with shared pages counted once (proportional set size). */
export function memoryMib(pids: number[]): number {
  let kib = 0;
  for (const pid of pids) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kib / 1024;
}
