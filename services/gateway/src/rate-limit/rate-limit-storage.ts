import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import type { Redis } from 'ioredis';

type Hit = ReturnType<ThrottlerStorage['increment']>;

/** Counts requests in Redis, for all gateways together; while Redis is away, in this process alone. */
export class RateLimitStorage implements ThrottlerStorage, OnApplicationShutdown {
  private readonly log = new Logger('rate-limit');
  private readonly shared: ThrottlerStorageRedisService;
  private readonly own = new ThrottlerStorageService();
  private away = false;

  constructor(redis: Redis) {
    this.shared = new ThrottlerStorageRedisService(redis);
  }

  async increment(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): Hit {
    try {
      const hit = await this.shared.increment(key, ttl, limit, blockDuration, throttlerName);
      if (this.away) this.log.log('Redis is back: requests are counted for all gateways together');
      this.away = false;
      return hit;
    } catch (error) {
      if (!this.away) this.log.warn(`Redis is away: each gateway counts requests by itself (${String(error)})`);
      this.away = true;
      return this.own.increment(key, ttl, limit, blockDuration, throttlerName);
    }
  }

  onApplicationShutdown(): void {
    this.own.onApplicationShutdown();
  }
}
