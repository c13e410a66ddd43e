import { setTimeout as sleep } from 'node:timers/promises';
import { JobState } from '@beatbot/contracts/music/v1/job';
import { RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { DomainError } from '@beatbot/service-kit';
import { lost } from '../src/production/read-making';
import { Harness, until } from './harness';

const { JOB_STATE_SUCCEEDED: SUCCEEDED, JOB_STATE_FAILED: FAILED, JOB_STATE_QUEUED: QUEUED } = JobState;

describe('when a service fails, a production', () => {
  let redis: RunningRedis;
  let harness: Harness;

  beforeAll(async () => {
    redis = await startRedis({ dataDir: temporaryFolder('orchestrator') });
  });
  afterEach(() => harness.stop());
  afterAll(() => redis.stop());

  const unavailable = new DomainError('UNAVAILABLE', 'the composer is away');

  it('tries again within the step', async () => {
    harness = await Harness.start({}, redis);
    harness.composer.script.fail('compose', unavailable, new DomainError('INTERNAL', 'connection dropped'));
    const jobId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(3);
    const { job, events } = harness.jobs.row(jobId);
    expect(job.attempts).toBe(1);
    expect(events.some(({ detail }) => detail.includes('tries again: the composer is away'))).toBe(true);
  });

  it('comes back no sooner than a full renderer asks', async () => {
    harness = await Harness.start({}, redis);
    harness.renderer.script.fail(
      'renderAssets',
      new DomainError('RESOURCE_EXHAUSTED', 'all slots are taken', { retryAfterMs: 700 }),
    );
    const jobId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, SUCCEEDED);
    const [first = NaN, second = NaN] = harness.renderer.script.timesOf('renderAssets');
    expect(second - first).toBeGreaterThanOrEqual(700);
  });

  it('goes back to the queue, its attempt forgiven, where that takes long', async () => {
    harness = await Harness.start({ retryMs: 200 }, redis);
    harness.composer.script.fail('compose', ...Array.from({ length: 2 }, () => unavailable));
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.jobs.releases.length > 0);
    expect(harness.jobs.releases[0]).toMatchObject({ detail: 'waits: the composer is away', forgiveAttempt: true });
    expect(harness.jobs.releases[0]?.delayMs).toBeGreaterThanOrEqual(2000);
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).job.attempts).toBe(1);
  });

  it('fails once it has waited as long as a job may', async () => {
    harness = await Harness.start({ retryMs: 100, jobMs: 1 }, redis);
    harness.composer.script.fail('compose', ...Array.from({ length: 9 }, () => unavailable));
    const jobId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, FAILED);
    expect(harness.jobs.row(jobId).job.error?.reason).toBe('DEADLINE_EXCEEDED');
  });

  it('fails at once where no retry could help', async () => {
    harness = await Harness.start({}, redis);
    harness.composer.script.fail('compose', new DomainError('INVALID_ARGUMENT', 'bars 9 is not allowed'));
    const jobId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, FAILED);
    expect(harness.jobs.row(jobId).job.error).toEqual({
      reason: 'INVALID_ARGUMENT',
      message: 'bars 9 is not allowed',
    });
    expect(harness.composer.script.count('compose')).toBe(1);
  });

  it('fails once it took the renderer down three times, with what was seen', async () => {
    harness = await Harness.start({ maxAttempts: 3, retryMs: 5000 }, redis);
    const dies = () => lost('renderer', new Error('broken pipe'));
    harness.renderer.script.fail('renderAssets', dies(), dies(), dies());
    const jobId = await harness.createSong();
    const nextId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, FAILED);
    const seen = 'in render: the renderer went away while it was at work';
    expect(harness.jobs.row(jobId).job.error).toEqual({
      reason: 'WORKER_DIED',
      message: `what worked on it died 3 times: ${seen}; ${seen}; ${seen}`,
    });
    expect(harness.renderer.script.count('renderAssets')).toBe(3);
    await harness.untilState(nextId, SUCCEEDED);
  });

  it('is not forgiven an attempt that took the renderer down, so that deaths add up over attempts', async () => {
    harness = await Harness.start({ maxAttempts: 2, retryMs: 100 }, redis);
    const dies = () => lost('renderer', new Error('broken pipe'));
    harness.renderer.script.fail('renderAssets', dies(), dies());
    const jobId = await harness.createSong();
    harness.startWorkers();
    await harness.untilState(jobId, FAILED);
    expect(harness.jobs.releases).toMatchObject([{ forgiveAttempt: false }]);
    expect(harness.jobs.row(jobId).job.error).toMatchObject({
      reason: 'WORKER_DIED',
      message: expect.stringContaining('1 earlier attempt'),
    });
  });

  it('outlasts a storage that is away for less than its lease', async () => {
    harness = await Harness.start({ leaseSeconds: 3, retryMs: 5000 }, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    harness.jobs.away = new DomainError('UNAVAILABLE', 'storage is away');
    letGo();
    await sleep(1200);
    harness.jobs.away = undefined;
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).job.fencingNumber).toBe(1);
  });
});

describe('a production without Redis', () => {
  it('waits, and goes on when Redis is back', async () => {
    const dataDir = temporaryFolder('orchestrator');
    const first = await startRedis({ dataDir });
    const harness = await Harness.start({ retryMs: 300 }, first);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await first.stop();
    letGo();
    await until(() => harness.jobs.releases.length > 0);
    expect(harness.jobs.row(jobId).job.state).toBe(QUEUED);
    const second = await startRedis({ dataDir, port: first.port });
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).revisions).toHaveLength(1);
    await harness.stop();
    await second.stop();
  });
});
