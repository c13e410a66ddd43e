import { expect as jestExpect } from '@jest/globals';
import { deltaChannelHistoryTests, validate } from '@langchain/langgraph-checkpoint-validation';
import { Redis } from 'ioredis';
import { type RunningRedis, startRedis } from '@beatbot/local-stack';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisCheckpointSaver } from '../src';

// The suite is written for vitest, whose soft expectations go on after a failure; jest's fail at once.
for (const expectation of [expect, jestExpect]) Object.assign(expectation, { soft: expectation });

let server: RunningRedis;
let redis: Redis;
let dataDir: string;

const initializer = {
  checkpointerName: 'RedisCheckpointSaver',
  beforeAllTimeout: 30_000,
  async beforeAll() {
    dataDir = mkdtempSync(join(tmpdir(), 'beatbot-'));
    server = await startRedis({ dataDir });
    redis = new Redis(server.url);
  },
  async afterAll() {
    redis.disconnect();
    await server.stop();
    rmSync(dataDir, { recursive: true });
  },
  async createCheckpointer() {
    await redis.flushall();
    return new RedisCheckpointSaver(redis);
  },
};

validate(initializer);
describe('with delta channels', () => deltaChannelHistoryTests(initializer));
