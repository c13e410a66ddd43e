import { JobEvent, JobState } from '@beatbot/contracts/music/v1/job';
import { songRequest, until } from './harness';
import { System } from './support/system';

jest.setTimeout(60_000);

describe('the orchestrator, with the storage service', () => {
  let system: System;
  let owner: string;
  let requests = 0;
  const created: string[] = [];

  beforeAll(async () => {
    system = await System.start();
  }, 120_000);
  beforeEach(() => {
    owner = `owner-${++requests}`;
    system.makers.holdRender = false;
    system.makers.calls.length = 0;
  });
  // No test leaves work behind that would take the next one's turn.
  afterEach(async () => {
    system.makers.holdRender = false;
    for (const jobId of created.splice(0)) await watch(jobId);
  });
  afterAll(() => system?.stop());

  async function create(requestId = `request-${++requests}`, prompt = 'dusty lo-fi beat') {
    const song = songRequest({ prompt, formats: ['mp3'] });
    const { job } = await system.orchestrator.createSong({ requestId, song, webhook: undefined }, { owner });
    if (!job) throw new Error('no job');
    created.push(job.id);
    return job;
  }

  async function watch(jobId: string, afterSeq = 0): Promise<JobEvent[]> {
    const events: JobEvent[] = [];
    for await (const event of system.orchestrator.watchJob({ jobId, afterSeq }, { owner })) events.push(event);
    return events;
  }

  const get = async (jobId: string) => (await system.orchestrator.getJob({ jobId }, { owner })).job;
  const succeeded = (jobId: string) =>
    until(async () => {
      const job = await get(jobId).catch(() => undefined);
      return job?.state === JobState.JOB_STATE_SUCCEEDED;
    }, 30_000);

  it('makes a song', async () => {
    const job = await create();
    const events = await watch(job.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ state: JobState.JOB_STATE_SUCCEEDED, percent: 100, stage: 'done' });
    expect(events.map(({ agent }) => agent)).toEqual(expect.arrayContaining(['interpreter', 'harmony', 'critic']));

    const revision = await system.library.getRevision(job.songId, 1, { owner });
    expect(revision).toMatchObject({ number: 1, jobId: job.id, baseRevision: 0 });
    expect(revision.assets.map(({ name }) => name)).toEqual([
      'score.json',
      'song.mid',
      'song.musicxml',
      'mix.mp3',
      'receipt.json',
    ]);
    expect(await get(job.id)).toMatchObject({ revision: 1, attempts: 1 });
  });

  it('answers the same request with the same job, and refuses another under its id', async () => {
    const job = await create('same');
    expect((await create('same')).id).toBe(job.id);
    await expect(create('same', 'another beat')).rejects.toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('refuses at once what no retry could make a song of', async () => {
    await expect(create(undefined, 'house at 5000 bpm')).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'prompt', allowed: 'a tempo of 20 to 400' }],
    });
    await expect(create(undefined, ' ')).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
    expect(
      (await system.orchestrator.listJobs({ pageSize: 0, pageToken: '', songId: '', states: [] }, { owner })).jobs,
    ).toEqual([]);
  });

  it('refuses more jobs than an owner may have', async () => {
    system.makers.holdRender = true;
    const jobs = [await create(), await create(), await create()];
    await expect(create()).rejects.toMatchObject({ reason: 'QUEUE_FULL' });
    for (const { id: jobId } of jobs) await system.orchestrator.cancelJob({ jobId }, { owner });
    for (const { id: jobId } of jobs) await watch(jobId);
    await expect(create()).resolves.toBeDefined();
  });

  it('tells a running render of a cancel', async () => {
    system.makers.holdRender = true;
    const { id: jobId } = await create();
    const watching = watch(jobId);
    await until(() => system.makers.count('render') === 1);
    await system.orchestrator.cancelJob({ jobId }, { owner });
    const events = await watching;
    expect(events.at(-1)?.state).toBe(JobState.JOB_STATE_CANCELLED);
    await until(() => system.makers.count('render cancelled') === 1);
    await expect(system.orchestrator.approvePlan({ jobId, plan: undefined }, { owner })).rejects.toMatchObject({
      reason: 'JOB_ENDED',
    });

    system.makers.holdRender = false;
    await system.orchestrator.retryJob({ jobId }, { owner });
    await succeeded(jobId);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('finishes a job once after its own %s in the middle', async (signal) => {
    system.makers.holdRender = true;
    const { id: jobId, songId } = await create();
    await until(() => system.makers.count('render') === 1);
    await system.end('orchestrator', signal);
    system.makers.holdRender = false;
    system.launch('orchestrator');
    await succeeded(jobId);
    expect(await get(jobId)).toMatchObject({ revision: 1, attempts: signal === 'SIGTERM' ? 1 : 2 });
    expect(system.makers.count('compose')).toBe(1);
    await expect(system.library.getRevision(songId, 2, { owner })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('finishes a job after the SIGKILL of the storage service in the middle, and its watcher misses nothing', async () => {
    system.makers.holdRender = true;
    const { id: jobId } = await create();
    const watching = watch(jobId);
    await until(() => system.makers.count('render') === 1);
    await system.end('storage', 'SIGKILL');
    system.makers.holdRender = false;
    system.launch('storage');
    const events = await watching;
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.state).toBe(JobState.JOB_STATE_SUCCEEDED);
  });

  it('accepts a job while the composer is away, and finishes it afterwards', async () => {
    await system.makers.stop();
    const { id: jobId } = await create();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await system.startMakers();
    const events = await watch(jobId);
    expect(events.at(-1)?.state).toBe(JobState.JOB_STATE_SUCCEEDED);
    expect(events.map(({ detail }) => detail)).toContain('reads the prompt; tries again: the composer is away');
    expect((await get(jobId))?.attempts).toBe(1);
  });

  it('refuses a sentence of which it understands nothing', async () => {
    const revision = {
      songId: 'x',
      baseRevision: 0,
      edits: [],
      instruction: 'paint it purple',
      formats: [],
      stemFormat: '',
    };
    await expect(
      system.orchestrator.createRevision({ requestId: 'sentence', revision }, { owner }),
    ).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT', fields: [{ field: 'instruction' }] });
  });
});
