import { SeededRandom } from './seeded-random';

/** The processes that are killed and paused; of gateway and orchestrator there are two. */
export const PROCESSES = [
  'gateway-1',
  'gateway-2',
  'orchestrator-1',
  'orchestrator-2',
  'composer',
  'renderer',
  'storage',
] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** The ways between them, each through a proxy of ours. */
export const LINKS = [
  'gateway-1 -> orchestrator-1',
  'gateway-2 -> orchestrator-2',
  'gateways -> storage',
  'orchestrator-1 -> storage',
  'orchestrator-2 -> storage',
  'orchestrators -> composer',
  'orchestrators -> renderer',
  'composer -> storage',
  'renderer -> storage',
] as const;
export type LinkName = (typeof LINKS)[number];

/** Faults of which one at a time is under way; SIGKILLs come on top. */
export const FAULT_KINDS = [
  'zombie',
  'redis-flush',
  'redis-restart',
  'redis-away',
  'postgres-restart',
  'postgres-cut',
  'postgres-away',
  'objects-read-only',
  'objects-full',
  'objects-away',
  'link-slow',
  'link-half-open',
  'link-cut',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number] | 'kill';

export interface Fault {
  /** From the start of the run. */
  atMs: number;
  kind: FaultKind;
  /** A process or a link, where the kind is about one. */
  target: string;
  /** 0 for what happens at once. */
  durationMs: number;
}

export interface ScheduleOptions {
  seed: number;
  minutes: number;
  /** A paused process stays paused for longer than this. */
  leaseMs: number;
}

const KILL_EVERY_MS = 5000;
const FIRST_MS = 3000;
const PAUSE_MS = 2000;
/** Whole length of what is away, from this length of a run on; in shorter runs, less. */
const WHOLE_FROM_MINUTES = 20;
const SHORTEST_MS = 6000;
const WHOLE_MS: Partial<Record<FaultKind, number>> = {
  'redis-away': 30_000,
  'postgres-away': 30_000,
  'objects-read-only': 30_000,
  'objects-full': 30_000,
  'objects-away': 60_000,
  'link-slow': 20_000,
  'link-half-open': 20_000,
  'link-cut': 20_000,
};

/** What goes wrong and when: the same for the same options, in order of time. All ends before the run does. */
export function faultSchedule({ seed, minutes, leaseMs }: ScheduleOptions): Fault[] {
  const endMs = minutes * 60_000;
  const kills = new SeededRandom(seed, 'kills');
  const faults: Fault[] = [];
  let victims: ProcessName[] = [];
  for (let atMs = KILL_EVERY_MS; atMs < endMs; atMs += KILL_EVERY_MS) {
    if (victims.length === 0) victims = kills.shuffled(PROCESSES);
    faults.push({ atMs, kind: 'kill', target: victims.pop() as ProcessName, durationMs: 0 });
  }
  const random = new SeededRandom(seed, 'faults');
  let deck: (typeof FAULT_KINDS)[number][] = [];
  for (let atMs = FIRST_MS; ;) {
    if (deck.length === 0) deck = random.shuffled(FAULT_KINDS);
    const kind = deck.pop() as (typeof FAULT_KINDS)[number];
    const fault = { atMs, kind, target: targetOf(kind, random), durationMs: durationOf(kind, minutes, leaseMs) };
    if (atMs + fault.durationMs > endMs) break;
    faults.push(fault);
    atMs += fault.durationMs + PAUSE_MS;
  }
  return faults.sort((one, other) => one.atMs - other.atMs);
}

function targetOf(kind: FaultKind, random: SeededRandom): string {
  // Who holds leases is paused most often.
  if (kind === 'zombie') {
    return random.pick([
      'orchestrator-1',
      'orchestrator-2',
      'orchestrator-1',
      'orchestrator-2',
      'composer',
      'renderer',
      'storage',
    ]);
  }
  return kind.startsWith('link-') ? random.pick(LINKS) : (kind.split('-')[0] ?? '');
}

function durationOf(kind: FaultKind, minutes: number, leaseMs: number): number {
  if (kind === 'zombie') return leaseMs + 3000;
  const whole = WHOLE_MS[kind];
  return whole === undefined ? 0 : Math.max(SHORTEST_MS, whole * Math.min(1, minutes / WHOLE_FROM_MINUTES));
}
