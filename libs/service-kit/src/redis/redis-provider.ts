import { Logger, type FactoryProvider, type InjectionToken } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { CONFIG, type RedisConfig } from '../config/environment';
import { Readiness } from '../health/readiness';
import { Lifecycle } from '../lifecycle/lifecycle';

/** A command fails rather than hang: after two reconnections, or after this time on a Redis that does not answer. */
const COMMAND_TIMEOUT_MS = 5000;
const MAX_RETRIES_PER_REQUEST = 2;
const MAX_RECONNECT_DELAY_MS = 1000;

/** An ioredis client that reconnects for ever, fails its commands soon, and logs each loss once. */
export function createRedis(url: string, options: RedisOptions = {}): Redis {
  const log = new Logger('redis');
  const client = new Redis(url, {
    maxRetriesPerRequest: MAX_RETRIES_PER_REQUEST,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS),
    ...options,
  });
  let lost = false;
  client.on('error', (error) => {
    if (!lost) log.warn(`Redis is away: ${error.message}`);
    lost = true;
  });
  client.on('ready', () => {
    if (lost) log.log('Redis is back');
    lost = false;
  });
  return client;
}

/**
 * Provides a Redis client of REDIS_URL under `token`; part of readiness as `redis`, closed at the stop.
 * For blocking commands (XREAD BLOCK) provide a second one with `{ commandTimeout: undefined, maxRetriesPerRequest: null }`.
 */
export function redisProvider(token: InjectionToken = Redis, options: RedisOptions = {}): FactoryProvider<Redis> {
  return {
    provide: token,
    inject: [CONFIG, Readiness, Lifecycle],
    useFactory: (config: RedisConfig, readiness: Readiness, lifecycle: Lifecycle) => {
      const client = createRedis(config.REDIS_URL, options);
      readiness.addCheck('redis', async () => {
        await client.ping();
      });
      lifecycle.closeClient('redis', async () => {
        // A Redis that is away would not answer QUIT.
        if (client.status === 'ready') await client.quit();
        else client.disconnect();
      });
      return client;
    },
  };
}
