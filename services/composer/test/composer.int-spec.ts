import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComposeResult, ComposerServiceController } from '@beatbot/contracts/composer/v1/composer';
import { AssetKind } from '@beatbot/contracts/music/v1/song';
import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { candidateSeed, canonicalBytes, composeScore, interpretPrompt, parseScore, producePlan } from '@beatbot/music';
import {
  DomainError,
  type GrpcClient,
  grpcClient,
  Metrics,
  Readiness,
  type RunningService,
  runService,
} from '@beatbot/service-kit';
import { Redis } from 'ioredis';
import { AppModule } from '../src/app.module';
import { readConfig } from '../src/config';
import { startObjectServer, testEnvironment } from './fakes/object-server';

const PROMPT = 'dusty lo-fi beat at 82 bpm in D minor, 16 bars, Rhodes and upright bass';
const controls = undefined;

const dataDir = temporaryFolder('composer');
let redisServer: RunningRedis;
let redis: Redis;
let storage: Awaited<ReturnType<typeof startObjectServer>>;
let service: RunningService;
let client: GrpcClient<ComposerServiceController>;

async function startComposer(): Promise<RunningService> {
  const config = readConfig({
    ...testEnvironment,
    REDIS_URL: redisServer.url,
    STORAGE_ADDRESS: storage.address,
    WORKER_THREADS: '2',
    DEFAULT_CANDIDATES: '3',
    MAX_COMPOSITIONS: '2',
  });
  return runService({ name: 'composer', module: AppModule, config, grpcPackages: ['beatbot.composer.v1'] });
}

beforeAll(async () => {
  redisServer = await startRedis({ dataDir });
  redis = new Redis(redisServer.url);
  redis.on('error', () => undefined);
  storage = await startObjectServer();
  service = await startComposer();
  client = grpcClient({ package: 'beatbot.composer.v1', service: 'ComposerService' }, `127.0.0.1:${service.grpcPort}`);
});

afterAll(async () => {
  client.close();
  await service.stop();
  await storage.service.stop();
  redis.disconnect();
  await redisServer.stop();
  rmSync(dataDir, { recursive: true });
});

async function briefAndPlan(prompt = PROMPT, seed = 7) {
  const { brief } = await client.interpret({ prompt, controls, seed });
  const { plan } = await client.producePlan({ brief });
  return { brief, plan };
}

interface Composed {
  result: ComposeResult;
  agents: string[];
  percents: number[];
  details: string[];
}

async function composed(stream: ReturnType<typeof client.compose>): Promise<Composed> {
  const agents: string[] = [];
  const percents: number[] = [];
  const details: string[] = [];
  let result: ComposeResult | undefined;
  for await (const message of stream) {
    if (message.progress) {
      agents.push(message.progress.agent);
      percents.push(message.progress.percent);
      details.push(message.progress.detail);
    }
    result = message.result ?? result;
  }
  if (!result) throw new Error('no result came');
  return { result, agents, percents, details };
}

async function workOf(agent: string): Promise<number> {
  const metrics = await service.app.get(Metrics).registry.getSingleMetricAsString('composer_agent_seconds');
  return Number(
    new RegExp(`composer_agent_seconds_count\\{[^}]*agent="${agent}"[^}]*\\} (\\d+)`).exec(metrics)?.[1] ?? 0,
  );
}

/** Tries again while the answer is UNAVAILABLE, as callers do. */
async function retried<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt > 20 || !(error instanceof DomainError) || error.reason !== 'UNAVAILABLE') throw error;
      await sleep(250);
    }
  }
}

function stored(owner: string, key: string) {
  return storage.store.objects.get(`${owner} ${key}`);
}

describe('composing', () => {
  it('gives the very Score that the pure functions give, with its files in the owner’s storage', async () => {
    const { brief, plan } = await briefAndPlan();
    const { result, agents, percents } = await composed(
      client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }),
    );

    const pureBrief = interpretPrompt(PROMPT, { seed: 7 });
    const pure = Buffer.from(canonicalBytes(composeScore(pureBrief, producePlan(pureBrief)).score));
    const score = stored('olga', result.scoreKey);
    expect(Buffer.from(score?.bytes ?? []).equals(pure)).toBe(true);
    expect(result.scoreHash).toBe(createHash('sha256').update(pure).digest('hex'));
    expect(result.scoreKey).toBe(`scores/${result.scoreHash}.json`);

    expect(agents.slice(0, 7)).toEqual(['harmony', 'rhythm', 'bass', 'melody', 'arranger', 'mixer', 'critic']);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(95);

    expect(result.assets.map(({ name, kind }) => [name, kind])).toEqual([
      ['score.json', AssetKind.ASSET_KIND_SCORE],
      ['song.mid', AssetKind.ASSET_KIND_MIDI],
      ['song.musicxml', AssetKind.ASSET_KIND_MUSICXML],
    ]);
    for (const { objectKey, size, sha256, contentType } of result.assets) {
      const object = stored('olga', objectKey);
      expect(object?.bytes.byteLength).toBe(size);
      expect(
        createHash('sha256')
          .update(object?.bytes ?? '')
          .digest('hex'),
      ).toBe(sha256);
      expect(object?.contentType).toBe(contentType);
    }
    const tracks = parseScore(pure).tracks.map(({ id }) => id);
    expect(Object.keys(result.trackHashes).sort()).toEqual([...tracks].sort());
    expect(result.receipt?.demands.find(({ demand }) => demand === 'tempo')?.met).toBe(true);
    expect(result.durationMs).toBeGreaterThan(16 * 4 * (60_000 / 82) - 1);
    expect(await redis.keys('beatbot:composer:checkpoint*')).toEqual([]);
  });

  it('remembers a song, and stores it for another owner without composing it again', async () => {
    const { brief, plan } = await briefAndPlan('jazz swing trio, 8 bars');
    const first = await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }));
    const before = await workOf('melody');
    const second = await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'otto' }));
    expect(second.result).toEqual(first.result);
    expect(await workOf('melody')).toBe(before);
    expect(stored('otto', second.result.scoreKey)).toBeDefined();
  });

  it('composes candidates side by side and keeps the best, and shows the seed asked for', async () => {
    const { brief, plan } = await briefAndPlan('house at 124 bpm, 8 bars');
    const { result, details } = await composed(client.compose({ brief, plan, candidates: 3 }, { owner: 'olga' }));
    expect(details.filter((detail) => detail.startsWith('candidate 3:')).length).toBeGreaterThanOrEqual(7);
    const kept = details.find((detail) => /keeps candidate \d of 3/.test(detail));
    expect(kept).toBeDefined();
    const score = parseScore(stored('olga', result.scoreKey)?.bytes ?? '');
    expect(result.brief?.seed).toEqual(brief?.seed);
    const number = Number(kept?.match(/\d/)?.[0]) - 1;
    expect(score.seed).toBe(candidateSeed(7, number));
    expect(result.receipt?.demands.find(({ demand }) => demand === 'seed')).toMatchObject({
      asked: '7',
      measured: number === 0 ? '7' : `${score.seed}, its candidate ${number + 1}`,
      met: true,
    });
  });

  it('composes the usual number, and of a stated seed the one song that has it', async () => {
    const { brief } = await client.interpret({ prompt: 'house, 8 bars', controls, seed: undefined });
    const { plan } = await client.producePlan({ brief });
    const free = await composed(client.compose({ brief, plan, candidates: 0 }, { owner: 'olga' }));
    expect(free.details.some((detail) => detail.startsWith('candidate 3:'))).toBe(true);
    const again = await briefAndPlan('house, 8 bars', free.result.brief?.seed?.value);
    const stated = await composed(client.compose({ ...again, candidates: 0 }, { owner: 'olga' }));
    expect(stated.details.some((detail) => detail.startsWith('candidate'))).toBe(false);
  });

  it('shares the work of equal requests at the same time', async () => {
    const { brief, plan } = await briefAndPlan('ambient, 12 bars');
    const before = await workOf('harmony');
    const all = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((owner) => composed(client.compose({ brief, plan, candidates: 1 }, { owner }))),
    );
    expect(new Set(all.map(({ result }) => result.scoreHash)).size).toBe(1);
    const { repairs = [] } = all[0]?.result.receipt ?? {};
    expect((await workOf('harmony')) - before).toBe(1 + repairs.filter(({ agent }) => agent === 'harmony').length);
    expect(stored('e', all[0]?.result.scoreKey ?? '')).toBeDefined();
  });

  it('stops when the caller goes', async () => {
    const { brief, plan } = await briefAndPlan('rock, 64 bars', 3);
    const abort = new AbortController();
    const reading = (async () => {
      for await (const { progress } of client.compose(
        { brief, plan, candidates: 8 },
        { owner: 'olga', signal: abort.signal },
      )) {
        if (progress?.agent === 'rhythm') abort.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ reason: 'CANCELLED' });
    await sleep(300);
    const harmony = await workOf('mixer');
    await sleep(500);
    expect(await workOf('mixer')).toBe(harmony);
  });

  it('refuses more than it can hold, with the time to retry', async () => {
    const many = await Promise.all([11, 12, 13, 14, 15].map((seed) => briefAndPlan('orchestral, 32 bars', seed)));
    const results = await Promise.allSettled(
      many.map(({ brief, plan }) => composed(client.compose({ brief, plan, candidates: 2 }, { owner: 'olga' }))),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused.length).toBe(3);
    for (const error of refused) expect(error).toMatchObject({ reason: 'RESOURCE_EXHAUSTED', retryAfterMs: 1000 });
  });

  it('goes on when Redis is emptied in the middle, and composes the same again afterwards', async () => {
    const { brief, plan } = await briefAndPlan('rock, 32 bars', 21);
    const hashes: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      let result: ComposeResult | undefined;
      for await (const message of client.compose({ brief, plan, candidates: 2 }, { owner: 'olga' })) {
        if (message.progress?.agent === 'melody') await redis.flushall();
        result = message.result ?? result;
      }
      hashes.push(result?.scoreHash ?? '');
    }
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
  });
});

describe('revising', () => {
  it('applies edits to a stored Score and stores the result', async () => {
    const { brief, plan } = await briefAndPlan();
    const base = (await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }))).result;
    const { result } = await composed(
      client.reviseScore(
        {
          scoreKey: base.scoreKey,
          brief: base.brief,
          plan: base.plan,
          edits: [{ setTempo: { tempoBpm: 90 } }, { setTitle: { title: 'Faster' } }],
          instruction: '',
        },
        { owner: 'olga' },
      ),
    );
    const score = parseScore(stored('olga', result.scoreKey)?.bytes ?? '');
    expect([score.title, score.tempos[0]?.milliBpm]).toEqual(['Faster', 90_000]);
    expect(result.trackHashes).toEqual(base.trackHashes);
    expect(result.brief?.tempoMilliBpm?.value).toBe(90_000);
  });

  it('names the edit that cannot be', async () => {
    const { brief, plan } = await briefAndPlan();
    const base = (await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }))).result;
    const request = {
      scoreKey: base.scoreKey,
      brief,
      plan,
      instruction: '',
      edits: [{ removeTrack: { trackId: 'kazoo' } }],
    };
    await expect(composed(client.reviseScore(request, { owner: 'olga' }))).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'edits[0].trackId', value: 'kazoo' }],
    });
    await expect(
      composed(client.reviseScore({ ...request, scoreKey: 'scores/none.json' }, { owner: 'olga' })),
    ).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    await expect(composed(client.reviseScore(request, { owner: 'otto' }))).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    await expect(
      composed(client.reviseScore({ ...request, instruction: 'faster' }, { owner: 'olga' })),
    ).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT', fields: [{ field: 'instruction' }] });
  });

  it('does what a sentence says, and tells what it did and what not', async () => {
    const { brief, plan } = await briefAndPlan();
    const base = (await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }))).result;
    const request = { scoreKey: base.scoreKey, brief: base.brief, plan: base.plan, edits: [] };
    const instruction = 'transpose up a tone, paint it purple, and mute the kazoo';
    const { result } = await composed(client.reviseScore({ ...request, instruction }, { owner: 'olga' }));
    expect(result.edits).toMatchObject([{ transpose: { semitones: 2 } }]);
    expect(result.receipt?.notUnderstood).toContain('paint it purple');
    expect(result.receipt?.remarks).toContainEqual(expect.stringMatching(/^not done: "mute the kazoo": .* no kazoo/));
    const again = await composed(
      client.reviseScore({ ...request, edits: [{ transpose: { semitones: 2 } }], instruction: '' }, { owner: 'olga' }),
    );
    expect(again.result.scoreHash).toBe(result.scoreHash);
    await expect(
      composed(client.reviseScore({ ...request, instruction: 'paint it purple' }, { owner: 'olga' })),
    ).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'instruction', allowed: expect.stringContaining('transpose up a tone') as string }],
    });
  });

  it('makes the files of a Score again where nothing is to change', async () => {
    const { brief, plan } = await briefAndPlan();
    const base = (await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }))).result;
    const request = { scoreKey: base.scoreKey, brief: base.brief, plan: base.plan, edits: [], instruction: '' };
    const { result } = await composed(client.reviseScore(request, { owner: 'olga' }));
    expect([result.scoreHash, result.assets, result.edits]).toEqual([base.scoreHash, base.assets, []]);
  });
});

describe('bad input', () => {
  it.each([
    ['', 'prompt'],
    ['x'.repeat(100_000), 'prompt'],
    ['a beat \u0000 with a NUL', 'prompt'],
    ['lo-fi at 5000 bpm', 'prompt.tempo'],
    ['lo-fi, 10000 bars', 'prompt.bars'],
  ])('names the field of prompt %#', async (prompt, field) => {
    await expect(client.interpret({ prompt, controls, seed: 1 })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field, allowed: expect.any(String) as string }],
    });
  });

  it('names a control that is not allowed', async () => {
    const bad = { instruments: ['kazoo of doom'], exclude: [] };
    await expect(client.interpret({ prompt: 'lo-fi', controls: bad as never, seed: 1 })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: expect.stringContaining('controls.instruments') as string }],
    });
  });

  it('names what a Brief or plan lacks or may not be', async () => {
    const { brief, plan } = await briefAndPlan();
    if (!brief || !plan) throw new Error('no brief');
    const refused = (request: Parameters<typeof client.compose>[0]) =>
      composed(client.compose(request, { owner: 'olga' }));
    await expect(refused({ brief: undefined, plan, candidates: 1 })).rejects.toMatchObject({
      fields: [{ field: 'brief' }],
    });
    await expect(refused({ brief, plan, candidates: 9 })).rejects.toMatchObject({
      fields: [{ field: 'candidates', value: 9 }],
    });
    const fast = { ...brief, tempoMilliBpm: { value: 5_000_000, provenance: brief.seed!.provenance, spans: [] } };
    await expect(refused({ brief: fast, plan, candidates: 1 })).rejects.toMatchObject({
      fields: [{ field: 'brief.tempoMilliBpm.value', value: 5_000_000 }],
    });
    const long = { ...plan, sections: [{ id: 'a', name: 'a', startBar: 0, bars: 5000, energy: 50 }] };
    await expect(refused({ brief, plan: long, candidates: 1 })).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
    const strange = { ...plan, tracks: plan.tracks.map((track) => ({ ...track, instrument: 'kazoo-of-doom' })) };
    await expect(refused({ brief, plan: strange, candidates: 1 })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
    });
  });

  it('needs an owner to store for', async () => {
    const { brief, plan } = await briefAndPlan();
    await expect(composed(client.compose({ brief, plan, candidates: 1 }))).rejects.toMatchObject({
      reason: 'UNAUTHENTICATED',
    });
  });
});

describe('styles', () => {
  it('are listed by id, page by page', async () => {
    const all = (await client.listStyles({ pageSize: 0, pageToken: '' })).styles.map(({ id }) => id);
    expect(all.length).toBeGreaterThanOrEqual(6);
    const paged: string[] = [];
    let pageToken = '';
    do {
      const page = await client.listStyles({ pageSize: 4, pageToken });
      paged.push(...page.styles.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(paged).toEqual(all);
    await expect(client.listStyles({ pageSize: 1, pageToken: 'nowhere' })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
    });
    await expect(client.listStyles({ pageSize: 201, pageToken: '' })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
    });
  });
});

describe('without storage', () => {
  it('fails as UNAVAILABLE with the time to retry, and succeeds by the cache when it is back', async () => {
    const { brief, plan } = await briefAndPlan('ambient, 8 bars', 55);
    await storage.service.stop();
    await expect(composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }))).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      message: 'the storage is away',
      retryAfterMs: 1000,
    });
    storage = await startObjectServer(storage.service.grpcPort);
    const { details } = await retried(() =>
      composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' })),
    );
    expect(details).toContain('remembers this very song');
  });
});

describe('without Redis', () => {
  it('is not ready, fails a request in flight as UNAVAILABLE with the time to retry, and comes back', async () => {
    const { brief, plan } = await briefAndPlan('rock, 64 bars', 99);
    const failure: unknown = await (async () => {
      for await (const { progress } of client.compose({ brief, plan, candidates: 4 }, { owner: 'olga' })) {
        if (progress?.agent === 'rhythm' && redisServer.process.pid !== undefined) await redisServer.stop();
      }
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'UNAVAILABLE', retryAfterMs: 1000 });
    expect((await service.app.get(Readiness).refresh()).ready).toBe(false);
    redisServer = await startRedis({ dataDir, port: redisServer.port });
    for (let waited = 0; !service.app.get(Readiness).state().ready; waited += 1) {
      if (waited > 100) throw new Error('it did not come back');
      await sleep(50);
    }
    const { result } = await composed(client.compose({ brief, plan, candidates: 1 }, { owner: 'olga' }));
    expect(result.scoreHash).toMatch(/^[0-9a-f]{64}$/);
  });
});
