import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ChaosSystem, LEASE_MS } from './chaos-system';
import { age, checkObjects, findOrphans } from './check-objects';
import { checkJobs } from './check-jobs';
import { FaultRunner, type PastFault } from './fault-runner';
import { type FaultKind, faultSchedule, type ProcessName } from './fault-schedule';
import { GrpcDoor } from './grpc-door';
import { JobLife, type JobRecord } from './job-life';
import { LogWatch } from './log-watch';
import { checkLeaks, readProcesses } from './process-reading';
import { RestDoor } from './rest-door';
import { SeededRandom } from './seeded-random';
import type { Violation } from './violation';

export interface ChaosOptions {
  root: string;
  folder: string;
  seed: number;
  /** How long faults happen and new jobs are asked for. */
  minutes: number;
  /** Songs that are asked for at most. */
  maxSongs: number;
  /** Who ask for songs, one at a time each. */
  clients: number;
  /** Only these faults, and only to these; all where not given. */
  faults?: { kinds: readonly FaultKind[]; targets?: readonly string[] };
  /** SIGKILL once all jobs have ended. */
  killAtEnd?: ProcessName;
  /** For a deliberate breakage: run before the first job. Such a run looks for no leaks. */
  sql?: readonly string[];
  log(line: string): void;
}

export interface ChaosOutcome {
  records: JobRecord[];
  faults: PastFault[];
  violations: Violation[];
  warnings: number;
}

export const CLIENTS = 12;
const OWNERS = ['ada', 'ben', 'eva'];
/** Longest without news from any job once nothing goes wrong any more, on however slow a machine. */
const CALM_MS = 180_000;
const IDLE_MS = 8000;
const SWEEP_MS = 60_000;

/** Starts everything, lets faults and jobs loose on it, waits for calm, and checks. */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const { seed, minutes, log } = options;
  const logs = new LogWatch();
  const system = await ChaosSystem.start({
    ...options,
    harms: logs.harms,
    onLine: (process, line) => logs.line(process, line),
    onEnd: (process, how) => logs.end(process, how),
  });
  const db = new Client({ connectionString: system.stack.addresses.databaseUrl });
  const doors: GrpcDoor[] = [];
  try {
    for (const statement of options.sql ?? []) await onDatabase(system, (client) => client.query(statement));
    const records: JobRecord[] = [];
    const rest = new RestDoor(system.urls, (what) => logs.violations.push({ check: 'errors', what }));
    for (const owner of OWNERS) doors.push(new GrpcDoor(owner, system.orchestrators));
    const before = options.sql ? undefined : await readingBefore(system, () => warmUp(rest, doors, records, seed));

    log(`${minutes} minutes of faults, seed ${seed}`);
    const runner = new FaultRunner(system, log);
    const giveUp = new AbortController();
    setMaxListeners(0, giveUp.signal);
    const endsAt = Date.now() + minutes * 60_000;
    let asked = 0;
    const clients = Array.from({ length: options.clients }, async () => {
      while (Date.now() < endsAt && asked < options.maxSongs) {
        const number = ++asked;
        const random = new SeededRandom(seed, `job ${number}`);
        const door = random.pick([rest, rest, ...doors]);
        await new JobLife(door, random, (record) => records.push(record), giveUp.signal).live(`job-${seed}-${number}`);
      }
    });
    await runner.run(faultSchedule({ seed, minutes, leaseMs: LEASE_MS, ...options.faults }));
    log('calm; waiting for what was accepted');
    const waiting = giveUpWithoutNews(records, giveUp);
    await Promise.all(clients);
    giveUp.abort();
    await waiting;

    if (options.killAtEnd) system.harm(options.killAtEnd, 'SIGKILL');
    await system.ready();
    await sleep(IDLE_MS);
    const leaks = before ? checkLeaks(before, await readProcesses(system)) : [];
    await db.connect();
    log('checking');
    const violations = [
      ...(await checkJobs(db, records, { harms: system.harms, faults: runner.past, names: system.names })),
      ...(await checkObjects(db, system.stack.addresses.objectStorePath)),
      ...(await orphansAfterSweep(system, db)),
      ...leaks,
      ...logs.violations,
    ];
    return { records, faults: runner.past, violations, warnings: logs.warnings };
  } finally {
    await db.end().catch(() => undefined);
    for (const door of doors) door.close();
    await system.stop();
  }
}

async function readingBefore(system: ChaosSystem, warm: () => Promise<void>) {
  await warm();
  await sleep(IDLE_MS);
  return readProcesses(system);
}

/** A few songs before the first reading, so that caches and pools are as they will be. */
async function warmUp(rest: RestDoor, doors: GrpcDoor[], records: JobRecord[], seed: number): Promise<void> {
  const never = new AbortController().signal;
  await Promise.all(
    [rest, ...doors, rest, rest].map((door, index) => {
      const random = new SeededRandom(seed, `warm-up ${index}`);
      return new JobLife(door, random, (record) => records.push(record), never).live(`warm-up-${seed}-${index}`);
    }),
  );
}

async function giveUpWithoutNews(records: readonly JobRecord[], giveUp: AbortController): Promise<void> {
  for (let newest = Date.now(); Date.now() < newest + CALM_MS && !giveUp.signal.aborted;) {
    await sleep(1000);
    newest = Math.max(newest, ...records.map(({ events }) => events.at(-1)?.seenAt ?? 0));
  }
  giveUp.abort();
}

async function orphansAfterSweep(system: ChaosSystem, db: Client): Promise<Violation[]> {
  const folder = system.stack.addresses.objectStorePath;
  await age(db, folder, 2);
  await system.restartStorage({ SWEEP_INTERVAL_SECONDS: '1', OBJECT_GRACE_HOURS: '1' });
  for (const until = Date.now() + SWEEP_MS; ;) {
    const orphans = await findOrphans(db, folder);
    if (orphans.length === 0 || Date.now() > until) return orphans;
    await sleep(1000);
  }
}

async function onDatabase(system: ChaosSystem, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: system.stack.addresses.databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
