import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@beatbot/local-stack';
import { LEASE_MS } from './chaos-system';
import type { FaultKind, ProcessName } from './fault-schedule';

/** A way to break a promise on purpose, and the shortest run that brings it to light for certain. */
export interface Breakage {
  name: string;
  about: string;
  service: ServiceName;
  /** Changes of the built code; each must fit exactly once. */
  edits: { file: string; find: RegExp; replace: string }[];
  /** What the database would refuse has its guards taken away first. */
  sql: string[];
  run: BrokenRun;
}

export interface BrokenRun {
  faults: { kinds: FaultKind[]; targets?: string[] };
  /** SIGKILL once all jobs have ended. */
  killAtEnd?: ProcessName;
  clients: number;
  /** Songs that are asked for at most, while faults happen. */
  maxSongs: number;
}

export const BREAKAGES: Breakage[] = [
  {
    name: 'fencing',
    about: 'the fencing number is ignored: whoever once had a job may write',
    service: 'storage',
    edits: [
      {
        file: 'jobs/job-row.js',
        find: /if \(row\.state === 'running' && row\.fencingNumber === fencingNumber\)/,
        replace: 'if (row)',
      },
    ],
    sql: [
      'DROP TRIGGER jobs_guard ON jobs',
      'DROP TRIGGER job_events_guard ON job_events',
      'DROP TRIGGER revisions_guard ON revisions',
    ],
    // More songs than workers, so that whoever is paused holds one.
    run: { faults: { kinds: ['zombie'], targets: ['orchestrator-1', 'orchestrator-2'] }, clients: 8, maxSongs: 24 },
  },
  {
    name: 'outbox',
    about: 'progress is told by Redis alone and not written with the change',
    service: 'storage',
    edits: [
      {
        file: 'jobs/job-row.js',
        find: /const \[event\] = await tx/,
        replace: `if (!changesState) return { row: updated, event: { jobId: updated.id, seq: updated.lastEventSeq, type: 'progress',
          state: updated.state, stage: updated.stage, percent: updated.percent, agent: text.agent ?? '', detail: text.detail,
          time: updated.updateTime } };
          $&`,
      },
    ],
    sql: ['DROP TRIGGER jobs_told ON jobs', 'DROP TRIGGER job_events_guard ON job_events'],
    run: { faults: { kinds: ['redis-flush', 'redis-restart'] }, clients: 4, maxSongs: 8 },
  },
  {
    name: 'heartbeat',
    about: 'the thread that beats the heart also computes, for longer than a lease',
    service: 'orchestrator',
    edits: [
      {
        file: 'production/song-production.js',
        find: /const result = await \(0, with_retries_1\.withRetries\)/,
        replace: `if (stage === 'render') for (const until = Date.now() + ${3 * LEASE_MS}; Date.now() < until;);
          $&`,
      },
    ],
    sql: [],
    // One song at a time, so that the other orchestrator is free to notice.
    run: { faults: { kinds: [] }, clients: 1, maxSongs: 3 },
  },
  {
    name: 'early',
    about: 'an object counts as stored before its bytes are',
    service: 'storage',
    edits: [
      {
        file: 'objects/file-system-object-store.js',
        find: /const written = await writeFile\(incoming, bytes, expected\);/,
        replace: `const checked = new checked_bytes_1.CheckedBytes(bytes, expected);
          const chunks = [];
          for await (const chunk of checked) chunks.push(Buffer.from(chunk));
          const write = async () => {
            await (0, promises_1.mkdir)((0, node_path_1.dirname)(target), { recursive: true });
            await require('node:fs/promises').writeFile(target, Buffer.concat(chunks));
          };
          // Scores and receipts come at once, for they are read at once.
          const done = checked.written();
          if (done.size < 100_000) await write();
          else setTimeout(write, 300_000).unref();
          if (chunks) return done;
          const written = undefined;`,
      },
    ],
    sql: [],
    run: { faults: { kinds: [] }, killAtEnd: 'storage', clients: 2, maxSongs: 4 },
  },
  {
    name: 'idempotency',
    about: 'the idempotency key is ignored',
    service: 'gateway',
    edits: [
      {
        file: 'requests/idempotency-key.js',
        find: /const key = request\.header\(.*\);/,
        replace: 'const key = undefined;',
      },
    ],
    sql: [],
    run: { faults: { kinds: [] }, clients: 4, maxSongs: 8 },
  },
];

/**
 * A folder that looks like the repository to who starts services from it, with one service broken.
 * @throws where the built code no longer looks as the breakage expects
 */
export function brokenRepository(root: string, folder: string, { name, service, edits }: Breakage): string {
  const services = join(folder, 'services');
  mkdirSync(services, { recursive: true });
  for (const shared of ['node_modules', 'proto']) symlinkSync(join(root, shared), join(folder, shared));
  for (const each of readdirSync(join(root, 'services'))) {
    if (each !== service) symlinkSync(join(root, 'services', each), join(services, each));
  }
  const broken = join(services, service);
  for (const part of readdirSync(join(root, 'services', service))) {
    if (part === 'dist') cpSync(join(root, 'services', service, part), join(broken, part), { recursive: true });
    else {
      mkdirSync(broken, { recursive: true });
      symlinkSync(join(root, 'services', service, part), join(broken, part));
    }
  }
  for (const { file, find, replace } of edits) {
    const path = join(broken, 'dist', file);
    const text = readFileSync(path, 'utf8');
    const found = text.match(new RegExp(find, 'g'))?.length ?? 0;
    if (found !== 1) throw new Error(`breakage ${name}: ${find} is found ${found} times in ${path}, not once`);
    writeFileSync(path, text.replace(find, replace));
  }
  execFileSync(process.execPath, [join(root, 'tools/bundle-service.mjs'), broken], { stdio: 'inherit' });
  return folder;
}
