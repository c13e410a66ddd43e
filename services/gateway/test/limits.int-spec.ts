import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import request from 'supertest';
import WebSocket from 'ws';
import { startRedis, temporaryFolder } from '@beatbot/local-stack';
import { DomainError, invalidArgument, type Reason } from '@beatbot/service-kit';
import { FakeBackends } from './fakes/fake-backends';
import { GatewayHarness, startGateway } from './fakes/gateway-harness';

describe('limits', () => {
  it('counts reads and writes apart, over all gateways, and says when to come again', async () => {
    const limits = { RATE_LIMIT_READS_PER_MINUTE: '5', RATE_LIMIT_WRITES_PER_MINUTE: '2' };
    const gateway = await GatewayHarness.start(limits);
    const other = await startGateway(gateway.backends, gateway.redis, limits);
    const urls = [gateway.url, `http://127.0.0.1:${other.httpPort}`];
    try {
      const statuses: number[] = [];
      for (let index = 0; index < 7; index++) {
        const answer = await request(urls[index % 2]!).get('/v1/styles');
        statuses.push(answer.status);
        if (answer.status === 200) {
          expect(answer.headers).toMatchObject({
            'ratelimit-limit': '5',
            'ratelimit-remaining': String(4 - index),
            'ratelimit-reset': expect.stringMatching(/^\d+$/),
          });
          continue;
        }
        expect(answer.body).toMatchObject({ status: 429, reason: 'RATE_LIMITED' });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(answer.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '0' });
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
      const post = () => request(gateway.url).post('/v1/songs').send({ prompt: 'x' });
      expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([202, 202, 429]);
      expect((await request(gateway.url).get('/healthz')).status).toBe(200);
    } finally {
      await other.stop();
      await gateway.stop();
    }
  });

  it('serves so many requests at a time, refuses more with a time to retry, and goes on with event streams', async () => {
    const gateway = await GatewayHarness.start({ MAX_REQUESTS: '2' });
    const { port } = new URL(gateway.url);
    const slow = Array.from({ length: 2 }, () => connect(Number(port), '127.0.0.1'));
    try {
      const head =
        'POST /v1/songs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{';
      for (const socket of slow) socket.write(head);
      const read = () => request(gateway.url).get('/v1/styles');
      let answer = await read();
      while (answer.status === 200) answer = await read();
      expect([answer.status, answer.body.reason, answer.headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '1']);
      expect((await request(gateway.url).get('/v1/jobs/none/events')).status).not.toBe(503);
      expect((await request(gateway.url).get('/healthz')).status).toBe(200);
      for (const socket of slow) socket.destroy();
      while (answer.status !== 200) answer = await read();
    } finally {
      for (const socket of slow) socket.destroy();
      await gateway.stop();
    }
  });

  it('counts by itself while Redis is away, and together again when it is back', async () => {
    const backends = new FakeBackends();
    await backends.start();
    const dataDir = temporaryFolder('gateway');
    const redis = await startRedis({ dataDir });
    const service = await startGateway(backends, redis, { RATE_LIMIT_READS_PER_MINUTE: '3' });
    const url = `http://127.0.0.1:${service.httpPort}`;
    const read = async () => (await request(url).get('/v1/styles')).status;
    let again: typeof redis | undefined;
    try {
      await connections(redis.url, 1);
      expect(await read()).toBe(200);
      await redis.stop();
      expect([await read(), await read(), await read(), await read()]).toEqual([200, 200, 200, 429]);
      again = await startRedis({ dataDir, port: redis.port });
      let statuses: number[] = [];
      for (let tries = 0; tries < 100 && statuses.at(-1) !== 200; tries++) {
        statuses = [...statuses, await read()];
        await sleep(50);
      }
      expect(statuses.at(-1)).toBe(200);
    } finally {
      await service.stop();
      backends.stop();
      await redis.stop();
      await again?.stop();
    }
  });

  it('serves no foreign Host on loopback, against DNS rebinding', async () => {
    const gateway = await GatewayHarness.start({ ALLOWED_HOSTS: 'Beat.example, music.example' });
    const plain = await startGateway(gateway.backends, gateway.redis);
    const open = await startGateway(gateway.backends, gateway.redis, { HOST: '0.0.0.0' });
    const to = async ({ httpPort }: { httpPort: number }, host: string) =>
      (await request(`http://127.0.0.1:${httpPort}`).get('/v1/styles').set('Host', host)).status;
    try {
      for (const host of ['localhost', 'LOCALHOST:8080', 'beatbot.localhost', '127.0.0.1:1', '[::1]:80', '10.1.2.3'])
        expect([host, await to(plain, host)]).toEqual([host, 200]);
      for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', 'beat.example'])
        expect([host, await to(plain, host)]).toEqual([host, 403]);
      expect(await to(gateway.service, 'beat.example:443')).toBe(200);
      expect(await to(gateway.service, 'evil.example')).toBe(403);
      expect(await to(open, 'evil.example')).toBe(200);
      const { body, headers } = await request(gateway.url).get('/v1/songs').set('Host', 'evil.example');
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({
        reason: 'PERMISSION_DENIED',
        errors: [
          { field: 'Host', value: 'evil.example', allowed: 'localhost, an address, beat.example, music.example' },
        ],
      });
      const socket = new WebSocket(`ws://127.0.0.1:${plain.httpPort}/v1/events`, {
        headers: { host: 'evil.example', origin: 'http://evil.example' },
      });
      await expect(once(socket, 'open')).rejects.toThrow('403');
    } finally {
      await Promise.all([plain.stop(), open.stop()]);
      await gateway.stop();
    }
  });
});

describe('services that are away', () => {
  let gateway: GatewayHarness;
  const api = () => request(gateway.url);
  beforeAll(async () => {
    gateway = await GatewayHarness.start({ READINESS_INTERVAL_MS: '100' });
  });
  afterAll(() => gateway.stop());

  it.each<[Reason, number, string | undefined]>([
    ['INVALID_ARGUMENT', 400, undefined],
    ['NOT_FOUND', 404, undefined],
    ['FAILED_PRECONDITION', 409, undefined],
    ['ABORTED', 409, undefined],
    ['RESOURCE_EXHAUSTED', 429, '2'],
    ['QUEUE_FULL', 503, '2'],
    ['UNAVAILABLE', 503, '2'],
    ['DEADLINE_EXCEEDED', 504, undefined],
    ['UNIMPLEMENTED', 501, undefined],
    ['INTERNAL', 500, undefined],
  ])('%s of a service is answered with %i', async (reason, status, retryAfter) => {
    gateway.backends.failures.set(
      'createSong',
      new DomainError(reason, 'so it is', { fields: [{ field: 'song.prompt', value: 'x', allowed: 'y' }] }),
    );
    const answer = await api().post('/v1/songs').send({ prompt: 'x' });
    gateway.backends.failures.clear();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      reason,
      detail: 'so it is',
      errors: [{ field: 'song.prompt', value: 'x', allowed: 'y' }],
    });
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });

  it('calls fields of the contracts as REST does', async () => {
    gateway.backends.failures.set('listSongs', invalidArgument('page_token', 'abc', 'another'));
    const { body } = await api().get('/v1/songs');
    gateway.backends.failures.clear();
    expect(body).toMatchObject({
      detail: 'pageToken "abc" is not allowed: another',
      errors: [{ field: 'pageToken', value: 'abc', allowed: 'another' }],
    });
  });

  it('answers 503 and is not ready while they are gone, and both again when they are back', async () => {
    gateway.backends.stop();
    const answer = await api().post('/v1/songs').send({ prompt: 'x' });
    expect([answer.status, answer.body.reason]).toEqual([503, 'UNAVAILABLE']);
    expect(answer.headers['retry-after']).toMatch(/^[1-9]$/);
    await until(async () => (await api().get('/readyz')).status === 503);
    const { checks } = (await api().get('/readyz')).body as { checks: Record<string, string> };
    expect(checks).toEqual({ orchestrator: 'the orchestrator is away', storage: 'the storage is away' });
    expect((await api().get('/healthz')).status).toBe(200);
    await gateway.backends.start();
    await until(async () => (await api().get('/readyz')).status === 200);
    expect((await api().post('/v1/songs').send({ prompt: 'x' })).status).toBe(202);
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
}

/** Waits until so many clients are connected beside the one that asks. */
async function connections(url: string, count: number): Promise<void> {
  const client = new Redis(url);
  try {
    while (((await client.call('CLIENT', 'LIST')) as string).trim().split('\n').length <= count) await sleep(20);
  } finally {
    client.disconnect();
  }
}
