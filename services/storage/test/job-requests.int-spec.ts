import { JobState } from '@beatbot/contracts/music/v1/job';
import { v7 as uuid } from 'uuid';
import {
  claimRequest,
  create,
  createRequest,
  finish,
  newOwner,
  revisionRequest,
  songRequest,
} from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('job-requests');
  storage = await stack.service();
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());
/** What other tests left queued must not be claimed here. */
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
});

async function claimed() {
  const { job } = await storage.jobs.claimJob(claimRequest());
  if (!job) throw new Error('no job came');
  return job;
}

describe('creating', () => {
  it('is idempotent by request id: 20 at once write one job', async () => {
    const owner = newOwner();
    const request = createRequest();
    const answers = await Promise.all(Array.from({ length: 20 }, () => storage.jobs.createJob(request, { owner })));
    expect(new Set(answers.map(({ job }) => job?.id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    const other = createRequest({ requestId: request.requestId, songRequest: songRequest('something else') });
    await expect(storage.jobs.createJob(other, { owner })).rejects.toMatchObject({
      reason: 'IDEMPOTENCY_KEY_REUSED',
      grpcCode: 6,
    });
    expect((await storage.jobs.createJob(other, { owner: newOwner() })).created).toBe(true);
  });

  it('keeps its bounds exactly, also when many come at once', async () => {
    const owner = newOwner();
    const bounded = (more: object) => storage.jobs.createJob(createRequest(more), { owner });
    const own = await Promise.allSettled(Array.from({ length: 12 }, () => bounded({ maxUnfinishedOfOwner: 5 })));
    expect(own.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(bounded({ maxUnfinishedOfOwner: 5 })).rejects.toMatchObject({
      reason: 'QUEUE_FULL',
      grpcCode: 8,
      retryAfterMs: 5000,
    });
    await expect(
      storage.jobs.createJob(createRequest({ maxUnfinished: 5 }), { owner: newOwner() }),
    ).rejects.toMatchObject({ reason: 'QUEUE_FULL' });
    await expect(
      storage.jobs.createJob(createRequest({ maxUnfinished: 6 }), { owner: newOwner() }),
    ).resolves.toMatchObject({ created: true });
  });

  it('of a revision needs the song and the revision', async () => {
    const owner = newOwner();
    const { song } = await create(storage, owner);
    const songId = song?.id ?? '';
    const ask = (request: ReturnType<typeof revisionRequest>, as = owner) =>
      storage.jobs.createJob(createRequest({ revisionRequest: request }), { owner: as });
    await expect(ask(revisionRequest(uuid()))).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(ask(revisionRequest(songId))).rejects.toMatchObject({
      reason: 'NOT_FOUND',
      message: expect.stringContaining('no revision yet'),
    });
    await finish(storage, await claimed());
    await expect(ask(revisionRequest(songId, { baseRevision: 2 }))).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(ask(revisionRequest(songId), newOwner())).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    const { job } = await ask(revisionRequest(songId, { baseRevision: 1 }));
    expect(job?.revisionRequest).toMatchObject({ songId, baseRevision: 1, instruction: 'slower' });
    expect(job?.songRequest).toBeUndefined();
    expect((await finish(storage, await claimed(), { baseRevision: 1 })).job).toMatchObject({ revision: 2 });
  });
});

describe('lists', () => {
  it('pages through jobs, newest first, and tells owners apart', async () => {
    const owner = newOwner();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await create(storage, owner)).job.id);
    await create(storage, newOwner());
    const list = (more: object) =>
      storage.jobs.listJobs({ pageSize: 2, pageToken: '', songId: '', states: [], ...more }, { owner });
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await list({ pageToken });
      seen.push(...page.jobs.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen).toEqual(ids);
    const first = await list({});
    await expect(list({ pageToken: first.nextPageToken, states: [JobState.JOB_STATE_QUEUED] })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'page_token' }],
    });
    await expect(storage.jobs.getJob({ jobId: ids[0] ?? '' }, { owner: newOwner() })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    await expect(storage.jobs.getJob({ jobId: ids[0] ?? '' })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'x-beatbot-owner' }],
    });
  });

  it.each(['abc', '', 'x'.repeat(1000), '01a20ef4-4dd2-75d1-8152-ddbfd4c22c8z'])(
    'knows no job and no song by the id "%.40s"',
    async (id) => {
      const call = { owner: newOwner() };
      const noJob = { reason: 'NOT_FOUND', message: expect.stringMatching(/^job .{0,103} does not exist$/) };
      await expect(storage.jobs.getJob({ jobId: id }, call)).rejects.toMatchObject(noJob);
      await expect(storage.jobs.cancelJob({ jobId: id }, call)).rejects.toMatchObject(noJob);
      const events = storage.jobs.listJobEvents({ jobId: id, afterSeq: 0, pageSize: 0 }, call);
      await expect(events).rejects.toMatchObject(noJob);
      const noSong = { reason: 'NOT_FOUND', message: expect.stringMatching(/^song .{0,103} does not exist$/) };
      await expect(storage.songs.getSong({ songId: id }, call)).rejects.toMatchObject(noSong);
      await expect(storage.songs.getRevision({ songId: id, number: 1 }, call)).rejects.toMatchObject(noSong);
    },
  );

  it('tells how many stand in front, by turns', async () => {
    const [busy, calm] = [newOwner(), newOwner()];
    for (let i = 0; i < 4; i++) await create(storage, busy);
    const { job } = await create(storage, calm);
    expect(job.queuePosition).toBe(1);
    const { jobs } = await storage.jobs.listJobs(
      { pageSize: 0, pageToken: '', songId: '', states: [] },
      { owner: busy },
    );
    expect(jobs.map(({ queuePosition }) => queuePosition)).toEqual([4, 3, 2, 0]);
  });
});
