import { JobEvent, JobState } from '@beatbot/contracts/music/v1/job';
import { RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { DomainError } from '@beatbot/service-kit';
import { context, Harness, OWNER, until } from './harness';

const CALL = { owner: OWNER };
/** Longer than any test runs. */
const NEVER_MS = 600_000;

describe('watching a job', () => {
  let redis: RunningRedis;
  let harness: Harness;

  beforeAll(async () => {
    redis = await startRedis({ dataDir: temporaryFolder('orchestrator') });
  });
  beforeEach(async () => {
    harness = await Harness.start({}, redis);
  });
  afterEach(() => harness.stop());
  afterAll(() => redis.stop());

  /** A claimed job, and how to append events to it, published or not. */
  async function running(): Promise<{
    jobId: string;
    append: (publish: boolean) => Promise<void>;
    end: () => Promise<void>;
  }> {
    const jobId = await harness.createSong();
    const limits = { workerId: 'w', leaseSeconds: 60, waitSeconds: 1, maxAttempts: 5, maxRunningOfOwner: 0 };
    const job = await harness.jobs.claim(limits, CALL);
    const lease = { jobId, fencingNumber: job?.fencingNumber ?? 0 };
    let percent = 0;
    return {
      jobId,
      append: async (publish) => {
        const progress = { stage: 'compose', percent: ++percent, agent: 'harmony', detail: '', scoreKey: '' };
        const event = await harness.jobs.appendEvent(lease, progress);
        if (publish) harness.feed.publish(event);
      },
      end: async () => harness.feed.publish(await harness.jobs.finish(lease, { cancelled: true })),
    };
  }

  /** Collects a watch in the background. */
  function collect(jobId: string, afterSeq = 0, caller = context(), watcher = harness.watcher) {
    const events: JobEvent[] = [];
    const ended = (async () => {
      for await (const event of watcher.watch(jobId, afterSeq, caller)) events.push(event);
    })();
    ended.catch(() => undefined);
    return { events, ended, seqs: () => events.map(({ seq }) => seq) };
  }

  it('brings events as they are published, to every watcher, without a look at storage', async () => {
    const { jobId, append, end } = await running();
    const one = collect(jobId, 0, context(), harness.newWatcher(NEVER_MS));
    const two = collect(jobId, 1, context(), harness.newWatcher(NEVER_MS));
    await until(() => one.events.length === 2 && two.events.length === 1);
    // From here on only the feed can bring what is new.
    const looks = harness.jobs.looks;
    for (let count = 0; count < 20; count++) {
      await append(true);
      await until(() => one.events.length === 3 + count && two.events.length === 2 + count);
    }
    expect(harness.jobs.looks).toBe(looks);
    await end();
    await Promise.all([one.ended, two.ended]);
    expect(one.seqs()).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
    expect(two.seqs()).toEqual(one.seqs().slice(1));
  });

  it('refuses one watcher more than it can serve, until one leaves', async () => {
    const { jobId, end } = await running();
    const watching = Array.from({ length: 20 }, () => collect(jobId));
    await until(() => watching.every(({ events }) => events.length === 2));
    await expect(harness.watchAll(jobId)).rejects.toMatchObject({ reason: 'RESOURCE_EXHAUSTED', retryAfterMs: 2000 });
    await end();
    await Promise.all(watching.map(({ ended }) => ended));
    expect((await harness.watchAll(jobId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('resumes after the last event seen, without gaps or repeats', async () => {
    const { jobId, append, end } = await running();
    for (let count = 0; count < 5; count++) await append(true);
    const first = collect(jobId);
    await until(() => first.events.length === 7);
    const resumed = collect(jobId, 4);
    await append(true);
    await end();
    await Promise.all([first.ended, resumed.ended]);
    expect(resumed.seqs()).toEqual([5, 6, 7, 8, 9]);
  });

  it('fills a gap that the feed leaves', async () => {
    const { jobId, append, end } = await running();
    const watch = collect(jobId);
    await until(() => watch.events.length === 2);
    await append(false);
    await append(false);
    await append(true);
    await end();
    await watch.ended;
    expect(watch.seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('finds in storage what nobody published', async () => {
    const { jobId, append } = await running();
    const watch = collect(jobId);
    await until(() => watch.events.length === 2);
    await append(false);
    await until(() => watch.events.length === 3);
    await harness.jobs.cancel(jobId, CALL);
    harness.jobs.row(jobId).job.state = JobState.JOB_STATE_QUEUED;
    await harness.jobs.cancel(jobId, CALL);
    await watch.ended;
    expect(watch.events.at(-1)?.state).toBe(JobState.JOB_STATE_CANCELLED);
  });

  it('loses nothing when Redis is emptied', async () => {
    const { jobId, append, end } = await running();
    const watch = collect(jobId);
    for (let count = 0; count < 30; count++) {
      await append(true);
      if (count % 10 === 5) await harness.flush();
    }
    await end();
    await watch.ended;
    expect(watch.seqs()).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
  });

  it('outlasts a storage that is away', async () => {
    const { jobId, append, end } = await running();
    const watch = collect(jobId);
    await until(() => watch.events.length === 2);
    harness.jobs.away = new DomainError('UNAVAILABLE', 'storage is away');
    await new Promise((resolve) => setTimeout(resolve, 500));
    harness.jobs.away = undefined;
    await append(true);
    await end();
    await watch.ended;
    expect(watch.seqs()).toEqual([1, 2, 3, 4]);
  });

  it('ends at once where the last event was seen already', async () => {
    const { jobId, end } = await running();
    await end();
    expect(await harness.watchAll(jobId, 3)).toEqual([]);
    expect(await harness.watchAll(jobId, 2)).toHaveLength(1);
  });

  it('refuses to go on after an event that is still to come, and ends where all were swept', async () => {
    const { jobId, end } = await running();
    await expect(harness.watchAll(jobId, 3)).rejects.toMatchObject({
      fields: [{ field: 'after_seq', allowed: '0 to 2' }],
    });
    await end();
    harness.jobs.row(jobId).events.length = 0;
    expect(await harness.watchAll(jobId)).toEqual([]);
  });

  it('goes on past an earlier end of a job that was queued again', async () => {
    const { jobId, end } = await running();
    await end();
    await harness.service.retry(jobId, context());
    const watch = collect(jobId);
    await until(() => watch.events.length === 4);
    await harness.service.cancel(jobId, context());
    await watch.ended;
    expect(watch.seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells watchers of what people do by the feed', async () => {
    const jobId = await harness.createSong();
    const watch = collect(jobId, 0, context(), harness.newWatcher(NEVER_MS));
    await until(() => watch.events.length === 1);
    await harness.service.cancel(jobId, context());
    await watch.ended;
    expect(watch.seqs()).toEqual([1, 2]);
  });

  it('lets go of everything when its client goes', async () => {
    const { jobId } = await running();
    const caller = context();
    const watch = collect(jobId, 0, caller);
    await until(() => watch.events.length === 2);
    caller.cancel();
    await expect(watch.ended).rejects.toMatchObject({ reason: 'CANCELLED' });
  });

  it('sends its watchers to another process when this one stops', async () => {
    const { jobId } = await running();
    const watch = collect(jobId);
    await until(() => watch.events.length === 2);
    harness.draining.abort();
    await expect(watch.ended).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
  });

  it('shows nobody the job of another owner', async () => {
    const { jobId } = await running();
    await expect(collect(jobId, 0, context('eve')).ended).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });
});
