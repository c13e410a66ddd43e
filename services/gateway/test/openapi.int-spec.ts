import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv2020 from 'ajv/dist/2020';
import request from 'supertest';
import { openApiDocument } from '../src/openapi/openapi-document';
import { openApiText } from '../src/openapi/write-openapi';
import { GatewayHarness } from './fakes/gateway-harness';

interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

describe('the OpenAPI document', () => {
  const document = openApiDocument();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  );
  let gateway: GatewayHarness;
  const api = () => request(gateway.url);

  beforeAll(async () => {
    gateway = await GatewayHarness.start();
  });
  afterAll(() => gateway.stop());

  it('is valid OpenAPI 3.1', async () => {
    const problems = await lintFromString({
      source: openApiText(),
      config: await createConfig({ extends: ['spec', 'minimal'] }),
    });
    expect(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message, location }) => `${location[0]?.pointer}: ${message}`),
    ).toEqual([]);
  });

  it('is the one that the client was made from; `npm run openapi` writes it', () => {
    const committed = readFileSync(join(__dirname, '../../../libs/client/openapi.json'), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(openApiText()));
  });

  it('is served, with a page for people that needs nothing from elsewhere', async () => {
    const served = await api().get('/openapi.json');
    expect(served.body).toEqual(JSON.parse(openApiText()));
    const page = await api().get('/docs');
    expect(page.status).toBe(200);
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      const answer = await api().get(new URL(link, `${gateway.url}/docs`).pathname);
      expect([link, answer.status]).toEqual([link, 200]);
    }
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>(?!\s*<\/script>)/);
  });

  it('has every route that the server has, and no other', async () => {
    for (const { path, method, operation } of operations) {
      const target = path.replace(/\{(\w+)\}/g, (_all, name: string) => (name === 'number' ? '1' : 'nobody'));
      const answer = await new request.Test(gateway.url as never, method.toUpperCase(), target);
      expect([operation.operationId, answer.body.reason]).not.toEqual([operation.operationId, 'METHOD_NOT_ALLOWED']);
      expect(String(answer.body.detail ?? '')).not.toMatch(/there is nothing at/);
    }
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      [
        'createSong',
        'listSongs',
        'getSong',
        'updateSong',
        'deleteSong',
        'createRevision',
        'listRevisions',
        'getRevision',
        'getAudio',
        'getStem',
        'getScore',
        'getMidi',
        'getMusicXml',
        'getPeaks',
        'getReceipt',
        'listAssets',
        'getAsset',
        'exportSong',
        'exportSongs',
        'importSongs',
        'listJobs',
        'getJob',
        'cancelJob',
        'approveJob',
        'retryJob',
        'watchJob',
        'listStyles',
        'listInstruments',
        'getCapabilities',
        'createKey',
        'listKeys',
        'rotateKey',
        'deleteKey',
        'getUsage',
        'setQuota',
        'resetQuota',
        'createWebhook',
        'listWebhooks',
        'deleteWebhook',
        'listDeliveries',
        'replayDelivery',
      ].sort(),
    );
  });

  it('has examples that work, and answers that fit its schemas', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'openapi' });
    const fits = (path: string, method: string, status: number, body: unknown) => {
      const operation = operations.find(
        (candidate) => candidate.path === path && candidate.method === method,
      )?.operation;
      const content = (operation?.responses[String(status)] ?? operation?.responses['default'])?.content ?? {};
      const schema = Object.values(content)[0]?.schema.$ref;
      if (schema === undefined) throw new Error(`${method} ${path} ${status} is not documented`);
      const valid = ajv.validate({ $ref: `openapi${schema}` }, body);
      expect([path, ajv.errors ?? []]).toEqual([path, []]);
      expect(valid).toBe(true);
    };
    const examples = (name: string) => (document.components?.schemas?.[name] as { examples?: object[] }).examples ?? [];

    const created = await api().post('/v1/songs').send(examples('CreateSong')[0]);
    expect(created.status).toBe(202);
    fits('/v1/songs', 'post', 202, created.body);
    const { song, job } = created.body as { song: { id: string }; job: { id: string } };
    gateway.backends.world.publish(job.id);
    for (const example of examples('CreateRevision')) {
      const revised = await api().post(`/v1/songs/${song.id}/revisions`).send(example);
      expect(revised.status).toBe(202);
      fits('/v1/songs/{song}/revisions', 'post', 202, revised.body);
    }
    const key = await api().post('/v1/keys').send(examples('CreateApiKey')[0]);
    expect(key.status).toBe(201);
    fits('/v1/keys', 'post', 201, key.body);
    const hook = await api().post('/v1/webhooks').send(examples('CreateWebhook')[0]);
    expect(hook.status).toBe(201);
    fits('/v1/webhooks', 'post', 201, hook.body);
    const quota = await api().put('/v1/quota').send(examples('Quota')[0]);
    expect(quota.status).toBe(200);
    fits('/v1/quota', 'put', 200, quota.body);
    const patched = await api().patch(`/v1/songs/${song.id}`).send(examples('UpdateSong')[0]);
    expect(patched.status).toBe(200);
    fits('/v1/songs/{song}', 'patch', 200, patched.body);

    for (const path of [
      '/v1/songs',
      '/v1/songs/{song}',
      '/v1/songs/{song}/revisions',
      '/v1/songs/{song}/revisions/{number}',
      '/v1/songs/{song}/revisions/{number}/receipt',
      '/v1/songs/{song}/revisions/{number}/assets',
      '/v1/jobs',
      '/v1/jobs/{job}',
      '/v1/styles',
      '/v1/instruments',
      '/v1/capabilities',
      '/v1/keys',
      '/v1/usage',
      '/v1/webhooks',
    ]) {
      const answer = await api().get(path.replace('{song}', song.id).replace('{job}', job.id).replace('{number}', '1'));
      expect([path, answer.status]).toEqual([path, 200]);
      fits(path, 'get', 200, answer.body);
    }
    const wrong = await api().post('/v1/songs').send({ prompt: 1 });
    fits('/v1/songs', 'post', 400, wrong.body);
  });

  it('examples: each example of a body is there', () => {
    expect(
      ['CreateSong', 'UpdateSong', 'CreateRevision', 'CreateApiKey', 'Quota', 'CreateWebhook'].map(
        (name) => (document.components?.schemas?.[name] as { examples?: object[] }).examples?.length,
      ),
    ).toEqual([1, 1, 2, 1, 1, 1]);
  });
});
