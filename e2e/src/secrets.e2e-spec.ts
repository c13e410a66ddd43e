import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import { RunningSystem } from './running-system';
import { SpanCollector } from './span-collector';

/** Long enough that nothing holds them by chance, and of letters that nothing escapes. */
const planted = (name: string): string => `${name}-${randomBytes(16).toString('hex')}`;

const secrets = {
  operatorKey: planted('operator'),
  webhookSigningSecret: planted('webhooks'),
  objectSigningSecret: planted('objects'),
  s3Secret: planted('s3'),
  urlToken: planted('token'),
  basicPassword: planted('password'),
  hookToken: planted('hook'),
  wrongKey: `bbk_${randomBytes(32).toString('base64url').slice(0, 43)}`,
  badKey: planted('not-a-key'),
};
const prompt = planted('prompt');

let system: RunningSystem;
let collector: SpanCollector;
/** Bodies of all answers but those that are to hold a secret. */
const answers: string[] = [];
/** Secrets that the system made. */
const made: Record<string, string> = {};

beforeAll(async () => {
  collector = await SpanCollector.start();
  system = await RunningSystem.start(
    { AUTH: 'keys', OPERATOR_KEY: secrets.operatorKey },
    {
      WEBHOOK_SIGNING_SECRET: secrets.webhookSigningSecret,
      OBJECT_SIGNING_SECRET: secrets.objectSigningSecret,
      WEBHOOK_ALLOWED_TARGETS: '127.0.0.1:1',
      WEBHOOK_RETRY_SECONDS: '1,1',
    },
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      AWS_SECRET_ACCESS_KEY: secrets.s3Secret,
      LOG_LEVEL: 'debug',
    },
  );
});
afterAll(async () => {
  await system?.stop();
  collector?.stop();
});

function as(key: string): Api {
  return new Api(() => system.url, { authorization: `Bearer ${key}` });
}

async function noted(response: Promise<Response>): Promise<Response> {
  const answer = await response;
  answers.push(`${JSON.stringify([...answer.headers])} ${await answer.clone().text()}`);
  return answer;
}

async function expectStatus(expected: number | number[], response: Promise<Response>): Promise<void> {
  const { status, url } = await noted(response);
  expect([url.replace(/^.*\/v1/, ''), [expected].flat()]).toEqual([
    expect.anything(),
    expect.arrayContaining([status]),
  ]);
}

describe('planted secrets', () => {
  it('are used: songs, failures, refusals, webhooks and outages', async () => {
    const operator = as(secrets.operatorKey);
    const created = await operator.post(
      '/v1/keys',
      { name: 'of the test', scope: 'admin' },
      { 'x-beatbot-owner': 'ann', 'idempotency-key': randomUUID() },
    );
    expect(created.status).toBe(201);
    made['key'] = ((await created.json()) as { secret: string }).secret;
    made['database'] = new URL(system.stack.addresses.databaseUrl).password;
    const ann = as(made['key']);

    const hook = await ann.post('/v1/webhooks', {
      url: `http://127.0.0.1:1/${secrets.hookToken}?token=${secrets.hookToken}`,
    });
    expect(hook.status).toBe(201);
    made['hookSecret'] = ((await hook.json()) as { secret: string }).secret;
    await expectStatus(400, ann.post('/v1/webhooks', { url: `https://ann:${secrets.basicPassword}@example.com/` }));

    const job = await ann.createSong({ prompt: `house, 4 bars, ${prompt}`, formats: ['wav'], title: prompt });
    expect(await ann.finished(job.id)).toMatchObject({ state: 'succeeded' });
    const revision = `/v1/songs/${job.songId}/revisions/1`;
    expect((await ann.request(`${revision}/receipt`)).status).toBe(200);
    expect((await ann.request(`/v1/songs?text=${prompt}`)).status).toBe(200);
    expect((await ann.bytes(`${revision}/midi`)).length).toBeGreaterThan(0);

    // Refused: keys, tokens in the wrong places, what no song can be made of.
    for (const key of [secrets.wrongKey, secrets.badKey]) await expectStatus(401, as(key).request('/v1/songs'));
    const basic = `Basic ${Buffer.from(`ann:${secrets.basicPassword}`).toString('base64')}`;
    await expectStatus(401, new Api(() => system.url, { authorization: basic }).request('/v1/songs'));
    for (const path of ['/v1/songs', '/v1/jobs', '/v1/nothing', `${revision}/assets/nothing`, '/v1/jobs/nobody'])
      await expectStatus([400, 404], ann.request(`${path}?access_token=${secrets.urlToken}`));
    await expectStatus(401, fetch(`${system.url}/v1/songs?access_token=${secrets.urlToken}`));
    await expectStatus([400, 404, 405], ann.request(`${revision}/audio?format=wav&key=${secrets.urlToken}`));
    expect((await ann.post('/v1/songs', { prompt: `house at 5000 bpm, ${prompt}` })).status).toBe(400);
    expect((await ann.post('/v1/songs', { prompt, seed: -1 })).status).toBe(400);

    // Things break while songs are made.
    const second = await ann.createSong({ prompt: `techno, 4 bars, ${prompt}`, formats: ['wav'] });
    system.stack.services.composer.kill('SIGKILL');
    system.stack.services.storage.kill('SIGKILL');
    await system.stack.postgres?.outage(1_000);
    await ann.finished(second.id, 200_000);
    await sleep(3_000);
  });

  it('are in no log, metric, trace or error', async () => {
    const metrics = await Promise.all(
      Object.values(system.stack.addresses.ports).map(async ({ metrics: port }) =>
        (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
      ),
    );
    // A stop flushes traces, and the last lines.
    await system.stack.stop();
    const folder = join(system.folder, 'data', 'logs');
    const logs = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    expect(logs.map(([file]) => file)).toEqual(
      expect.arrayContaining(['gateway.log', 'storage.log', 'composer.log', 'postgres.log', 'redis.log']),
    );
    const places = [
      ...logs,
      ['metrics', metrics.join('\n')] as const,
      ['traces', collector.text] as const,
      ['errors', answers.join('\n')] as const,
    ];
    // The search finds what is there.
    const found = (place: string) => places.find(([name]) => name === place)?.[1] ?? '';
    expect(found('traces')).toContain('/v1/songs');
    expect(found('metrics')).toContain('http_server_request_duration_seconds');
    expect(found('gateway.log')).toContain('/v1/nothing');
    expect(found('errors')).toContain('INVALID_ARGUMENT');

    const hidden = { ...secrets, ...made, prompt };
    for (const [place, text] of places) {
      for (const [name, value] of Object.entries(hidden)) {
        expect([place, name, around(text, value)]).toEqual([place, name, '']);
        expect([place, name, around(text, encodeURIComponent(value))]).toEqual([place, name, '']);
      }
    }
  });
});

/** What stands around a text, or nothing where it is not. */
function around(text: string, value: string): string {
  const at = text.indexOf(value);
  return at < 0 ? '' : text.slice(Math.max(0, at - 300), at + 100);
}
