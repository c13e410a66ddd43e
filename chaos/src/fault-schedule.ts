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
  /** Only these; all where not given. */
  kinds?: readonly FaultKind[];
  /** Only processes and links of these names; all where not given. */
  targets?: readonly string[];
}

/** Longest that a service holds a connection for good which has fallen silent. */
export const KEEPALIVE_MS = 40_000;

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
export function faultSchedule(options: ScheduleOptions): Fault[] {
  const { seed, minutes, leaseMs, kinds = ['kill', ...FAULT_KINDS] } = options;
  const endMs = minutes * 60_000;
  const faults: Fault[] = [];
  if (kinds.includes('kill')) {
    const victims = new Deck(chosen(PROCESSES, options), new SeededRandom(seed, 'kills'));
    for (let atMs = KILL_EVERY_MS; atMs < endMs; atMs += KILL_EVERY_MS) {
      faults.push({ atMs, kind: 'kill', target: victims.next(), durationMs: 0 });
    }
  }
  const lasting = FAULT_KINDS.filter((kind) => kinds.includes(kind));
  const random = new SeededRandom(seed, 'faults');
  const deck = new Deck(lasting, random);
  for (let atMs = FIRST_MS; lasting.length > 0;) {
    const kind = deck.next();
    const durationMs = durationOf(kind, minutes, leaseMs);
    if (atMs + durationMs > endMs) break;
    faults.push({ atMs, kind, target: targetOf(kind, random, options), durationMs });
    atMs += durationMs + PAUSE_MS;
  }
  return faults.sort((one, other) => one.atMs - other.atMs);
}

/** Gives each of its items once before it gives one again. */
class Deck<T> {
  private left: T[] = [];

  constructor(
    private readonly items: readonly T[],
    private readonly random: SeededRandom,
  ) {}

  next(): T {
    if (this.left.length === 0) this.left = this.random.shuffled(this.items);
    return this.left.pop() as T;
  }
}

function chosen<T extends string>(names: readonly T[], { targets }: ScheduleOptions): T[] {
  return names.filter((name) => targets === undefined || targets.includes(name));
}

function targetOf(kind: FaultKind, random: SeededRandom, options: ScheduleOptions): string {
  if (kind === 'zombie') return random.pick(chosen(PAUSED, options));
  return kind.startsWith('link-') ? random.pick(chosen(LINKS, options)) : (kind.split('-')[0] ?? '');
}

/** Who holds leases is paused most often. */
const PAUSED: readonly ProcessName[] = [
  'orchestrator-1',
  'orchestrator-2',
  'orchestrator-1',
  'orchestrator-2',
  'composer',
  'renderer',
  'storage',
];

function durationOf(kind: FaultKind, minutes: number, leaseMs: number): number {
  if (kind === 'zombie') return leaseMs + 3000;
  const whole = WHOLE_MS[kind];
  return whole === undefined ? 0 : Math.max(SHORTEST_MS, whole * Math.min(1, minutes / WHOLE_FROM_MINUTES));
}
