import { rmSync } from 'node:fs';
import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { Redis } from 'ioredis';
import { RedisScoreCache } from '../src/composition/redis-score-cache';
import type { ScoreCache } from '../src/composition/score-cache';
import { MemoryScoreCache } from './fakes/memory-score-cache';

const dataDir = temporaryFolder('score-cache');
let server: RunningRedis;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis({ dataDir });
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  rmSync(dataDir, { recursive: true });
});
beforeEach(() => redis.flushall());

const score = { hash: 'abc', bytes: Buffer.from([0, 255, 128, 10]) };

describe.each<[string, () => ScoreCache]>([
  ['in memory', () => new MemoryScoreCache()],
  ['in Redis', () => new RedisScoreCache(redis, 1_000_000)],
])('a score cache %s', (_name, create) => {
  it('gives back what it was given, to the byte', async () => {
    const cache = create();
    await cache.keepScore(score, 60);
    await cache.keep('key', { candidate: 1, repairs: [] }, 60);
    expect(Buffer.from((await cache.score('abc')) ?? '').equals(score.bytes)).toBe(true);
    expect(await cache.result('key')).toEqual({ candidate: 1, repairs: [] });
  });

  it('knows nothing of what it was not given', async () => {
    const cache = create();
    expect(await cache.score('none')).toBeUndefined();
    expect(await cache.result('none')).toBeUndefined();
  });
});

describe('RedisScoreCache', () => {
  it('is shared between processes, and every key expires', async () => {
    const cache = new RedisScoreCache(redis, 1_000_000);
    await cache.keepScore(score, 60);
    await cache.keep('key', 1, 30);
    const other = new RedisScoreCache(redis, 1_000_000);
    expect(Buffer.from((await other.score('abc')) ?? '').equals(score.bytes)).toBe(true);
    expect(await other.result('key')).toBe(1);
    for (const key of await redis.keys('*')) expect(await redis.ttl(key)).toBeGreaterThan(25);
  });

  it('remembers in this process when Redis was emptied, within its bound', async () => {
    const cache = new RedisScoreCache(redis, 1000);
    await cache.keepScore({ hash: 'old', bytes: Buffer.alloc(600) }, 60);
    await cache.keepScore({ hash: 'new', bytes: Buffer.alloc(600) }, 60);
    await redis.flushall();
    expect(await cache.score('new')).toBeDefined();
    expect(await cache.score('old')).toBeUndefined();
  });
});
