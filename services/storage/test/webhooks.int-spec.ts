import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery, WebhookServiceController } from '@beatbot/contracts/storage/v1/webhooks';
import { type GrpcClient, grpcClient } from '@beatbot/service-kit';
import { v7 as uuid } from 'uuid';
import { Webhook as Verifier } from 'standardwebhooks';
import { create, createRequest, newOwner } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

interface Received {
  headers: IncomingMessage['headers'];
  body: string;
}

/** A target that answers with one status after another, then with 200. */
class Receiver {
  readonly received: Received[] = [];
  statuses: number[] = [];
  hold?: Promise<void>;
  private server?: Server;

  get url(): string {
    return `http://${this.target}/hook`;
  }

  get target(): string {
    return `127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => (body += String(data)));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body });
        const status = this.statuses.shift() ?? 200;
        void (this.hold ?? Promise.resolve()).then(() =>
          response
            .writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {})
            .end('x'.repeat(100_000)),
        );
      });
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

let stack: StorageStack;
let storage: StorageProcess;
let hooks: GrpcClient<WebhookServiceController>;
let receiver: Receiver;
let other: Receiver;

beforeAll(async () => {
  stack = await StorageStack.start('webhooks');
  [receiver, other] = await Promise.all([new Receiver().start(), new Receiver().start()]);
  const environment = {
    WEBHOOK_SIGNING_SECRET: 'a signing secret of the tests',
    WEBHOOK_ALLOWED_TARGETS: `${receiver.target},${other.target},127.0.0.1:1`,
    WEBHOOK_RETRY_SECONDS: '0.1,0.1,0.1',
  };
  storage = await stack.service(environment);
  // Two senders on one database.
  await stack.service(environment);
  await untilReady(storage);
  const address = `127.0.0.1:${storage.service.grpcPort}`;
  hooks = grpcClient({ package: 'beatbot.storage.v1', service: 'WebhookService' }, address);
}, 120_000);
afterAll(async () => {
  hooks?.close();
  receiver?.stop();
  other?.stop();
  await stack?.stop();
});
beforeEach(() => {
  for (const each of [receiver, other]) {
    each.received.length = 0;
    each.statuses = [];
    each.hold = undefined;
  }
});

async function hookOf(owner: string, url = receiver.url): Promise<{ id: string; secret: string }> {
  const { webhook, secret } = await hooks.createWebhook({ requestId: uuid(), url }, { owner });
  return { id: webhook!.id, secret };
}

/** A job that ends at once, of which an owner is told. */
async function cancelled(owner: string): Promise<string> {
  const { job } = await create(storage, owner);
  await storage.jobs.cancelJob({ jobId: job.id }, { owner });
  return job.id;
}

async function deliveriesUntil(
  owner: string,
  webhookId: string,
  done: (deliveries: Delivery[]) => boolean,
): Promise<Delivery[]> {
  for (let tries = 0; tries < 600; tries++) {
    const { deliveries } = await hooks.listDeliveries({ webhookId, pageSize: 0 }, { owner });
    if (done(deliveries)) return deliveries;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(JSON.stringify(await hooks.listDeliveries({ webhookId, pageSize: 0 }, { owner })));
}

const ended = (count: number) => (deliveries: Delivery[]) =>
  deliveries.filter(({ state }) => state !== 'DELIVERY_STATE_PENDING').length === count;

it('tells each webhook of the owner of the end of a job, signed by Standard Webhooks', async () => {
  const owner = newOwner();
  const [first, second] = [await hookOf(owner), await hookOf(owner, other.url)];
  await hookOf(newOwner(), other.url);
  const jobId = await cancelled(owner);
  const [delivery] = await deliveriesUntil(owner, first.id, ended(1));
  await deliveriesUntil(owner, second.id, ended(1));
  expect([receiver.received.length, other.received.length]).toEqual([1, 1]);
  const [{ headers, body }] = receiver.received as [Received];
  const message = new Verifier(first.secret).verify(body, headers as Record<string, string>);
  expect(message).toEqual({
    type: 'job.cancelled',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    data: { job: jobId, song: expect.any(String), seq: 2, state: 'cancelled', revision: 0, error: null },
  });
  expect(() => new Verifier(second.secret).verify(body, headers as Record<string, string>)).toThrow();
  expect(delivery).toMatchObject({ id: headers['webhook-id'], type: 'job.cancelled', jobId, nextAttemptTime: null });
  expect(delivery?.attempts).toEqual([expect.objectContaining({ status: 200, error: '' })]);
  // Nor does the database hold what messages could be signed with.
  const { rows } = await stack.sql().query<{ row: string }>('SELECT row_to_json(webhooks)::text AS row FROM webhooks');
  expect(rows.map(({ row }) => row).join()).not.toContain(first.secret.slice(6));
});

it('tells of one job alone where its creation says so, under the same id and key however often it is asked', async () => {
  const owner = newOwner();
  const all = await hookOf(owner, other.url);
  const asked = createRequest({ webhook: { url: receiver.url } });
  const { job, webhook } = await storage.jobs.createJob(asked, { owner });
  expect(webhook).toMatchObject({ url: receiver.url, secret: expect.stringMatching(/^whsec_/) });
  const again = await storage.jobs.createJob(asked, { owner });
  expect([again.created, again.webhook]).toEqual([false, webhook]);
  await expect(storage.jobs.createJob({ ...asked, webhook: { url: other.url } }, { owner })).rejects.toMatchObject({
    reason: 'IDEMPOTENCY_KEY_REUSED',
  });
  await cancelled(owner);
  await storage.jobs.cancelJob({ jobId: job!.id }, { owner });
  await deliveriesUntil(owner, all.id, ended(2));
  const [delivery] = await deliveriesUntil(owner, webhook!.id, ended(1));
  expect(delivery?.jobId).toBe(job!.id);
  expect(receiver.received).toHaveLength(1);
  const [{ headers, body }] = receiver.received as [Received];
  expect(new Verifier(webhook!.secret).verify(body, headers as Record<string, string>)).toMatchObject({
    data: { job: job!.id },
  });
  // It has a log like others, and is neither listed nor counted.
  expect(
    (await hooks.replayDelivery({ webhookId: webhook!.id, deliveryId: delivery!.id }, { owner })).delivery,
  ).toMatchObject({
    state: 'DELIVERY_STATE_PENDING',
  });
  expect((await hooks.listWebhooks({}, { owner })).webhooks.map(({ id }) => id)).toEqual([all.id]);
  const stranger = { owner: newOwner() };
  await expect(hooks.listDeliveries({ webhookId: webhook!.id, pageSize: 0 }, stranger)).rejects.toMatchObject({
    reason: 'NOT_FOUND',
  });
});

it.each([
  ['http://127.0.0.1:2/', /https/],
  ['https://127.0.0.1/', /public/],
  ['hooks', /URL/],
  ['', /1 to 2000/],
])('writes no job that is to be told of at %s', async (url, why) => {
  const owner = newOwner();
  await expect(storage.jobs.createJob(createRequest({ webhook: { url } }), { owner })).rejects.toMatchObject({
    reason: 'INVALID_ARGUMENT',
    message: expect.stringMatching(why),
    fields: [expect.objectContaining({ field: 'webhook.url' })],
  });
  const { jobs } = await storage.jobs.listJobs({ pageSize: 0, pageToken: '', songId: '', states: [] }, { owner });
  expect(jobs).toEqual([]);
});

it('tries again with pauses, under the same id, and keeps a log', async () => {
  const owner = newOwner();
  const { id } = await hookOf(owner);
  receiver.statuses = [500, 302];
  await cancelled(owner);
  const [delivery] = await deliveriesUntil(owner, id, ended(1));
  expect(delivery?.state).toBe('DELIVERY_STATE_DELIVERED');
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 302, 200]);
  expect(new Set(receiver.received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size).toBe(
    1,
  );
});

it('gives up after the last pause, and sends again when asked to', async () => {
  const owner = newOwner();
  const { id, secret } = await hookOf(owner);
  receiver.statuses = [500, 503, 404, 500];
  await cancelled(owner);
  const [failed] = await deliveriesUntil(owner, id, ended(1));
  expect(failed).toMatchObject({ state: 'DELIVERY_STATE_FAILED', nextAttemptTime: null });
  expect(failed?.attempts).toHaveLength(4);
  await hooks.replayDelivery({ webhookId: id, deliveryId: failed!.id }, { owner });
  const [sent] = await deliveriesUntil(owner, id, ended(1));
  expect(sent).toMatchObject({ id: failed?.id, state: 'DELIVERY_STATE_DELIVERED' });
  expect(sent?.attempts.map(({ status }) => status)).toEqual([500, 503, 404, 500, 200]);
  const { headers, body } = receiver.received.at(-1) as Received;
  new Verifier(secret).verify(body, headers as Record<string, string>);
});

it('sends nothing more to a target that says it is gone', async () => {
  const owner = newOwner();
  const { id } = await hookOf(owner);
  receiver.statuses = [410];
  await cancelled(owner);
  const [delivery] = await deliveriesUntil(owner, id, ended(1));
  expect(delivery).toMatchObject({
    state: 'DELIVERY_STATE_FAILED',
    attempts: [expect.objectContaining({ status: 410 })],
  });
  const { webhooks } = await hooks.listWebhooks({}, { owner });
  expect(webhooks[0]?.disableTime).toMatchObject({ seconds: expect.any(Number) });
  await cancelled(owner);
  expect((await hooks.listDeliveries({ webhookId: id, pageSize: 0 }, { owner })).deliveries).toHaveLength(1);
});

it('sends one message at a time to a webhook, and is held up by no slow one', async () => {
  const [slow, quick] = [newOwner(), newOwner()];
  const [slowHook, quickHook] = [await hookOf(slow), await hookOf(quick, other.url)];
  let release = (): void => undefined;
  receiver.hold = new Promise((resolve) => (release = resolve));
  for (let index = 0; index < 5; index++) await cancelled(slow);
  for (let index = 0; index < 3; index++) await cancelled(quick);
  await deliveriesUntil(quick, quickHook.id, ended(3));
  expect(receiver.received).toHaveLength(1);
  release();
  await deliveriesUntil(slow, slowHook.id, ended(5));
  expect(receiver.received).toHaveLength(5);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
}, 60_000);

it('tells of no answer without telling of the inside', async () => {
  const owner = newOwner();
  const { id } = await hookOf(owner, 'http://127.0.0.1:1/nobody');
  await cancelled(owner);
  const [delivery] = await deliveriesUntil(owner, id, ended(1));
  expect(delivery?.attempts[0]).toMatchObject({ status: 0, error: 'no answer: ECONNREFUSED' });
});

it('refuses targets that are not public, by number, by name, or in disguise', async () => {
  const owner = newOwner();
  for (const url of [
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/',
    'https://168.63.129.16/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://localhost/',
    'https://localhost:443/',
    'http://93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'https://user:password@93.184.216.34/',
    `${receiver.url.replace('http:', 'gopher:')}`,
    'not a url',
  ]) {
    const refused = hooks.createWebhook({ requestId: uuid(), url }, { owner });
    await expect(refused).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [expect.objectContaining({ field: 'url' })],
    });
  }
  expect((await hooks.listWebhooks({}, { owner })).webhooks).toEqual([]);
});

it('makes one webhook under one request id, and at most ten of an owner', async () => {
  const owner = newOwner();
  const requestId = uuid();
  const { url } = receiver;
  const made = await hooks.createWebhook({ requestId, url }, { owner });
  expect(await hooks.createWebhook({ requestId, url }, { owner })).toEqual(made);
  await expect(hooks.createWebhook({ requestId, url: other.url }, { owner })).rejects.toMatchObject({
    reason: 'IDEMPOTENCY_KEY_REUSED',
  });
  const more = await Promise.allSettled(
    Array.from({ length: 12 }, () => hooks.createWebhook({ requestId: uuid(), url }, { owner })),
  );
  expect(more.filter(({ status }) => status === 'fulfilled')).toHaveLength(9);
});

it("shows nothing of another owner's, and deletes with all that is left to send", async () => {
  const [owner, stranger] = [newOwner(), newOwner()];
  const { id } = await hookOf(owner);
  await cancelled(owner);
  const [delivery] = await deliveriesUntil(owner, id, ended(1));
  const denied = { reason: 'NOT_FOUND', message: `webhook ${id} does not exist` };
  await expect(hooks.listDeliveries({ webhookId: id, pageSize: 0 }, { owner: stranger })).rejects.toMatchObject(denied);
  await expect(hooks.deleteWebhook({ webhookId: id }, { owner: stranger })).rejects.toMatchObject(denied);
  await expect(
    hooks.replayDelivery({ webhookId: id, deliveryId: delivery!.id }, { owner: stranger }),
  ).rejects.toMatchObject(denied);
  const own = await hookOf(stranger, other.url);
  await expect(
    hooks.replayDelivery({ webhookId: own.id, deliveryId: delivery!.id }, { owner: stranger }),
  ).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  await hooks.deleteWebhook({ webhookId: id }, { owner });
  await expect(hooks.listDeliveries({ webhookId: id, pageSize: 0 }, { owner })).rejects.toMatchObject(denied);
});
