import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import WebSocket from 'ws';
import { readConfig } from '../src/config';
import { GatewayHarness, startGateway } from './fakes/gateway-harness';

const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789abcdef';

describe('API keys', () => {
  let gateway: GatewayHarness;
  const api = () => request(gateway.url);
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

  beforeAll(async () => {
    gateway = await GatewayHarness.start({
      AUTH: 'keys',
      OPERATOR_KEY,
      // The tests guess more often than a person errs.
      AUTH_FAILURES_PER_MINUTE: '100000',
      AUTH_CACHE_SECONDS: '0.2',
      AUTH_RECHECK_SECONDS: '0.1',
    });
  });
  afterAll(() => gateway.stop());

  /** A key of an owner, made by the operator. */
  async function keyOf(owner: string, scope: string, more: object = {}): Promise<{ id: string; secret: string }> {
    const answer = await api()
      .post('/v1/keys')
      .set({ ...bearer(OPERATOR_KEY), 'X-Beatbot-Owner': owner })
      .send({ name: `${scope} of ${owner}`, scope, ...more });
    expect(answer.status).toBe(201);
    return { id: answer.body.key.id as string, secret: answer.body.secret as string };
  }

  async function newJob(secret: string): Promise<string> {
    const { body } = await api()
      .post('/v1/songs')
      .set(bearer(secret))
      .send({ prompt: `song ${Math.floor(performance.now() * 1000)}` });
    return body.job.id as string;
  }

  it('lets nobody in without one, wherever they ask', async () => {
    for (const path of ['/v1/songs', '/V1/SONGS', '/v1/nothing', '/nothing', '/v1/songs/../keys', '//v1/songs']) {
      const answer = await api().get(path);
      expect([path, answer.status, answer.body.reason]).toEqual([path, 401, 'UNAUTHENTICATED']);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="beatbot"');
    }
    expect((await api().get('/healthz')).status).toBe(200);
    expect((await api().get('/openapi.json')).status).toBe(200);
  });

  it('reads credentials from the one header, and from no URL', async () => {
    const { secret } = await keyOf('ann', 'read');
    expect((await api().get('/v1/songs').set(bearer(secret))).status).toBe(200);
    expect((await api().get('/v1/songs').set('Authorization', `bearer   ${secret}`)).status).toBe(200);
    for (const headers of [
      { Authorization: secret },
      { Authorization: `Basic ${secret}` },
      { Authorization: `Bearer ${secret} ${secret}` },
      { Authorization: 'Bearer' },
      { Authorization: `Bearer ${'x'.repeat(8193)}` },
      { Authorization: `Bearer ${secret.slice(0, -1)}` },
      { Authorization: `Bearer ${secret}x` },
      { 'X-API-Key': secret },
      { Cookie: `token=${secret}` },
      { 'Sec-WebSocket-Protocol': `beatbot.bearer.${secret}` },
    ])
      expect([headers, (await api().get('/v1/songs').set(headers)).status]).toEqual([headers, 401]);
    for (const query of [`access_token=${secret}`, `key=${secret}`, `token=${secret}`])
      expect((await api().get(`/v1/songs?${query}`)).status).toBe(401);
  });

  it('says the same of a key that never was and of one that was', async () => {
    const { id, secret } = await keyOf('ann', 'admin');
    expect((await api().delete(`/v1/keys/${id}`).set(bearer(secret))).status).toBe(204);
    const { secret: expiring } = await keyOf('ann', 'read', { expireTime: new Date(Date.now() + 1500).toISOString() });
    await sleep(1600);
    const answers = await Promise.all(
      [secret, expiring, `bbk_${'A'.repeat(43)}`, 'nothing-like-a-key'].map((key) =>
        api().get('/v1/songs').set(bearer(key)),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.reason} ${body.detail}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });

  it('lets each scope do what it names and what comes before it', async () => {
    const [read, write, admin] = await Promise.all(
      ['read', 'write', 'admin'].map(async (scope) => (await keyOf('bob', scope)).secret),
    );
    const statuses = async (secret = '') => [
      (await api().get('/v1/songs').set(bearer(secret))).status,
      (await api().head('/v1/songs').set(bearer(secret))).status,
      (await api().post('/v1/songs').set(bearer(secret)).send({ prompt: 'x' })).status,
      (await api().get('/v1/keys').set(bearer(secret))).status,
      (await api().put('/v1/quota').set(bearer(secret)).send({ jobsPerDay: 1, storedBytes: null })).status,
    ];
    expect(await statuses(read)).toEqual([200, 200, 403, 403, 403]);
    expect(await statuses(write)).toEqual([200, 200, 202, 403, 403]);
    expect(await statuses(admin)).toEqual([200, 200, 202, 200, 403]);
    expect(await statuses(OPERATOR_KEY)).toEqual([200, 200, 202, 200, 200]);
    const denied = await api().post('/v1/songs').set(bearer(read!)).send({ prompt: 'x' });
    expect(denied.body).toMatchObject({ reason: 'PERMISSION_DENIED', detail: expect.stringContaining('scope write') });
  });

  it('keeps owners apart, and lets the operator alone act for one', async () => {
    const [carl, dora] = [await keyOf('carl', 'admin'), await keyOf('dora', 'admin')];
    const job = await newJob(carl.secret);
    expect((await api().get(`/v1/jobs/${job}`).set(bearer(carl.secret))).status).toBe(200);
    expect((await api().get(`/v1/jobs/${job}`).set(bearer(dora.secret))).status).toBe(404);
    expect((await api().delete(`/v1/keys/${carl.id}`).set(bearer(dora.secret))).status).toBe(404);
    const posing = await api()
      .get(`/v1/jobs/${job}`)
      .set({ ...bearer(dora.secret), 'X-Beatbot-Owner': 'carl' });
    expect([posing.status, posing.body.reason]).toEqual([403, 'PERMISSION_DENIED']);
    const acting = await api()
      .get(`/v1/jobs/${job}`)
      .set({ ...bearer(OPERATOR_KEY), 'X-Beatbot-Owner': 'carl' });
    expect(acting.status).toBe(200);
    const usage = await api().get('/v1/usage').set(bearer(carl.secret));
    expect(usage.body).toMatchObject({ owner: 'carl', quota: { jobsPerDay: null, storedBytes: null } });
    for (const owner of ['', 'a b', 'x'.repeat(201)]) {
      const bad = await api()
        .get('/v1/usage')
        .set({ ...bearer(OPERATOR_KEY), 'X-Beatbot-Owner': owner });
      expect([owner, bad.status]).toEqual([owner, 400]);
    }
  });

  it('tells a secret once, and makes one key under one Idempotency-Key', async () => {
    const { secret } = await keyOf('eve', 'admin');
    const make = () =>
      api()
        .post('/v1/keys')
        .set({ ...bearer(secret), 'Idempotency-Key': 'once' })
        .send({ name: 'again', scope: 'read' });
    const made = await make();
    expect(made.body.secret).toMatch(/^bbk_[\w-]{43}$/);
    expect(made.headers['cache-control']).toBe('no-store');
    const repeated = await make();
    expect([repeated.status, repeated.body.reason]).toEqual([409, 'ALREADY_EXISTS']);
    const listed = await api().get('/v1/keys').set(bearer(secret));
    expect(listed.body.keys).toHaveLength(2);
    expect(JSON.stringify(listed.body)).not.toContain(made.body.secret);
    expect(listed.body.keys[1]).toMatchObject({ name: 'again', scope: 'read', hint: made.body.secret.slice(0, 8) });
    // Nor does storage ever see one.
    expect(JSON.stringify(gateway.backends.calls)).not.toContain(made.body.secret);
  });

  it('rotates: both secrets hold for the grace, then the new one alone', async () => {
    const { secret } = await keyOf('fay', 'admin');
    const other = await keyOf('fay', 'read');
    const use = async (key: string) => (await api().get('/v1/songs').set(bearer(key))).status;
    expect(await use(other.secret)).toBe(200);
    const rotate = (body: object) => api().post(`/v1/keys/${other.id}:rotate`).set(bearer(secret)).send(body);
    const first = await rotate({ graceSeconds: 2 });
    expect(first.status).toBe(200);
    expect([await use(other.secret), await use(first.body.secret)]).toEqual([200, 200]);
    await sleep(2300);
    expect([await use(other.secret), await use(first.body.secret)]).toEqual([401, 200]);
    const second = await rotate({});
    expect([await use(first.body.secret), await use(second.body.secret)]).toEqual([401, 200]);
    expect((await rotate({ graceSeconds: -1 })).status).toBe(400);
    expect((await api().post('/v1/keys/nobody:rotate').set(bearer(secret)).send({})).status).toBe(404);
  });

  it('ends a key at once where it was revoked, and soon at other gateways', async () => {
    const other = await startGateway(gateway.backends, gateway.redis, { AUTH: 'keys', AUTH_CACHE_SECONDS: '0.3' });
    try {
      const { id, secret } = await keyOf('gus', 'admin');
      const use = async (url: string) => (await request(url).get('/v1/songs').set(bearer(secret))).status;
      const elsewhere = `http://127.0.0.1:${other.httpPort}`;
      expect([await use(gateway.url), await use(elsewhere)]).toEqual([200, 200]);
      await api().delete(`/v1/keys/${id}`).set(bearer(secret));
      expect(await use(gateway.url)).toBe(401);
      await sleep(350);
      expect(await use(elsewhere)).toBe(401);
      // Nor does a gateway without OPERATOR_KEY know the operator.
      expect((await request(elsewhere).get('/v1/songs').set(bearer(OPERATOR_KEY))).status).toBe(401);
    } finally {
      await other.stop();
    }
  });

  it('asks storage once for many requests, and says 503 while it is away', async () => {
    const { secret } = await keyOf('hal', 'read');
    const verified = () => gateway.backends.calls.filter(({ method }) => method === 'verifyKey').length;
    const before = verified();
    const believing = await startGateway(gateway.backends, gateway.redis, { AUTH: 'keys', AUTH_CACHE_SECONDS: '60' });
    const url = `http://127.0.0.1:${believing.httpPort}`;
    await Promise.all(Array.from({ length: 20 }, () => request(url).get('/v1/songs').set(bearer(secret))));
    expect(verified() - before).toBe(1);
    await believing.stop();
    gateway.backends.stop();
    const answer = await api().get('/v1/styles').set(bearer(secret));
    await gateway.backends.start();
    expect([answer.status, answer.body.reason]).toEqual([503, 'UNAVAILABLE']);
    for (let tries = 0; tries < 200; tries++) {
      if ((await api().post('/v1/songs').set(bearer(secret)).send({})).status === 403) return;
      await sleep(50);
    }
    throw new Error('storage did not come back');
  });

  it('cuts event streams whose key was revoked', async () => {
    const { id, secret } = await keyOf('ida', 'admin');
    const job = await newJob(secret);
    const response = await fetch(`${gateway.url}/v1/jobs/${job}/events`, {
      headers: { ...bearer(secret), accept: 'text/event-stream' },
    });
    expect(response.status).toBe(200);
    const ended = response.text();
    await sleep(300);
    await api().delete(`/v1/keys/${id}`).set(bearer(secret));
    expect(await ended).toContain('id: 1');
    const again = await fetch(`${gateway.url}/v1/jobs/${job}/events`, { headers: bearer(secret) });
    expect(again.status).toBe(401);
  });

  describe('on the WebSocket', () => {
    const open = (options: WebSocket.ClientOptions, protocols: string[] = []) => {
      const url = gateway.url.replace('http', 'ws');
      return new WebSocket(`${url}/v1/events`, protocols, options);
    };
    const refusal = async (socket: WebSocket) => String(await once(socket, 'open').catch((error: unknown) => error));

    it('are asked for before there is one', async () => {
      const { secret } = await keyOf('jon', 'read');
      for (const [options, protocols, status] of [
        [{}, [], '401'],
        [{ headers: bearer(`bbk_${'A'.repeat(43)}`) }, [], '401'],
        [{}, ['beatbot.v1'], '401'],
        [{}, ['beatbot.v1', 'beatbot.bearer.nonsense'], '401'],
        [{ headers: { ...bearer(secret), origin: 'https://elsewhere.example' } }, [], '403'],
        [{ headers: { ...bearer(secret), origin: 'null' } }, [], '403'],
        [{ headers: { ...bearer(secret), 'x-beatbot-owner': 'kim' } }, [], '403'],
      ] as [WebSocket.ClientOptions, string[], string][])
        expect(await refusal(open(options, protocols))).toContain(status);
      const url = `${gateway.url.replace('http', 'ws')}/v1/events?access_token=${secret}`;
      expect(await refusal(new WebSocket(url))).toContain('401');
    });

    it('are taken from the header, or from the subprotocol, which is not told back', async () => {
      const { secret } = await keyOf('jon', 'read');
      const plain = open({ headers: bearer(secret) });
      await once(plain, 'open');
      const page = open({ headers: { origin: gateway.url } }, ['beatbot.v1', `beatbot.bearer.${secret}`]);
      await once(page, 'open');
      expect(page.protocol).toBe('beatbot.v1');
      plain.terminate();
      page.terminate();
    });

    it("show no other owner's job, and no more once they hold no more", async () => {
      const [lea, max] = [await keyOf('lea', 'admin'), await keyOf('max', 'admin')];
      const job = await newJob(lea.secret);
      const socket = open({ headers: bearer(max.secret) });
      await once(socket, 'open');
      for (const id of [job, 'job-that-never-was']) {
        const answer = once(socket, 'message');
        socket.send(JSON.stringify({ subscribe: id }));
        const message = JSON.parse(String((await answer)[0])) as { reason: string };
        expect(message).toMatchObject({ type: 'error', job: id, reason: 'NOT_FOUND' });
      }
      const closed = once(socket, 'close');
      await api().delete(`/v1/keys/${max.id}`).set(bearer(max.secret));
      expect((await closed)[0]).toBe(1008);
    });
  });

  it.each<[string, object, string]>([
    ['no name', { scope: 'read' }, 'name'],
    ['a name of two lines', { name: 'a\nb', scope: 'read' }, 'name'],
    ['no scope', { name: 'x' }, 'scope'],
    ['the scope of the operator', { name: 'x', scope: 'operator' }, 'scope'],
    ['an end gone by', { name: 'x', scope: 'read', expireTime: '2020-01-01T00:00:00Z' }, 'expireTime'],
    ['an end that is no time', { name: 'x', scope: 'read', expireTime: 'tomorrow' }, 'expireTime'],
    ['an owner', { name: 'x', scope: 'read', owner: 'me' }, 'owner'],
  ])('refuses a key with %s', async (_name, body, field) => {
    const answer = await api().post('/v1/keys').set(bearer(OPERATOR_KEY)).send(body);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('refuses changes from pages of other sites', async () => {
    const { secret } = await keyOf('ned', 'write');
    const make = (origin: string) =>
      api()
        .post('/v1/songs')
        .set({ ...bearer(secret), Origin: origin })
        .send({ prompt: 'x' });
    for (const origin of ['https://elsewhere.example', 'null', 'http://127.0.0.1:1', 'nonsense'])
      expect([origin, (await make(origin)).status]).toEqual([origin, 403]);
    expect((await make(gateway.url)).status).toBe(202);
    const read = await api()
      .get('/v1/songs')
      .set({ ...bearer(secret), Origin: 'https://elsewhere.example' });
    expect([read.status, read.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });
});

describe('without AUTH', () => {
  it('one local owner may do everything, and no key is asked for', async () => {
    const gateway = await GatewayHarness.start();
    try {
      const made = await request(gateway.url).post('/v1/keys').send({ name: 'x', scope: 'admin' });
      expect(made.status).toBe(201);
      expect((await request(gateway.url).get('/v1/usage')).body).toMatchObject({ owner: 'local' });
      expect((await request(gateway.url).get('/v1/usage').set('Authorization', 'Bearer x')).status).toBe(200);
    } finally {
      await gateway.stop();
    }
  });
});

describe('the environment', () => {
  const base = {
    REDIS_URL: 'redis://127.0.0.1:1',
    ORCHESTRATOR_ADDRESS: 'a:1',
    STORAGE_ADDRESS: 'a:1',
    COMPOSER_ADDRESS: 'a:1',
    RENDERER_ADDRESS: 'a:1',
  };
  it.each<[Record<string, string>, RegExp]>([
    [{ AUTH: 'maybe' }, /AUTH is "maybe"/],
    [{ OPERATOR_KEY: 'short' }, /OPERATOR_KEY is set to a bad value: must be 32 to 200/],
    [{ AUTH: 'oidc' }, /OIDC_ISSUER is not set: must be set where AUTH is oidc\n.*OIDC_AUDIENCE is not set/],
    [{ AUTH: 'oidc', OIDC_ISSUER: 'http://issuer.example', OIDC_AUDIENCE: 'x' }, /OIDC_ISSUER .* https/],
    [{ AUTH: 'oidc', OIDC_ISSUER: 'issuer', OIDC_AUDIENCE: 'x' }, /OIDC_ISSUER .* https/],
  ])('%j stops the start', (variables, message) => {
    expect(() => readConfig({ ...base, ...variables })).toThrow(message);
  });
});
