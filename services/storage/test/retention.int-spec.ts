import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { RetentionService } from '../src/retention/retention.service';
import { asset, claimRequest, create, finish, newOwner, put } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('retention');
  storage = await stack.service({ OBJECT_GRACE_HOURS: '2', SONG_PURGE_HOURS: '2', EVENT_DAYS: '1' });
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns, objects CASCADE');
  for (const file of files()) rmSync(file);
});

const sweep = () => storage.service.app.get(RetentionService, { strict: false }).sweep();

/** Lets hours pass for what is in the database now. */
async function pass(hours: number): Promise<void> {
  const sql = stack.sql();
  const by = `interval '${hours} hours'`;
  await sql.query(`UPDATE objects SET use_time = use_time - ${by}`);
  await sql.query(`UPDATE songs SET delete_time = delete_time - ${by}`);
  await sql.query(`UPDATE jobs SET end_time = end_time - ${by}, create_time = create_time - ${by}`);
  await sql.query(`UPDATE request_ids SET create_time = create_time - ${by}`);
}

async function exists(owner: string, key: string): Promise<boolean> {
  const { rowCount } = await stack.sql().query('SELECT FROM objects WHERE owner = $1 AND key = $2', [owner, key]);
  return rowCount === 1;
}

function files(): string[] {
  return readdirSync(stack.objectFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('probe-') && entry.name !== '.beatbot-objects')
    .map((entry) => join(entry.parentPath, entry.name));
}

async function claimed() {
  const { job } = await storage.jobs.claimJob(claimRequest());
  if (!job) throw new Error('no job came');
  return job;
}

describe('the sweeper', () => {
  it('takes objects that nothing needs once their grace has passed, and their bytes', async () => {
    const owner = newOwner();
    await put(storage, owner, 'young', Buffer.from('young'));
    await pass(1.5);
    await put(storage, owner, 'younger', Buffer.from('younger'));
    expect(await sweep()).toMatchObject({ objects: 0 });
    await pass(1);
    expect(await sweep()).toMatchObject({ objects: 1 });
    expect([await exists(owner, 'young'), await exists(owner, 'younger')]).toEqual([false, true]);
    expect(files()).toHaveLength(1);
  });

  it('counts a use as young again', async () => {
    const owner = newOwner();
    await put(storage, owner, 'stems/cached.wav');
    await pass(1.9);
    await storage.objects.statObject({ key: 'stems/cached.wav' }, { owner });
    await pass(1.9);
    expect(await sweep()).toMatchObject({ objects: 0 });
    await pass(0.3);
    expect(await sweep()).toMatchObject({ objects: 1 });
  });

  it('keeps what a live song refers to, for ever, and takes it with the song', async () => {
    const owner = newOwner();
    const { song } = await create(storage, owner);
    const job = await claimed();
    const mix = await put(storage, owner, 'mixes/1.mp3');
    await finish(storage, job, { assets: [asset(mix)] });
    await put(storage, newOwner(), 'mixes/1.mp3');
    await pass(1000);
    expect(await sweep()).toMatchObject({ objects: 1, songs: 0 });
    expect([await exists(owner, mix), await exists(owner, `scores/${job.id}.json`)]).toEqual([true, true]);
    await storage.songs.deleteSong({ songId: song?.id ?? '' }, { owner });
    expect(await sweep()).toMatchObject({ objects: 2, songs: 0 });
    await pass(3);
    expect(await sweep()).toMatchObject({ songs: 1 });
    const { rows } = await stack
      .sql()
      .query(
        `SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM job_events) + (SELECT count(*) FROM revisions) + (SELECT count(*) FROM assets) + (SELECT count(*) FROM request_ids) AS left`,
      );
    expect(Number(rows[0].left)).toBe(0);
  });

  it('keeps what a running or queued job may have made, however long it takes', async () => {
    const owner = newOwner();
    await put(storage, owner, 'before', Buffer.from('before'));
    await pass(1);
    await create(storage, owner);
    const job = await claimed();
    await put(storage, owner, 'stems/made.wav');
    await pass(100);
    expect(await sweep()).toMatchObject({ objects: 1 });
    expect(await exists(owner, 'stems/made.wav')).toBe(true);
    await storage.jobs.finishJob({
      jobId: job.id,
      fencingNumber: job.fencingNumber,
      error: { reason: 'BROKEN', message: '' },
    });
    expect(await sweep()).toMatchObject({ objects: 1 });
  });

  it('takes old bytes without a row, and what killed writes left', async () => {
    const owner = newOwner();
    await put(storage, owner, 'kept');
    await put(storage, owner, 'lost', Buffer.from('lost'));
    await stack.sql().query(`DELETE FROM objects WHERE key = 'lost'`);
    expect(await sweep()).toMatchObject({ orphans: 0 });
    for (const file of files()) utimesSync(file, 1000, 1000);
    expect(await sweep()).toMatchObject({ orphans: 1 });
    expect(files()).toHaveLength(1);
    expect(await exists(owner, 'kept')).toBe(true);
  });

  it('takes events of ended jobs and used request ids after their time', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    await storage.jobs.cancelJob({ jobId: job.id }, { owner });
    const waiting = await create(storage, owner);
    await pass(23);
    expect(await sweep()).toMatchObject({ jobsWithoutEvents: 0, requestIds: 0 });
    await pass(2);
    expect(await sweep()).toMatchObject({ jobsWithoutEvents: 1, requestIds: 2 });
    const eventsOf = async (jobId: string) =>
      (await storage.jobs.listJobEvents({ jobId, afterSeq: 0, pageSize: 0 }, { owner })).events.length;
    expect([await eventsOf(job.id), await eventsOf(waiting.job.id)]).toEqual([0, 1]);
    expect(await sweep()).toMatchObject({ jobsWithoutEvents: 0 });
  });

  it('works in one process at a time', async () => {
    const client = await stack.sql().connect();
    await client.query('SELECT pg_advisory_lock(7320004)');
    expect(await sweep()).toBeUndefined();
    await client.query('SELECT pg_advisory_unlock(7320004)');
    client.release();
    expect(await sweep()).toBeDefined();
  });

  it('runs by itself', async () => {
    const owner = newOwner();
    await put(storage, owner, 'old', Buffer.from('old'));
    await pass(3);
    const other = await stack.service({ SWEEP_INTERVAL_SECONDS: '0.2', OBJECT_GRACE_HOURS: '2' });
    await untilReady(other);
    for (let i = 0; i < 50 && (await exists(owner, 'old')); i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await exists(owner, 'old')).toBe(false);
    await other.stop();
  });
});
