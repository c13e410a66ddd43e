import { setTimeout as sleep } from 'node:timers/promises';
import Redis from 'ioredis';
import { SERVICES } from '@beatbot/local-stack';
import { Api, type Job } from './api';
import { RunningSystem } from './running-system';

/** Long enough to be hit in its middle. */
const REQUEST = { prompt: 'rock song, 120 bpm, E minor, 32 bars', seed: 11, formats: ['wav'] };

describe('whatever dies in the middle of a job, it ends exactly once', () => {
  let system: RunningSystem;
  let api: Api;
  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(() => system.url);
  });
  afterAll(() => system.stop());

  let seed = 100;
  /** A song that no cache knows, so that every fault meets real work. */
  const fresh = () => api.createSong({ ...REQUEST, seed: seed++ });

  /** Waits until a renderer is at work on it: the longest stage, with composing behind it. */
  const atWork = (job: Job) => api.waitFor(job.id, ({ stage, percent }) => stage === 'render' && percent >= 26);

  async function endsExactlyOnce(job: Job): Promise<void> {
    const ended = await api.finished(job.id);
    expect(ended).toMatchObject({ state: 'succeeded', revision: 1, error: null });
    const { revisions } = await api.get<{ revisions: { number: number }[] }>(`/v1/songs/${job.songId}/revisions`);
    expect(revisions.map(({ number }) => number)).toEqual([1]);
    const events = await api.events(job.id, 0);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ state }) => state === 'succeeded')).toHaveLength(1);
    const wav = await api.bytes(`/v1/songs/${job.songId}/revisions/1/audio?format=wav`);
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect(wav.length).toBe(wav.readUInt32LE(4) + 8);
  }

  it.each(SERVICES)('SIGKILL of %s', async (name) => {
    const job = await fresh();
    await atWork(job);
    system.stack.services[name].kill('SIGKILL');
    await endsExactlyOnce(job);
  });

  it('SIGKILL of all five at once', async () => {
    const job = await fresh();
    await atWork(job);
    for (const name of SERVICES) system.stack.services[name].kill('SIGKILL');
    await endsExactlyOnce(job);
  });

  it('Redis emptied', async () => {
    const job = await fresh();
    await atWork(job);
    const redis = new Redis(system.stack.addresses.redisUrl);
    await redis.flushall();
    redis.disconnect();
    await endsExactlyOnce(job);
  });

  it('Redis killed', async () => {
    const job = await fresh();
    await atWork(job);
    await system.stack.redis!.outage(200);
    await endsExactlyOnce(job);
  });

  it('PostgreSQL stopped at once', async () => {
    const job = await fresh();
    await atWork(job);
    await system.stack.postgres!.outage(200);
    await endsExactlyOnce(job);
  });

  it('everything stopped and started again', async () => {
    const jobs = [await fresh(), await fresh(), await fresh()];
    await atWork(jobs[0]!);
    await system.restart();
    for (const job of jobs) await endsExactlyOnce(job);
  });
});

describe('a part that is away for ten seconds', () => {
  let system: RunningSystem;
  let api: Api;
  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(() => system.url);
  });
  afterAll(() => system.stop());

  it.each(['composer', 'renderer', 'storage', 'orchestrator'] as const)(
    '%s: the job waits and then succeeds',
    async (name) => {
      const job = await api.createSong({ ...REQUEST, seed: 500 + SERVICES.indexOf(name) });
      system.stack.services[name].kill('SIGSTOP');
      await sleep(10_000);
      system.stack.services[name].kill('SIGCONT');
      expect(await api.finished(job.id)).toMatchObject({ state: 'succeeded', revision: 1 });
    },
  );

  it.each(['redis', 'postgres'] as const)('%s: the job waits and then succeeds', async (name) => {
    const job = await api.createSong({ ...REQUEST, seed: name === 'redis' ? 600 : 601 });
    await system.stack[name]!.outage(10_000);
    expect(await api.finished(job.id)).toMatchObject({ state: 'succeeded', revision: 1 });
  });
});
