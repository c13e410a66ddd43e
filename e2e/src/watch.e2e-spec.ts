import { once } from 'node:events';
import WebSocket from 'ws';
import { Api, type JobEvent } from './api';
import { RunningSystem } from './running-system';

describe('watching and steering a job', () => {
  let system: RunningSystem;
  let api: Api;
  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(() => system.url);
  });
  afterAll(() => system.stop());

  let seed = 1;
  const request = (more: object = {}) => ({ prompt: 'ambient, 16 bars', seed: seed++, formats: ['wav'], ...more });

  function expectComplete(events: JobEvent[]): void {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)!.state).toBe('succeeded');
    expect(events.at(-1)!.percent).toBe(100);
  }

  it('SSE: a dropped connection resumes without a gap or a repeat, and agents are named', async () => {
    const job = await api.createSong(request());
    const first = await api.events(job.id, 0, ({ seq }) => seq === 3);
    const rest = await api.events(job.id, first.at(-1)!.seq);
    expectComplete([...first, ...rest]);
    const agents = new Set([...first, ...rest].map(({ agent }) => agent));
    for (const agent of ['harmony', 'rhythm', 'bass', 'melody', 'arranger', 'mixer', 'critic'])
      expect(agents).toContain(agent);
  });

  it('WebSocket: a dropped connection resumes without a gap or a repeat', async () => {
    const job = await api.createSong(request());

    async function listen(after: number, enough: (event: JobEvent) => boolean): Promise<JobEvent[]> {
      const socket = new WebSocket(`${system.url.replace('http', 'ws')}/v1/events`);
      await once(socket, 'open');
      socket.send(JSON.stringify({ subscribe: job.id, after }));
      const events: JobEvent[] = [];
      for await (const [data] of on(socket)) {
        const event = JSON.parse(String(data)) as JobEvent;
        if (typeof event.seq !== 'number') continue;
        events.push(event);
        if (enough(event)) break;
      }
      socket.terminate();
      return events;
    }

    const first = await listen(0, ({ seq }) => seq === 4);
    const rest = await listen(4, ({ state }) => state === 'succeeded');
    expectComplete([...first, ...rest]);
  });

  it('cancel ends a running job, once and for all', async () => {
    const job = await api.createSong(request({ prompt: 'orchestral, 64 bars', formats: ['wav', 'flac'] }));
    await api.waitFor(job.id, ({ stage }) => stage === 'render');
    const response = await api.post(`/v1/jobs/${job.id}:cancel`, {});
    expect(response.status).toBe(200);
    const ended = await api.finished(job.id, 10_000);
    expect(ended).toMatchObject({ state: 'cancelled', revision: 0 });
    expect((await api.events(job.id, 0)).at(-1)!.state).toBe('cancelled');
    const again = await api.post(`/v1/jobs/${job.id}:cancel`, {});
    expect(again.status).toBe(200);
    expect((await api.request(`/v1/songs/${job.songId}/revisions/1`)).status).toBe(404);
  });

  it('an equal request under the same key is the same job; another one is refused', async () => {
    const body = request();
    const jobs = await Promise.all(Array.from({ length: 8 }, () => api.createSong(body, 'one-and-the-same-key')));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    const other = await api.post('/v1/songs', { ...body, seed: 9999 }, { 'idempotency-key': 'one-and-the-same-key' });
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' });
    await api.finished(jobs[0]!.id);
  });

  it('approval: plan waits for a yes, and goes on with the plan as changed', async () => {
    const job = await api.createSong(request({ approval: 'plan' }));
    await api.waitFor(job.id, ({ state }) => state === 'awaiting_approval');
    const { plan } = await api.get<{ plan: { title: string } }>(`/v1/jobs/${job.id}`);
    const yes = await api.post(`/v1/jobs/${job.id}:approve`, { plan: { ...plan, title: 'Approved By Me' } });
    expect(yes.status).toBe(200);
    expect(await api.finished(job.id)).toMatchObject({ state: 'succeeded' });
    expect(await api.get(`/v1/songs/${job.songId}/revisions/1/score`)).toMatchObject({ title: 'Approved By Me' });
  });

  it('audio can be heard while it renders, and afterwards by ranges', async () => {
    const job = await api.createSong(request({ prompt: 'house, 32 bars' }));
    await api.waitFor(job.id, ({ stage }) => stage === 'render');
    const live = await api.request(`/v1/songs/${job.songId}/revisions/1/audio?format=mp3`);
    expect(live.status).toBe(200);
    const reader = live.body!.getReader();
    const { value } = await reader.read();
    expect(value!.length).toBeGreaterThan(0);
    await reader.cancel();

    await api.finished(job.id);
    const path = `/v1/songs/${job.songId}/revisions/1/audio?format=wav`;
    const whole = await api.bytes(path);
    const part = await api.request(path, { headers: { range: 'bytes=100-299' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 300))).toBe(true);
    const etag = part.headers.get('etag')!;
    expect((await api.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect(part.headers.get('cache-control')).toContain('immutable');
  });
});

/** Messages of a socket as they come. */
async function* on(socket: WebSocket): AsyncGenerator<[WebSocket.RawData]> {
  const waiting: WebSocket.RawData[] = [];
  let wake: () => void = () => {};
  let closed = false;
  socket.on('message', (data) => {
    waiting.push(data);
    wake();
  });
  socket.on('close', () => {
    closed = true;
    wake();
  });
  while (!closed || waiting.length > 0) {
    const next = waiting.shift();
    if (next !== undefined) yield [next];
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
