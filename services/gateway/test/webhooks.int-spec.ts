import request from 'supertest';
import { GatewayHarness } from './fakes/gateway-harness';

describe('webhooks', () => {
  let gateway: GatewayHarness;
  const api = () => request(gateway.url);
  const url = 'https://hooks.example.com/beatbot';

  beforeAll(async () => {
    gateway = await GatewayHarness.start();
  });
  afterAll(() => gateway.stop());

  it('are made, listed, looked into, replayed and deleted', async () => {
    const made = await api().post('/v1/webhooks').set('Idempotency-Key', 'one').send({ url });
    expect([made.status, made.headers['cache-control']]).toEqual([201, 'no-store']);
    const { webhook, secret } = made.body as { webhook: { id: string }; secret: string };
    expect(secret).toMatch(/^whsec_/);
    expect((await api().post('/v1/webhooks').set('Idempotency-Key', 'one').send({ url })).body).toEqual(made.body);
    const listed = await api().get('/v1/webhooks');
    expect(listed.body).toEqual({ webhooks: [{ ...webhook, url, disableTime: null }] });
    const { deliveries } = (await api().get(`/v1/webhooks/${webhook.id}/deliveries`)).body as {
      deliveries: { id: string }[];
    };
    expect(deliveries).toEqual([
      expect.objectContaining({
        type: 'job.succeeded',
        state: 'failed',
        nextAttemptTime: null,
        attempts: [expect.objectContaining({ status: 500, durationMs: 12 })],
      }),
    ]);
    const replayed = await api().post(`/v1/webhooks/${webhook.id}/deliveries/${deliveries[0]?.id}:replay`);
    expect([replayed.status, replayed.body.state]).toEqual([200, 'pending']);
    expect((await api().post(`/v1/webhooks/${webhook.id}/deliveries/nobody:replay`)).status).toBe(404);
    expect((await api().delete(`/v1/webhooks/${webhook.id}`)).status).toBe(204);
    expect((await api().delete(`/v1/webhooks/${webhook.id}`)).status).toBe(404);
    expect((await api().get(`/v1/webhooks/${webhook.id}/deliveries`)).status).toBe(404);
  });

  it('are made for one job with its song, and answered with their key', async () => {
    const body = { prompt: 'a waltz', webhook: { url } };
    const made = await api().post('/v1/songs').set('Idempotency-Key', 'told').send(body);
    expect([made.status, made.headers['cache-control']]).toEqual([202, 'no-store']);
    expect(made.body.webhook).toEqual({ id: 'hook-of-told', url, secret: 'whsec_of_one_job' });
    const without = await api().post('/v1/songs').send({ prompt: 'a waltz' });
    expect([without.status, without.body.webhook]).toEqual([202, undefined]);
    for (const [webhook, field] of [
      [{ url: 'hooks' }, 'webhook.url'],
      [{}, 'webhook.url'],
      [{ url, secret: 'mine' }, 'webhook.secret'],
      [url, 'webhook'],
    ] as const) {
      const refused = await api().post('/v1/songs').send({ prompt: 'a waltz', webhook });
      expect([webhook, refused.status, refused.body.errors?.[0]?.field]).toEqual([webhook, 400, field]);
    }
  });

  it.each<[string, object, string]>([
    ['no URL', {}, 'url'],
    ['what is no URL', { url: 'hooks' }, 'url'],
    ['a long URL', { url: `https://x.example/${'x'.repeat(2000)}` }, 'url'],
    ['a secret', { url, secret: 'mine' }, 'secret'],
  ])('refuse %s', async (_name, body, field) => {
    const answer = await api().post('/v1/webhooks').send(body);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });
});
