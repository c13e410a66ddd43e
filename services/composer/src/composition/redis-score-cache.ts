import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { ScoreBytes } from '../workshop/tasks';
import type { ScoreCache } from './score-cache';

const PREFIX = 'beatbot:composer';
/** Most results kept in this process; each has a few kilobytes. */
const MAX_RESULTS = 1000;

/** Redis, with an LRU of this process before it. Where Redis is away it throws. */
export class RedisScoreCache implements ScoreCache {
  private readonly scores: LRUCache<string, Uint8Array>;
  private readonly results = new LRUCache<string, string>({ max: MAX_RESULTS });

  constructor(
    private readonly redis: Redis,
    memoryBytes: number,
  ) {
    this.scores = new LRUCache({ maxSize: memoryBytes, sizeCalculation: (bytes) => bytes.byteLength || 1 });
  }

  async score(hash: string): Promise<Uint8Array | undefined> {
    const here = this.scores.get(hash);
    if (here) return here;
    const found = await this.redis.getBuffer(`${PREFIX}:score:${hash}`);
    if (found) this.scores.set(hash, found);
    return found ?? undefined;
  }

  async keepScore({ hash, bytes }: ScoreBytes, seconds: number): Promise<void> {
    this.scores.set(hash, bytes);
    await this.redis.set(`${PREFIX}:score:${hash}`, Buffer.from(bytes), 'EX', seconds);
  }

  async result<T>(key: string): Promise<T | undefined> {
    const text = this.results.get(key) ?? (await this.redis.get(`${PREFIX}:${key}`));
    if (text === null) return undefined;
    this.results.set(key, text);
    return JSON.parse(text) as T;
  }

  async keep(key: string, value: unknown, seconds: number): Promise<void> {
    const text = JSON.stringify(value);
    this.results.set(key, text);
    await this.redis.set(`${PREFIX}:${key}`, text, 'EX', seconds);
  }
}
