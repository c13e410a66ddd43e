import request from 'supertest';
import { GatewayHarness } from './fakes/gateway-harness';

const PROMPT = 'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass';

describe('songs', () => {
  let gateway: GatewayHarness;
  const api = () => request(gateway.url);

  beforeAll(async () => {
    gateway = await GatewayHarness.start();
  });
  afterAll(() => gateway.stop());

  it('accepts a song and tells where its job is', async () => {
    const answer = await api()
      .post('/v1/songs')
      .set('X-Request-Id', 'trace-me')
      .send({
        prompt: PROMPT,
        seed: 7,
        title: 'Rain',
        tags: ['lo-fi'],
        approval: 'plan',
        controls: { key: { tonic: 'D', mode: 'minor' } },
      });
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe(`/v1/jobs/${answer.body.job.id}`);
    expect(answer.headers['x-request-id']).toBe('trace-me');
    expect(answer.body.song).toMatchObject({ title: 'Rain', prompt: PROMPT, latestRevision: 0 });
    expect(answer.body.job).toMatchObject({ kind: 'create', state: 'queued', percent: 0, error: null });
    const call = gateway.backends.calls.find(({ method }) => method === 'createSong');
    expect(call).toMatchObject({
      owner: 'local',
      requestId: 'trace-me',
      request: {
        song: {
          prompt: PROMPT,
          seed: 7,
          approval: 'APPROVAL_PLAN',
          controls: { title: 'Rain', key: { tonic: 'D', mode: 'MODE_MINOR' } },
        },
      },
    });
  });

  it('answers the same key and body alike, and refuses another body', async () => {
    const post = (body: object) => api().post('/v1/songs').set('Idempotency-Key', 'once').send(body);
    const first = await post({ prompt: 'a waltz' });
    const second = await post({ prompt: 'a waltz' });
    const third = await post({ prompt: 'a polka' });
    expect(second.body.job.id).toBe(first.body.job.id);
    expect(third.status).toBe(409);
    expect(third.body).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED', status: 409 });
  });

  it('makes two songs of two requests without a key', async () => {
    const [first, second] = [
      await api().post('/v1/songs').send({ prompt: 'x' }),
      await api().post('/v1/songs').send({ prompt: 'x' }),
    ];
    expect(first.body.song.id).not.toBe(second.body.song.id);
  });

  it('lists, reads, changes and deletes', async () => {
    const { body } = await api()
      .post('/v1/songs')
      .send({ prompt: 'find me', tags: ['needle'] });
    const path = `/v1/songs/${body.song.id}`;
    const list = await api().get('/v1/songs').query({ tag: 'needle', pageSize: 10, orderBy: 'title', text: 'find' });
    expect(list.body.songs).toHaveLength(1);
    expect((await api().get(path)).body.id).toBe(body.song.id);
    expect((await api().patch(path).send({ title: 'Found' })).body).toMatchObject({ title: 'Found', tags: ['needle'] });
    expect((await api().patch(path).send({ tags: [] })).body).toMatchObject({ title: 'Found', tags: [] });
    expect((await api().delete(path)).status).toBe(204);
    expect((await api().get(path)).body).toMatchObject({ status: 404, reason: 'NOT_FOUND' });
    expect((await api().delete(path)).status).toBe(404);
  });

  it('passes a trace on, and its own request id where the given one is malformed', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await api().get('/v1/styles').set('traceparent', traceparent).set('X-Request-Id', 'not a good id');
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(gateway.backends.calls.at(-1)).toMatchObject({ traceparent, requestId: answer.headers['x-request-id'] });
  });

  it('lists styles, instruments and capabilities', async () => {
    expect((await api().get('/v1/styles')).body.styles[0].id).toBe('lo-fi-hip-hop');
    expect((await api().get('/v1/instruments?pageSize=5')).body.instruments[0].id).toBe('electric-piano-1');
    expect((await api().get('/v1/capabilities')).body).toMatchObject({ soundFont: 'FluidR3Mono', slots: 2 });
  });

  it('is ready while orchestrator and storage serve', async () => {
    expect((await api().get('/readyz')).body).toMatchObject({
      ready: true,
      checks: { orchestrator: 'ok', storage: 'ok' },
    });
    expect((await api().get('/healthz')).status).toBe(200);
  });
});
