import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import {
  baseEnvironment,
  readEnvironment,
  Readiness,
  redisEnvironment,
  redisProvider,
  runService,
  toDomainError,
} from '../src';

@Module({ providers: [redisProvider()] })
class AppModule {}

const dataDir = temporaryFolder('kit');
let server: RunningRedis;

beforeAll(async () => {
  server = await startRedis({ dataDir });
});
afterAll(() => rmSync(dataDir, { recursive: true }));

it('is part of readiness, fails soon when it is away, comes back by itself and closes at the stop', async () => {
  const config = readEnvironment(baseEnvironment.extend(redisEnvironment.shape), {
    HOST: '127.0.0.1',
    GRPC_PORT: '0',
    HTTP_PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: 'silent',
    READINESS_INTERVAL_MS: '100',
    REDIS_URL: server.url,
  });
  const service = await runService({ name: 'kit', module: AppModule, config });
  const readiness = service.app.get(Readiness);
  const redis = service.app.get(Redis);
  expect((await readiness.refresh()).ready).toBe(true);

  await server.stop();
  const error: unknown = await redis.get('key').catch((thrown: unknown) => thrown);
  expect(toDomainError(error)).toMatchObject({ reason: 'UNAVAILABLE', retryAfterMs: 1000 });
  expect((await readiness.refresh()).checks.redis).not.toBe('ok');

  server = await startRedis({ dataDir, port: server.port });
  for (let waited = 0; !readiness.state().ready; waited += 1) {
    if (waited > 100) throw new Error('Redis did not come back');
    await sleep(50);
  }
  expect(await redis.set('key', 'value')).toBe('OK');
  await service.stop();
  await server.stop();
  expect(redis.status).toBe('end');
});
