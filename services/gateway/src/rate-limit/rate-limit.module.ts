import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { CONFIG, createRedis, Lifecycle } from '@beatbot/service-kit';
import type { GatewayConfig } from '../config';
import { kindOf, RateLimitGuard } from './rate-limit.guard';
import { RateLimitStorage } from './rate-limit-storage';

const MINUTE_MS = 60_000;

/** A request does not wait long to be counted. */
const REDIS_OPTIONS = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 300 };

@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [CONFIG, Lifecycle],
      useFactory: (config: GatewayConfig, lifecycle: Lifecycle) => {
        const redis = createRedis(config.REDIS_URL, REDIS_OPTIONS);
        lifecycle.closeClient('redis', () => redis.disconnect());
        return {
          throttlers: [
            {
              ttl: MINUTE_MS,
              limit: (context) =>
                kindOf(context) === 'reads' ? config.RATE_LIMIT_READS_PER_MINUTE : config.RATE_LIMIT_WRITES_PER_MINUTE,
            },
          ],
          storage: new RateLimitStorage(redis),
        };
      },
    }),
  ],
  providers: [{ provide: APP_GUARD, useClass: RateLimitGuard }],
})
export class RateLimitModule {}
