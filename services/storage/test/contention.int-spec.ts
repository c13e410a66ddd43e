import { JobState } from '@beatbot/contracts/music/v1/job';
import { claimRequest, create, createRequest, finish, newOwner, seconds } from './support/requests';
import { StorageStack, type StorageProcess, untilReady, untilStatus } from './support/storage-stack';

let stack: StorageStack;
/** Two processes' worth of services on one database. */
let storages: [StorageProcess, StorageProcess];

beforeAll(async () => {
  stack = await StorageStack.start('contention');
  // Started at once on an empty database: both bring the schema up to date.
  // A waiting claim looks again by itself only after longer than any test waits: what comes sooner was woken.
  const seldom = { CLAIM_POLL_MS: '60000' };
  storages = await Promise.all([stack.service(seldom), stack.service(seldom)]);
  await Promise.all(storages.map((storage) => untilReady(storage)));
}, 60_000);
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
});

const pick = (i: number): StorageProcess => storages[(i % 2) as 0 | 1];
const claim = async (i: number, more: Parameters<typeof claimRequest>[0] = {}, options = {}) =>
  (await pick(i).jobs.claimJob(claimRequest(more), options)).job;

describe('many at once', () => {
  it('migrate once', async () => {
    const { rows } = await stack.sql().query('SELECT hash FROM drizzle.__drizzle_migrations');
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('never are handed one job twice', async () => {
    const owners = [newOwner(), newOwner(), newOwner()];
    await Promise.all(Array.from({ length: 30 }, (_, i) => create(pick(i), owners[i % 3] ?? '')));
    const jobs = await Promise.all(Array.from({ length: 60 }, (_, i) => claim(i)));
    const ids = jobs.flatMap((job) => (job ? [job.id] : []));
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('are woken at once by a new job in another process, each by one', async () => {
    const waiting = Array.from({ length: 6 }, (_, i) => claim(i, { wait: seconds(8) }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await Promise.all(Array.from({ length: 6 }, (_, i) => create(pick(i + 1), newOwner())));
    const ids = (await Promise.all(waiting)).map((job) => job?.id);
    expect(new Set(ids).size).toBe(6);
    expect(ids).not.toContain(undefined);
  });

  it('take turns by owner: fewest running first, then longest unserved, then age', async () => {
    const [busy, calm, late] = [newOwner(), newOwner(), newOwner()];
    for (let i = 0; i < 5; i++) await create(pick(i), busy);
    for (let i = 0; i < 2; i++) await create(pick(i), calm);
    await create(pick(0), late);
    const served: string[] = [];
    for (let i = 0; i < 8; i++) served.push((await claim(i))?.owner ?? '');
    expect(served).toEqual([busy, calm, late, busy, calm, busy, busy, busy]);
  });

  it('serve whoever waited longest when nobody runs', async () => {
    const [a, b] = [newOwner(), newOwner()];
    for (let i = 0; i < 3; i++) await create(pick(i), a);
    for (let i = 0; i < 3; i++) await create(pick(i), b);
    const served: string[] = [];
    for (let i = 0; i < 6; i++) {
      const job = await claim(i);
      if (!job) throw new Error('no job came');
      served.push(job.owner);
      await finish(pick(i + 1), job);
    }
    expect(served).toEqual([a, b, a, b, a, b]);
  });

  it("delay another owner's single job by at most one, however long the backlog of one owner is", async () => {
    const [busy, single] = [newOwner(), newOwner()];
    for (let twenty = 0; twenty < 25; twenty++)
      await Promise.all(Array.from({ length: 20 }, (_, i) => create(pick(i), busy)));
    for (let i = 0; i < 3; i++) await claim(i);
    await create(pick(0), single);
    expect((await claim(1))?.owner).toBe(single);
    // With nobody running, turns decide.
    await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
    for (let i = 0; i < 5; i++) await create(pick(i), busy);
    const job = await claim(0);
    if (!job) throw new Error('no job came');
    await finish(pick(0), job);
    await create(pick(0), single);
    expect((await claim(1))?.owner).toBe(single);
  });

  it('hold the bound of running jobs of one owner exactly', async () => {
    const owner = newOwner();
    await Promise.all(Array.from({ length: 8 }, (_, i) => create(pick(i), owner)));
    const jobs = await Promise.all(Array.from({ length: 8 }, (_, i) => claim(i, { maxRunningOfOwner: 3 })));
    const running = jobs.flatMap((job) => job ?? []);
    expect(running).toHaveLength(3);
    const next = claim(1, { maxRunningOfOwner: 3, wait: seconds(8) });
    const [first] = running;
    if (!first) throw new Error('no job came');
    await finish(pick(0), first);
    expect(await next).toMatchObject({ owner, state: JobState.JOB_STATE_RUNNING });
  });

  it('number events without gaps', async () => {
    const owner = newOwner();
    const { job } = await create(pick(0), owner);
    const running = await claim(0);
    const lease = { jobId: job.id, fencingNumber: running?.fencingNumber ?? 0 };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        pick(i).jobs.appendJobEvent({
          ...lease,
          stage: 'compose',
          percent: i,
          agent: '',
          detail: String(i),
          scoreKey: '',
        }),
      ),
    );
    await pick(1).jobs.cancelJob({ jobId: job.id }, { owner });
    const { events } = await pick(1).jobs.listJobEvents({ jobId: job.id, afterSeq: 0, pageSize: 0 }, { owner });
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 43 }, (_, i) => i + 1));
    expect(new Set(answers.map(({ event }) => event?.seq)).size).toBe(40);
    for (const { event } of answers) expect(events[(event?.seq ?? 0) - 1]).toEqual(event);
    const times = events.map(({ time }) => (time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6);
    expect([...times].sort((x, y) => x - y)).toEqual(times);
  });

  it('get an expired lease again within a poll, without a wake-up', async () => {
    const polling = await stack.service({ CLAIM_POLL_MS: '100' });
    await untilReady(polling);
    const { job } = await create(pick(0), newOwner());
    await claim(0, { lease: seconds(1) });
    const again = (await polling.jobs.claimJob(claimRequest({ wait: seconds(10) }))).job;
    expect(again).toMatchObject({ id: job.id, fencingNumber: 2, attempts: 2 });
    await polling.stop();
  });

  it('give back a job whose claimer has gone, and hand it to the next', async () => {
    const gone = new AbortController();
    const waiting = claim(0, { wait: seconds(10) }, { signal: gone.signal });
    await new Promise((resolve) => setTimeout(resolve, 200));
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ reason: 'CANCELLED' });
    const { job } = await create(pick(0), newOwner());
    expect(await claim(0)).toMatchObject({ id: job.id, attempts: 1 });
  });

  it('answer none before the deadline of the call', async () => {
    expect(await claim(0, { wait: seconds(30) }, { deadlineMs: 3000 })).toBeNull();
  });

  it('end with an answer when the service stops, and are not cut', async () => {
    const other = await stack.service();
    await untilReady(other);
    const waiting = other.jobs.claimJob(claimRequest({ wait: seconds(25) }), { deadlineMs: 30_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stopped = other.stop();
    expect((await waiting).job).toBeNull();
    await stopped;
  });
});

describe('more calls than the database serves', () => {
  it('are refused with a time to retry, but not those of workers', async () => {
    const small = await stack.service({ DATABASE_POOL_SIZE: '1', DATABASE_MAX_WAITING: '2' });
    await untilReady(small);
    const owner = newOwner();
    await create(small, owner);
    const job = (await small.jobs.claimJob(claimRequest())).job;
    if (!job) throw new Error('no job came');
    const lease = { jobId: job.id, fencingNumber: job.fencingNumber };
    // Holds the job's row, so that the one connection waits for it.
    const holder = await stack.sql().connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM jobs WHERE id = $1 FOR UPDATE', [job.id]);
    const cancelled = small.jobs.cancelJob({ jobId: job.id }, { owner });
    const waiting = stack.sql();
    const blocked = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'beatbot-storage'`;
    while ((await waiting.query(blocked)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const reads = Array.from({ length: 10 }, () => small.jobs.getJob({ jobId: job.id }, { owner }));
    const outcomes = Promise.allSettled(reads);
    await expect(
      Promise.any(
        reads.map((read) =>
          read.then(
            () => Promise.reject(new Error('read')),
            (error: unknown) => error,
          ),
        ),
      ),
    ).resolves.toMatchObject({ reason: 'RESOURCE_EXHAUSTED', retryAfterMs: 1000 });
    const beat = small.jobs.heartbeat({ ...lease, lease: seconds(60) });
    await holder.query('COMMIT');
    holder.release();
    await cancelled;
    expect(await beat).toMatchObject({ cancelRequested: true });
    const refused = (await outcomes).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeLessThan(10);
    await expect(small.jobs.getJob({ jobId: job.id }, { owner })).resolves.toBeDefined();
    await small.stop();
  });
});

describe('PostgreSQL away', () => {
  it('at the start: not ready, then ready', async () => {
    await stack.postgres.stop();
    const early = await stack.service({ DATABASE_CONNECT_TIMEOUT_MS: '500' });
    expect((await fetch(`${early.httpUrl}/readyz`)).status).toBe(503);
    expect((await fetch(`${early.httpUrl}/healthz`)).status).toBe(200);
    await expect(early.jobs.createJob(createRequest(), { owner: newOwner() })).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      retryAfterMs: 1000,
    });
    await stack.restartPostgres(0);
    await untilReady(early);
    await expect(create(early, newOwner())).resolves.toMatchObject({ created: true });
    await early.stop();
  });

  it('for a while: UNAVAILABLE with a time to retry, then all works again and nothing is lost', async () => {
    await Promise.all(storages.map((storage) => untilReady(storage)));
    const owner = newOwner();
    const { job } = await create(pick(0), owner);
    const busy = Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 10));
        return create(pick(i), owner).catch((error: unknown) => error);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const away = stack.restartPostgres(4000);
    for (const outcome of await busy)
      if (outcome instanceof Error) expect(outcome).toMatchObject({ reason: 'UNAVAILABLE', retryAfterMs: 1000 });
    await untilStatus(pick(0), 503);
    await expect(pick(0).jobs.getJob({ jobId: job.id }, { owner })).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      grpcCode: 14,
      retryAfterMs: 1000,
    });
    await away;
    await Promise.all(storages.map((storage) => untilReady(storage)));
    expect((await pick(1).jobs.getJob({ jobId: job.id }, { owner })).job).toMatchObject({ id: job.id });
    // The listening connection is back as well: a new job wakes at once.
    await stack.sql().query('TRUNCATE songs CASCADE');
    const listeners = `SELECT FROM pg_stat_activity WHERE application_name = 'beatbot-storage-listen'`;
    while (((await stack.sql().query(listeners)).rowCount ?? 0) < storages.length)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = claim(0, { wait: seconds(8) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await create(pick(1), owner);
    expect(await waiting).not.toBeNull();
  });
});
