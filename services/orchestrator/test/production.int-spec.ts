import { setTimeout as sleep } from 'node:timers/promises';
import { Approval, JobState } from '@beatbot/contracts/music/v1/job';
import { RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { DomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { context, Harness, until } from './harness';

const {
  JOB_STATE_SUCCEEDED: SUCCEEDED,
  JOB_STATE_CANCELLED: CANCELLED,
  JOB_STATE_AWAITING_APPROVAL: AWAITING,
  JOB_STATE_QUEUED: QUEUED,
  JOB_STATE_RUNNING: RUNNING,
} = JobState;

describe('a production', () => {
  let redis: RunningRedis;
  let harness: Harness;

  beforeAll(async () => {
    redis = await startRedis({ dataDir: temporaryFolder('orchestrator') });
  });
  afterEach(() => harness.stop());
  afterAll(() => redis.stop());

  it('goes from a prompt to a published revision and tells of every step', async () => {
    harness = await Harness.start({}, redis);
    const jobId = await harness.createSong({ formats: ['flac'], stemFormat: 'flac' });
    harness.startWorkers();
    const events = await harness.watchAll(jobId);

    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const stages = events.map(({ stage }) => stage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(stages).toEqual(['queued', 'interpret', 'plan', 'compose', 'render', 'publish', 'done']);
    expect(events.map(({ agent }) => agent)).toEqual(
      expect.arrayContaining(['interpreter', 'producer', 'harmony', 'rhythm', 'critic']),
    );
    const percents = events.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));

    const { job, revisions } = harness.jobs.row(jobId);
    expect(job).toMatchObject({ state: SUCCEEDED, percent: 100, scoreKey: 'scores/one.json' });
    expect(revisions).toHaveLength(1);
    expect(revisions[0]).toMatchObject({ jobId, songId: job.songId, baseRevision: 0, durationMs: 60_000 });
    expect(revisions[0]?.assets.map(({ name }) => name)).toEqual([
      'score.json',
      'song.mid',
      'song.musicxml',
      'mix.flac',
      'stems/bass.flac',
      'peaks.json',
      'receipt.json',
    ]);
    expect(revisions[0]?.receipt?.demands.map(({ demand }) => demand)).toEqual(['key', 'loudness']);
    const key = revisions[0]?.assets.at(-1)?.objectKey ?? '';
    const receipt = JSON.parse(String(harness.library.objects.get(key))) as { demands: { source: string }[] };
    expect(receipt.demands.map(({ source }) => source)).toEqual(['default', 'default']);
  });

  it('tells in the log which request became which job', async () => {
    harness = await Harness.start({}, redis);
    const lines = jest.spyOn(Logger.prototype, 'log');
    try {
      const jobId = await harness.createSong();
      expect(lines.mock.calls.flat()).toContain(`job ${jobId} is accepted`);
    } finally {
      lines.mockRestore();
    }
  });

  it('forgets its checkpoints at the end', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    expect(await harness.keys(`test*${jobId}*`)).not.toEqual([]);
    letGo();
    await harness.untilState(jobId, SUCCEEDED);
    await until(async () => (await harness.keys(`test*${jobId}*`)).length === 0);
  });

  it('makes a revision from the newest one, in the formats of the first', async () => {
    harness = await Harness.start({}, redis);
    const first = await harness.createSong({ formats: ['mp3'], stemFormat: 'flac' });
    harness.startWorkers();
    await harness.untilState(first, SUCCEEDED);
    const { songId } = harness.jobs.row(first).job;
    const [made] = harness.jobs.row(first).revisions;
    if (made) harness.library.revisions.set('1', { ...made, number: 1 });

    const jobId = await harness.createRevision({ songId, edits: [{ transpose: { semitones: 2 } }] });
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).revisions[0]).toMatchObject({
      baseRevision: 1,
      scoreKey: 'scores/one.json.revised',
      edits: [{ transpose: { semitones: 2 } }],
    });
    expect(harness.renderer.requests.at(-1)).toMatchObject({ formats: ['mp3'], stemFormat: 'flac' });
  });

  it('keeps what a sentence was understood as, and brings back what was before by an undo', async () => {
    harness = await Harness.start({}, redis);
    const first = await harness.createSong({});
    harness.startWorkers();
    await harness.untilState(first, SUCCEEDED);
    const { songId } = harness.jobs.row(first).job;
    const publish = (jobId: string, number: number): void => {
      const [made] = harness.jobs.row(jobId).revisions;
      if (made) harness.library.revisions.set(String(number), { ...made, number });
    };
    publish(first, 1);

    const slower = await harness.createRevision({ songId, edits: [], instruction: 'slower' });
    await harness.untilState(slower, SUCCEEDED);
    expect(harness.jobs.row(slower).revisions[0]).toMatchObject({
      baseRevision: 1,
      scoreKey: 'scores/one.json.revised',
      edits: [{ setTempo: { tempoBpm: 90 } }],
    });
    publish(slower, 2);

    const undo = await harness.createRevision({ songId, baseRevision: 2, edits: [], instruction: 'undo' });
    await harness.untilState(undo, SUCCEEDED);
    expect(harness.jobs.row(undo).revisions[0]).toMatchObject({
      baseRevision: 2,
      scoreKey: 'scores/one.json',
      edits: [{ undo: {} }],
    });
    publish(undo, 3);

    const once = await harness.createRevision({ songId, baseRevision: 3, edits: [{ undo: {} }] });
    await harness.untilState(once, JobState.JOB_STATE_FAILED);
    expect(harness.jobs.row(once).job.error).toMatchObject({
      reason: 'INVALID_ARGUMENT',
      message: 'revision 1 is the first: there is nothing to undo',
    });
  });

  it('waits for a yes to its plan and goes on with the plan as changed', async () => {
    harness = await Harness.start({}, redis);
    const jobId = await harness.createSong({ approval: Approval.APPROVAL_PLAN });
    harness.startWorkers();
    await harness.untilState(jobId, AWAITING);
    expect(harness.jobs.row(jobId).job.plan?.title).toBe('Plan of dusty lo-fi beat');
    expect(harness.composer.script.count('compose')).toBe(0);

    await harness.service.approve(jobId, { title: 'As I want it', sections: [], tracks: [] }, context());
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).revisions[0]?.plan?.title).toBe('As I want it');
    expect(harness.composer.script.count('interpret')).toBe(2);
  });

  it('ends a running step by the word of a cancel, long before the next heartbeat', async () => {
    harness = await Harness.start({ leaseSeconds: 3600 }, redis);
    harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await harness.service.cancel(jobId, context());
    await harness.untilState(jobId, CANCELLED);
    expect(harness.jobs.row(jobId).revisions).toEqual([]);
  });

  it('learns of a cancel by its heartbeat where the word is lost', async () => {
    harness = await Harness.start({}, redis);
    harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await harness.jobs.cancel(jobId, { owner: 'ada' });
    await harness.untilState(jobId, CANCELLED);
  });

  it('writes nothing more once its fencing number is stale', async () => {
    harness = await Harness.start({ leaseSeconds: 30 }, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    harness.jobs.takeAway(jobId);
    const { lastEventSeq } = harness.jobs.row(jobId).job;
    letGo();
    // Its one loop takes another job only once it has left this one.
    const other = await harness.createSong();
    await harness.untilState(other, SUCCEEDED);
    expect(harness.jobs.row(jobId).job).toMatchObject({ lastEventSeq, state: RUNNING });
    expect(harness.jobs.row(jobId).revisions).toEqual([]);
  });

  it('keeps its lease while a step is longer than it', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await sleep(2500);
    letGo();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.jobs.row(jobId).job.fencingNumber).toBe(1);
    expect(harness.jobs.heartbeats).toBeGreaterThanOrEqual(6);
  });

  it('goes on from its checkpoint when another worker takes over', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    // As if that worker had died: its claim is void, and it never hears of it before its next write.
    harness.jobs.row(jobId).job.fencingNumber++;
    harness.jobs.row(jobId).leaseUntil = 0;
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 2);
    letGo();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(1);
    expect(harness.jobs.row(jobId).revisions).toHaveLength(1);
  });

  it('begins anew where Redis was emptied and its worker gone', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await harness.flush();
    harness.jobs.row(jobId).job.fencingNumber++;
    harness.jobs.row(jobId).leaseUntil = 0;
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 2);
    letGo();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(2);
    expect(harness.jobs.row(jobId).revisions).toHaveLength(1);
  });

  it('goes on from a checkpoint that was written after Redis was emptied', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await harness.flush();
    const publish = harness.library.script.hold('putObject');
    letGo();
    await until(() => harness.library.script.count('putObject') === 1);
    harness.jobs.row(jobId).job.fencingNumber++;
    harness.jobs.row(jobId).leaseUntil = 0;
    harness.startWorkers();
    await until(() => harness.library.script.count('putObject') === 2);
    publish();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(1);
    expect(harness.jobs.row(jobId).revisions).toHaveLength(1);
  });

  it('begins anew where what its checkpoint names is gone', async () => {
    harness = await Harness.start({ leaseSeconds: 30 }, redis);
    harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    const first = harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await first.stop();
    harness.renderer.script.hold('nothing');
    harness.renderer.script.fail('renderAssets', new DomainError('NOT_FOUND', 'there is no object scores/one.json'));
    harness.startWorkers();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(2);
  });

  it('does not mind an emptied Redis in the middle of its run', async () => {
    harness = await Harness.start({}, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await harness.flush();
    letGo();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(1);
    expect(harness.jobs.row(jobId).revisions).toHaveLength(1);
  });

  it('gives its job back at a stop, for another worker to go on with', async () => {
    harness = await Harness.start({ leaseSeconds: 30 }, redis);
    const letGo = harness.renderer.script.hold('renderAssets');
    const jobId = await harness.createSong();
    const first = harness.startWorkers();
    await until(() => harness.renderer.script.count('renderAssets') === 1);
    await first.stop();
    expect(harness.jobs.row(jobId).job).toMatchObject({ state: QUEUED, attempts: 0 });
    letGo();
    harness.startWorkers();
    await harness.untilState(jobId, SUCCEEDED);
    expect(harness.composer.script.count('compose')).toBe(1);
  });
});
