import { JobEventType, JobState } from '@beatbot/contracts/music/v1/job';
import { asset, claimRequest, create, finish, newOwner, put, revision, seconds, songRequest } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('jobs');
  storage = await stack.service({ CLAIM_POLL_MS: '300' });
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());
/** What other tests left queued must not be claimed here. */
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
});

async function claim(more: Parameters<typeof claimRequest>[0] = {}) {
  return (await storage.jobs.claimJob(claimRequest(more))).job;
}

async function claimed(more: Parameters<typeof claimRequest>[0] = {}) {
  const job = await claim(more);
  if (!job) throw new Error('no job came');
  return job;
}

async function eventsOf(owner: string, jobId: string, afterSeq = 0) {
  return (await storage.jobs.listJobEvents({ jobId, afterSeq, pageSize: 0 }, { owner })).events;
}

describe('the way of a job', () => {
  it('goes from queued over running to succeeded, each step told by one event', async () => {
    const owner = newOwner();
    const { song, job, created } = await create(storage, owner, {
      songRequest: songRequest('a waltz', { tags: ['calm'] }),
    });
    expect(created).toBe(true);
    expect(song).toMatchObject({
      owner,
      title: 'a waltz',
      prompt: 'a waltz',
      tags: ['calm'],
      latestRevision: 0,
      style: '',
    });
    expect(job).toMatchObject({
      owner,
      songId: song?.id,
      state: JobState.JOB_STATE_QUEUED,
      stage: 'queued',
      percent: 0,
      attempts: 0,
      lastEventSeq: 1,
    });
    expect(job.songRequest).toMatchObject({ prompt: 'a waltz', formats: ['mp3'] });
    expect(job.error).toBeNull();

    const running = await claimed();
    expect(running).toMatchObject({ id: job.id, state: JobState.JOB_STATE_RUNNING, attempts: 1, fencingNumber: 1 });
    expect(running.startTime).not.toBeNull();
    const lease = { jobId: job.id, fencingNumber: running.fencingNumber };
    expect(await storage.jobs.heartbeat({ ...lease, lease: seconds(30) })).toEqual({ cancelRequested: false });
    const { event } = await storage.jobs.appendJobEvent({
      ...lease,
      stage: 'compose',
      percent: 40,
      agent: 'harmony',
      detail: 'chords',
      scoreKey: 'scores/x.json',
    });
    expect(event).toMatchObject({
      seq: 3,
      type: JobEventType.JOB_EVENT_TYPE_PROGRESS,
      stage: 'compose',
      percent: 40,
      agent: 'harmony',
    });

    const mix = await put(storage, owner, 'mixes/a.mp3', Buffer.from('sound'));
    const scoreKey = await put(storage, owner, 'scores/x.json');
    const done = await storage.jobs.finishJob({
      ...lease,
      revision: revision(scoreKey, { assets: [asset(mix)], brief: undefined }),
    });
    expect(done.job).toMatchObject({
      state: JobState.JOB_STATE_SUCCEEDED,
      revision: 1,
      percent: 100,
      stage: 'done',
      scoreKey,
      lastEventSeq: 4,
    });
    expect(done.event).toMatchObject({
      seq: 4,
      type: JobEventType.JOB_EVENT_TYPE_STATE,
      state: JobState.JOB_STATE_SUCCEEDED,
    });
    const events = await eventsOf(owner, job.id);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect((await eventsOf(owner, job.id, 2)).map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('answers a repeated FinishJob as before and writes nothing', async () => {
    const owner = newOwner();
    await create(storage, owner);
    const job = await claimed();
    const first = await finish(storage, job);
    const again = await finish(storage, job);
    expect(again).toEqual(first);
    const otherwise = storage.jobs.finishJob({
      jobId: job.id,
      fencingNumber: 1,
      error: { reason: 'BROKEN', message: '' },
    });
    await expect(otherwise).rejects.toMatchObject({ reason: 'JOB_ENDED' });
  });

  it('refuses every call with an older fencing number, also after the end', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    await claimed({ lease: seconds(0.1) });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const second = await claimed();
    expect(second).toMatchObject({ id: job.id, fencingNumber: 2, attempts: 2 });
    const stale = { jobId: job.id, fencingNumber: 1 };
    const scoreKey = await put(storage, owner, 'scores/stale.json');
    const calls = () => [
      storage.jobs.heartbeat({ ...stale, lease: seconds(1) }),
      storage.jobs.appendJobEvent({ ...stale, stage: 'compose', percent: 1, agent: '', detail: '', scoreKey: '' }),
      storage.jobs.releaseJob({ ...stale, delay: undefined, detail: '', forgiveAttempt: false }),
      storage.jobs.awaitApproval({ ...stale, plan: { title: '', sections: [], tracks: [] } }),
      storage.jobs.finishJob({ ...stale, revision: revision(scoreKey) }),
      storage.jobs.finishJob({ ...stale, error: { reason: 'BROKEN', message: '' } }),
    ];
    for (const call of calls())
      await expect(call).rejects.toMatchObject({ reason: 'STALE_FENCING_NUMBER', grpcCode: 10 });
    await finish(storage, second);
    for (const call of calls()) await expect(call).rejects.toMatchObject({ reason: 'STALE_FENCING_NUMBER' });
    expect(await eventsOf(owner, job.id)).toHaveLength(5);
  });

  it('waits for a yes to its plan', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    const running = await claimed();
    const plan = { title: 'Proposed', sections: [], tracks: [] };
    await storage.jobs.awaitApproval({ jobId: job.id, fencingNumber: running.fencingNumber, plan });
    expect((await storage.jobs.getJob({ jobId: job.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_AWAITING_APPROVAL,
      plan,
      planApproved: false,
    });
    expect(await claim()).toBeNull();
    const wanted = { ...plan, title: 'Wanted' };
    const approved = await storage.jobs.approveJob({ jobId: job.id, plan: wanted }, { owner });
    expect(approved.job).toMatchObject({ state: JobState.JOB_STATE_QUEUED, plan: wanted, planApproved: true });
    await expect(storage.jobs.approveJob({ jobId: job.id, plan: wanted }, { owner })).resolves.toMatchObject(approved);
    await expect(storage.jobs.approveJob({ jobId: job.id, plan }, { owner })).rejects.toMatchObject({
      reason: 'FAILED_PRECONDITION',
    });
    expect(await claimed()).toMatchObject({ id: job.id, fencingNumber: 2, plan: wanted });
  });

  it('can be given back with a delay, forgiven or not', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    const first = await claimed();
    await storage.jobs.releaseJob({
      jobId: job.id,
      fencingNumber: first.fencingNumber,
      delay: seconds(0.4),
      detail: 'composer away',
      forgiveAttempt: true,
    });
    expect(await claim()).toBeNull();
    const second = await claimed({ wait: seconds(5) });
    expect(second).toMatchObject({ attempts: 1, fencingNumber: 2 });
    await storage.jobs.releaseJob({
      jobId: job.id,
      fencingNumber: 2,
      delay: undefined,
      detail: '',
      forgiveAttempt: false,
    });
    expect(await claimed()).toMatchObject({ attempts: 2, fencingNumber: 3 });
  });

  it('fails with WORKER_DIED once its workers died too often, and can be retried', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    for (let death = 1; death <= 2; death++) {
      await claimed({ lease: seconds(0.1), maxAttempts: 2, wait: seconds(2) });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(await claim({ maxAttempts: 2 })).toBeNull();
    const failed = await storage.jobs.getJob({ jobId: job.id }, { owner });
    const seen = 'worker worker fell silent in queued at 0 %';
    expect(failed.job).toMatchObject({
      state: JobState.JOB_STATE_FAILED,
      error: { reason: 'WORKER_DIED', message: `its worker died 2 times: ${seen}; ${seen}` },
    });
    const retried = await storage.jobs.retryJob({ jobId: job.id }, { owner });
    expect(retried.job).toMatchObject({ state: JobState.JOB_STATE_QUEUED, attempts: 0, error: null, endTime: null });
    await expect(storage.jobs.retryJob({ jobId: job.id }, { owner })).rejects.toMatchObject({
      reason: 'FAILED_PRECONDITION',
    });
    expect(await claimed()).toMatchObject({ fencingNumber: 3, attempts: 1 });
  });

  it('is cancelled at once while it waits, and asked to end while it runs', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    for (let i = 0; i < 2; i++) {
      expect((await storage.jobs.cancelJob({ jobId: job.id }, { owner })).job).toMatchObject({
        state: JobState.JOB_STATE_CANCELLED,
      });
    }
    const other = await create(storage, owner);
    const running = await claimed();
    const lease = { jobId: running.id, fencingNumber: running.fencingNumber };
    await expect(storage.jobs.finishJob({ ...lease, cancelled: {} })).rejects.toMatchObject({
      reason: 'FAILED_PRECONDITION',
    });
    expect((await storage.jobs.cancelJob({ jobId: other.job.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_RUNNING,
      cancelRequested: true,
    });
    expect(await storage.jobs.heartbeat({ ...lease, lease: seconds(5) })).toEqual({ cancelRequested: true });
    const ended = await storage.jobs.finishJob({ ...lease, cancelled: {} });
    expect(ended.job).toMatchObject({ state: JobState.JOB_STATE_CANCELLED });
    expect((await storage.jobs.finishJob({ ...lease, cancelled: {} })).event).toEqual(ended.event);

    await create(storage, owner);
    const third = await claimed();
    await finish(storage, third);
    await expect(storage.jobs.cancelJob({ jobId: third.id }, { owner })).rejects.toMatchObject({
      reason: 'JOB_ENDED',
      grpcCode: 9,
    });
  });

  it('keeps its worker after a start of storage until that has had time to be heard', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    await claimed({ lease: seconds(0.2) });
    const restarted = await stack.service({ LEASE_GRACE_SECONDS: '2', CLAIM_POLL_MS: '100' });
    await untilReady(restarted);
    const lease = { jobId: job.id, fencingNumber: 1 };
    expect((await restarted.jobs.claimJob(claimRequest({ wait: seconds(0.5) }))).job).toBeNull();
    await restarted.jobs.heartbeat({ ...lease, lease: seconds(0.2) });
    expect((await restarted.jobs.claimJob(claimRequest({ wait: seconds(5) }))).job).toMatchObject({
      id: job.id,
      fencingNumber: 2,
    });
    await expect(restarted.jobs.heartbeat({ ...lease, lease: seconds(5) })).rejects.toMatchObject({
      reason: 'STALE_FENCING_NUMBER',
    });
    await restarted.stop();
  });

  it('keeps its worker after storage was paused, for nobody was heard meanwhile', async () => {
    const paused = await stack.service({ LEASE_GRACE_SECONDS: '1', CLAIM_POLL_MS: '100' });
    await untilReady(paused);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const { job } = await create(paused, newOwner());
    const claim = async (wait: number) =>
      (await paused.jobs.claimJob(claimRequest({ lease: seconds(0.5), wait: seconds(wait) }))).job;
    const { fencingNumber } = (await claim(1)) ?? {};
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
    expect(await claim(0)).toBeNull();
    await paused.jobs.heartbeat({ jobId: job.id, fencingNumber: fencingNumber ?? 0, lease: seconds(0.5) });
    // Who stays silent from then on is held for dead.
    expect(await claim(5)).toMatchObject({ id: job.id, fencingNumber: 2, attempts: 2 });
    await paused.stop();
  });

  it('that kills each of its workers ends, and the queue behind it goes on', async () => {
    const owner = newOwner();
    const { job: poison } = await create(storage, owner);
    const { job: next } = await create(storage, owner);
    for (let death = 0; death < 3; death++) {
      expect(await claimed({ lease: seconds(0.1) })).toMatchObject({ id: poison.id });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(await claimed()).toMatchObject({ id: next.id });
    expect((await storage.jobs.getJob({ jobId: poison.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_FAILED,
      error: { reason: 'WORKER_DIED', message: expect.stringMatching(/^its worker died 3 times: worker worker fell/) },
    });
  });

  it('is ended by the next claim when its worker died after a person asked for the end', async () => {
    const owner = newOwner();
    const { job } = await create(storage, owner);
    await claimed({ lease: seconds(0.1) });
    await storage.jobs.cancelJob({ jobId: job.id }, { owner });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await claim()).toBeNull();
    expect((await storage.jobs.getJob({ jobId: job.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_CANCELLED,
    });
  });

  it('does not end with assets whose objects are not stored, or are others', async () => {
    const owner = newOwner();
    await create(storage, owner);
    const job = await claimed();
    const lease = { jobId: job.id, fencingNumber: job.fencingNumber };
    await expect(storage.jobs.finishJob({ ...lease, revision: revision('scores/nowhere.json') })).rejects.toMatchObject(
      { reason: 'FAILED_PRECONDITION', metadata: { missing: 'scores/nowhere.json' } },
    );
    const key = await put(storage, owner, 'scores/here.json');
    const wrong = revision(key, { assets: [asset(key, { size: 1 })] });
    await expect(storage.jobs.finishJob({ ...lease, revision: wrong })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
    });
    expect((await storage.jobs.getJob({ jobId: job.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_RUNNING,
      lastEventSeq: 2,
    });
  });
});
