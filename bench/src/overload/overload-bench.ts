import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName, startStack, temporaryFolder, type Stack } from '@beatbot/local-stack';
import { Client } from 'pg';
import type { Bench, Figure } from '../figure';
import { httpLoad } from './autocannon';
import { grpcLoad } from './grpc-load';
import { probe, servedPerSecond } from './probe';

const ROOT = resolve(__dirname, '../../..');
/** How long the overload lasts; OVERLOAD_SECONDS says otherwise. */
const SECONDS = Number(process.env['OVERLOAD_SECONDS'] ?? 120);
/** So many times more songs are asked for than can be made. */
const FACTOR = 10;
const CAPACITY_SONGS = 8;
const CALM_SECONDS = 10;
const READERS = 8;
const FLOODING_READERS = 200;
const CREATING_CONNECTIONS = 64;
const PROBE_PAUSE_MS = 20;
const CREATE_PAUSE_MS = 500;
const LIMITS = { MAX_REQUESTS: '64', MAX_UNFINISHED_JOBS: '32' };
/** Throughput is back once a second has this share of what a second had before. */
const BACK_SHARE = 0.8;
const LONGEST_RECOVERY_SECONDS = 30;
const READ_P99_MS = 1000;
const MEMORY_MIB: Record<ServiceName, number> = {
  gateway: 400,
  orchestrator: 400,
  composer: 700,
  renderer: 1200,
  storage: 400,
};
const SONG = {
  prompt: 'lo-fi [<id>]',
  controls: { bars: 2, instruments: ['acoustic-bass'] },
  candidates: 1,
  formats: ['wav'],
};

/** More than the machine can do, by REST and gRPC at once. */
export const overloadBench: Bench = {
  name: 'overload',
  about:
    `The one-machine stack, asked by REST (autocannon) and gRPC for ${FACTOR} times more songs than it can make, while ` +
    `${FLOODING_READERS} connections read without a pause. Rate limits are off, so that what is refused is refused by the ` +
    `bounds on requests at a time (${LIMITS.MAX_REQUESTS}) and on unfinished jobs (${LIMITS.MAX_UNFINISHED_JOBS}); those who ask run on the same cores.`,
  async run(log) {
    const folder = temporaryFolder('overload');
    let stack: Stack | undefined;
    try {
      stack = await startStack({
        root: ROOT,
        dataDir: folder,
        host: '127.0.0.1',
        port: 0,
        env: { RATE_LIMIT_READS_PER_MINUTE: '10000000', RATE_LIMIT_WRITES_PER_MINUTE: '10000000', LOG_LEVEL: 'warn' },
        serviceEnv: {
          gateway: { MAX_REQUESTS: LIMITS.MAX_REQUESTS },
          orchestrator: { MAX_UNFINISHED_JOBS: LIMITS.MAX_UNFINISHED_JOBS },
        },
        readyTimeoutMs: 300_000,
      });
      return await measure(stack, log);
    } finally {
      await stack?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(stack: Stack, log: (line: string) => void): Promise<Figure[]> {
  const jobs = new Client({ connectionString: stack.addresses.databaseUrl });
  await jobs.connect();
  const songs = `${stack.url}/v1/songs`;
  log(`${CAPACITY_SONGS} songs: how many a second can be made`);
  const begun = performance.now();
  const ids = await Promise.all(Array.from({ length: CAPACITY_SONGS }, () => create(songs)));
  await untilAllEnded(jobs);
  const capacity = CAPACITY_SONGS / ((performance.now() - begun) / 1000);
  const read = `${stack.url}/v1/jobs/${ids[0]}`;

  log(`${CALM_SECONDS} s of reads while songs are made`);
  await Promise.all(Array.from({ length: 2 * CAPACITY_SONGS }, () => create(songs)));
  const before = median(await servedPerSecond(read, READERS, CALM_SECONDS));
  const known = await counts(jobs);

  log(`${SECONDS} s of overload`);
  const over = new AbortController();
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SONG) };
  const [reads, creates] = [
    probe(read, {}, PROBE_PAUSE_MS, over.signal),
    probe(songs, post, CREATE_PAUSE_MS, over.signal),
  ];
  const rate = (FACTOR * capacity) / 2;
  const orchestrator = `127.0.0.1:${stack.addresses.ports.orchestrator.grpc}`;
  const [flood, restCreates, grpcCreates] = await Promise.all([
    httpLoad(read, { seconds: SECONDS, connections: FLOODING_READERS }),
    httpLoad(songs, { seconds: SECONDS, connections: CREATING_CONNECTIONS, rate, body: SONG }),
    grpcLoad(orchestrator, SECONDS, rate),
  ]);
  over.abort();
  const [seenReads, seenCreates] = [await reads, await creates];

  log('throughput afterwards, while what was accepted is made');
  const after = await servedPerSecond(read, READERS, LONGEST_RECOVERY_SECONDS);
  const back = after.findIndex((count) => count >= BACK_SHARE * before);
  await untilAllEnded(jobs);
  const { succeeded, all } = await counts(jobs);
  const accepted = all - known.all;
  await jobs.end();

  const asked = restCreates.sent + grpcCreates.accepted + grpcCreates.refused + grpcCreates.failed.length;
  const refusals = seenReads.refused + seenCreates.refused + grpcCreates.refused;
  const withTime = seenReads.refusedWithTime + seenCreates.refusedWithTime + grpcCreates.refusedWithTime;
  const failures = [...seenReads.failed, ...seenCreates.failed, ...grpcCreates.failed];
  for (const failure of new Set(failures)) log(`neither served nor refused: ${failure}`);
  const p99 = quantile(seenReads.latencies, 0.99);
  const info = (name: string, value: number, unit: string, note: string): Figure => ({
    name: `overload.${name}`,
    value,
    unit,
    better: 'higher',
    note,
  });
  return [
    info('songs-per-second', capacity, '1/s', 'what the machine can make of songs of two bars'),
    {
      ...info('asked', asked / SECONDS / capacity, 'x', `songs asked for, for each that can be made; ${asked} in all`),
      target: FACTOR,
    },
    info('accepted', accepted, 'songs', 'in the time of overload'),
    {
      ...info('accepted-finished', (succeeded / all) * 100, '%', 'succeeded, of all that was ever accepted'),
      target: 100,
    },
    info(
      'reads-asked',
      (flood.sent + seenReads.latencies.length + seenReads.refused) / SECONDS,
      '1/s',
      `${flood.served} served, ${flood.refused} refused with 503, of the flood`,
    ),
    {
      ...info(
        'refused-with-time',
        refusals === 0 ? 0 : (withTime / refusals) * 100,
        '%',
        `Retry-After, or RetryInfo and push-back; of ${refusals} refusals whose headers were looked at, ${grpcCreates.refused} of them by gRPC`,
      ),
      target: 100,
    },
    {
      name: 'overload.neither',
      value: failures.length + flood.failed + restCreates.failed,
      unit: 'requests',
      target: 0,
      better: 'lower',
      note: 'neither served nor refused with 429 or 503',
    },
    {
      name: 'overload.read-p99',
      value: p99,
      unit: 'ms',
      target: READ_P99_MS,
      better: 'lower',
      note: `of ${seenReads.latencies.length} reads that were served to a client beside the flood; p50 ${quantile(seenReads.latencies, 0.5).toFixed(0)} ms`,
    },
    {
      name: 'overload.recovery',
      value: back < 0 ? Infinity : back + 1,
      unit: 's',
      target: 10,
      better: 'lower',
      note: `until a second had ${BACK_SHARE * 100} % of the ${before} reads of before`,
    },
    ...SERVICES.map((name): Figure => ({
      name: `overload.peak-memory-${name}`,
      value: peakMemoryMib(stack.services[name].pid),
      unit: 'MiB',
      target: MEMORY_MIB[name],
      better: 'lower',
      note: 'resident, at its highest since the start',
    })),
  ];
}

async function create(url: string): Promise<string> {
  const body = JSON.stringify({ ...SONG, prompt: 'lo-fi' });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (response.status !== 202) throw new Error(`POST /v1/songs: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { job: { id: string } }).job.id;
}

async function counts(client: Client): Promise<{ all: number; succeeded: number; ended: number }> {
  const { rows } = await client.query<{ all: number; succeeded: number; ended: number }>(`
    SELECT count(*)::int AS "all", (count(*) FILTER (WHERE state = 'succeeded'))::int AS succeeded,
      count(end_time)::int AS ended FROM jobs`);
  return rows[0] ?? { all: 0, succeeded: 0, ended: 0 };
}

async function untilAllEnded(client: Client): Promise<void> {
  for (let { all, ended } = await counts(client); ended < all; { all, ended } = await counts(client)) await sleep(100);
}

/** VmHWM of proc(5), in MiB. */
function peakMemoryMib(pid: number | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
