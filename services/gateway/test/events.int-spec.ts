import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import WebSocket from 'ws';
import { JobState } from '@beatbot/contracts/music/v1/job';
import type { RunningService } from '@beatbot/service-kit';
import { GatewayHarness, startGateway } from './fakes/gateway-harness';

interface Message {
  type: string;
  job?: string;
  seq?: number;
  state?: string;
  reason?: string;
  errors?: { field: string }[];
}

describe('progress', () => {
  let gateway: GatewayHarness;
  let other: RunningService;
  let count = 0;
  const api = () => request(gateway.url);

  beforeAll(async () => {
    gateway = await GatewayHarness.start({ HEARTBEAT_SECONDS: '0.3' });
    other = await startGateway(gateway.backends, gateway.redis);
  });
  afterAll(async () => {
    await other.stop();
    await gateway.stop();
  });

  async function newJob(): Promise<string> {
    const { body } = await api()
      .post('/v1/songs')
      .send({ prompt: `song ${++count}` });
    return body.job.id as string;
  }

  const progress = (job: string, percent: number) =>
    gateway.backends.world.append(job, { stage: 'compose', percent, agent: 'melody', detail: 'verse-1' });

  /** Reads Server-Sent Events until `enough` or their end. */
  async function events(
    url: string,
    job: string,
    headers: Record<string, string> = {},
    enough: (seqs: number[]) => boolean = () => false,
  ): Promise<{ seqs: number[]; text: string; ended: boolean; status: number }> {
    const response = await fetch(`${url}/v1/jobs/${job}/events`, {
      headers: { accept: 'text/event-stream', ...headers },
    });
    let text = '';
    const seqs = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq));
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (enough(seqs())) {
        return { seqs: seqs(), text, ended: false, status: response.status };
      }
    }
    return { seqs: seqs(), text, ended: true, status: response.status };
  }

  describe('by Server-Sent Events', () => {
    it('tells every event and ends after the last', async () => {
      const job = await newJob();
      const reading = events(gateway.url, job);
      progress(job, 10);
      await sleep(50);
      progress(job, 20);
      gateway.backends.world.publish(job);
      const { seqs, text, ended } = await reading;
      expect([seqs, ended]).toEqual([[1, 2, 3, 4], true]);
      expect(text).toMatch(/^retry: 1000\n\nid: 1\ndata: \{.*\}\n\n/);
      const second = JSON.parse(/^id: 2\ndata: (.*)$/m.exec(text)?.[1] ?? '') as object;
      expect(second).toEqual({
        type: 'progress',
        job,
        seq: 2,
        state: 'queued',
        stage: 'compose',
        percent: 10,
        agent: 'melody',
        detail: 'verse-1',
        time: expect.stringMatching(/Z$/),
      });
    });

    it('resumes after a drop, on another gateway, without gap or repeat', async () => {
      const job = await newJob();
      progress(job, 10);
      const first = await events(gateway.url, job, {}, (seqs) => seqs.length === 2);
      progress(job, 20);
      const rest = events(`http://127.0.0.1:${other.httpPort}`, job, { 'last-event-id': String(first.seqs.at(-1)) });
      gateway.backends.world.publish(job);
      expect([...first.seqs, ...(await rest).seqs]).toEqual([1, 2, 3, 4]);
    });

    it('takes ?after= where there is no header', async () => {
      const job = await newJob();
      gateway.backends.world.publish(job);
      const answer = await api().get(`/v1/jobs/${job}/events?after=1`).buffer(true);
      expect(answer.text).not.toContain('id: 1\n');
      expect(answer.text).toContain('id: 2\n');
      expect((await api().get(`/v1/jobs/${job}/events?after=0`).set('Last-Event-ID', '2')).status).toBe(204);
    });

    it('tells a client that has seen all not to come again', async () => {
      const job = await newJob();
      gateway.backends.world.publish(job);
      expect((await events(gateway.url, job, { 'last-event-id': '2' })).status).toBe(204);
    });

    it('gives signs of life', async () => {
      const job = await newJob();
      const reading = events(gateway.url, job);
      await sleep(800);
      gateway.backends.world.publish(job);
      expect((await reading).text.match(/^: alive$/gm)?.length).toBeGreaterThanOrEqual(2);
    });

    it('bridges an orchestrator that is killed and comes back', async () => {
      const job = await newJob();
      const reading = events(gateway.url, job);
      await sleep(100);
      gateway.backends.stop();
      progress(job, 30);
      await sleep(300);
      await gateway.backends.start();
      await sleep(100);
      gateway.backends.world.publish(job);
      expect(await reading).toMatchObject({ seqs: [1, 2, 3], ended: true });
    });

    it('leaves the orchestrator when the client goes', async () => {
      const job = await newJob();
      gateway.backends.left.length = 0;
      await events(gateway.url, job, {}, (seqs) => seqs.length === 1);
      await gateway.backends.untilLeft('watchJob');
    });
  });

  describe('by WebSocket', () => {
    const sockets: WebSocket[] = [];
    afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));

    async function connect(
      port = gateway.service.httpPort,
      options: WebSocket.ClientOptions = {},
    ): Promise<{
      socket: WebSocket;
      messages: Message[];
      say: (message: unknown) => void;
      until: (done: (message: Message) => boolean) => Promise<Message>;
    }> {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/events`, options);
      sockets.push(socket);
      const messages: Message[] = [];
      socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Message));
      await once(socket, 'open');
      return {
        socket,
        messages,
        say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
        until: async (done) => {
          for (let tries = 0; tries < 250; tries++) {
            const found = messages.find(done);
            if (found) return found;
            await sleep(20);
          }
          throw new Error(`not told: ${JSON.stringify(messages)}`);
        },
      };
    }
    const seqs = (messages: Message[], job: string) =>
      messages.filter((message) => message.job === job && message.seq !== undefined).map(({ seq }) => seq);

    it('follows several jobs to their ends', async () => {
      const [one, two] = [await newJob(), await newJob()];
      const { messages, say, until } = await connect();
      say({ subscribe: one });
      say({ subscribe: two, after: 0 });
      await until(({ type, job }) => type === 'subscribed' && job === two);
      progress(one, 10);
      gateway.backends.world.publish(one);
      gateway.backends.world.append(two, { state: JobState.JOB_STATE_FAILED, error: { reason: 'X', message: 'x' } });
      await until(({ type, job }) => type === 'ended' && job === one);
      await until(({ type, job }) => type === 'ended' && job === two);
      expect([seqs(messages, one), seqs(messages, two)]).toEqual([
        [1, 2, 3],
        [1, 2],
      ]);
      expect(messages.find(({ job, seq }) => job === one && seq === 2)).toMatchObject({
        type: 'progress',
        percent: 10,
        stage: 'compose',
        agent: 'melody',
        detail: 'verse-1',
        state: 'queued',
      });
    });

    it('resumes by seq after a drop, on another gateway', async () => {
      const job = await newJob();
      const first = await connect();
      first.say({ subscribe: job });
      await first.until(({ seq }) => seq === 1);
      first.socket.terminate();
      progress(job, 10);
      const second = await connect(other.httpPort);
      second.say({ subscribe: job, after: 1 });
      gateway.backends.world.publish(job);
      await second.until(({ type }) => type === 'ended');
      expect(seqs(second.messages, job)).toEqual([2, 3]);
    });

    it('stops telling when asked to', async () => {
      const job = await newJob();
      const { messages, say, until } = await connect();
      say({ subscribe: job });
      await until(({ seq }) => seq === 1);
      say({ unsubscribe: job });
      await until(({ type }) => type === 'unsubscribed');
      progress(job, 10);
      await sleep(100);
      expect(seqs(messages, job)).toEqual([1]);
    });

    it.each<[string, unknown, string]>([
      ['no JSON', 'hello', 'MALFORMED_REQUEST'],
      ['nothing it knows', '{}', 'INVALID_ARGUMENT'],
      ['a job that cannot be', { subscribe: '../x' }, 'INVALID_ARGUMENT'],
      ['a negative number', { subscribe: 'job', after: -1 }, 'INVALID_ARGUMENT'],
      ['a further field', { subscribe: 'job', from: 1 }, 'INVALID_ARGUMENT'],
      ['null', 'null', 'INVALID_ARGUMENT'],
      ['a job that is not there', { subscribe: 'nobody' }, 'NOT_FOUND'],
    ])('answers %s with a typed error, and goes on', async (_name, message, reason) => {
      const { say, until } = await connect();
      say(message);
      expect(await until(({ type }) => type === 'error')).toMatchObject({
        reason,
        detail: expect.stringMatching(/\S/),
        errors: expect.any(Array),
      });
      const job = await newJob();
      say({ subscribe: job });
      await until(({ seq }) => seq === 1);
    });

    it('closes on a message that is too large, and refuses pages of other sites', async () => {
      const { socket, say } = await connect();
      say('x'.repeat(5000));
      const [code] = (await once(socket, 'close')) as [number];
      expect(code).toBe(1009);
      await expect(
        connect(gateway.service.httpPort, { headers: { origin: 'https://elsewhere.example' } }),
      ).rejects.toThrow('403');
      await connect(gateway.service.httpPort, { headers: { origin: gateway.url } });
    });

    it('lets go of a client that does not answer pings', async () => {
      const { socket } = await connect(undefined, { autoPong: false } as WebSocket.ClientOptions);
      const closed = once(socket, 'close');
      await Promise.race([closed, sleep(3000).then(() => Promise.reject(new Error('still open')))]);
    });

    it('says goodbye when the gateway stops', async () => {
      const third = await startGateway(gateway.backends, gateway.redis);
      const { socket } = await connect(third.httpPort);
      const closed = once(socket, 'close');
      await third.stop();
      expect(((await closed) as [number])[0]).toBe(1001);
    });
  });

  it('steps of a job', async () => {
    const job = await newJob();
    expect((await api().post(`/v1/jobs/${job}:cancel`)).body).toMatchObject({ id: job, state: 'cancelled' });
    expect((await api().post(`/v1/jobs/${job}:cancel`)).status).toBe(200);
    expect((await api().post(`/v1/jobs/${job}:retry`)).body.state).toBe('queued');
    expect((await api().post(`/v1/jobs/${job}:approve`)).body.planApproved).toBe(true);
    expect(
      (
        await api()
          .get('/v1/jobs')
          .query({ state: ['queued', 'running'] })
      ).body.jobs.map(({ id }: { id: string }) => id),
    ).toContain(job);
    expect(
      (await api().get('/v1/jobs?state=failed&pageSize=1')).body.jobs.map(({ id }: { id: string }) => id),
    ).not.toContain(job);
  });
});
