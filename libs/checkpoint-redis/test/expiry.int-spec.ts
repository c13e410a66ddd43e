import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { Annotation, interrupt, Command, END, START, StateGraph } from '@langchain/langgraph';
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { Redis } from 'ioredis';
import { RedisCheckpointSaver } from '../src';

let server: RunningRedis;
let redis: Redis;
const dataDir = temporaryFolder('checkpoints');

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

const metadata = { source: 'loop' as const, step: 1, parents: {} };

async function put(saver: RedisCheckpointSaver, thread: string, values: Record<string, unknown> = {}): Promise<void> {
  const checkpoint = {
    ...emptyCheckpoint(),
    channel_values: values,
    channel_versions: Object.fromEntries(Object.keys(values).map((key) => [key, 1])),
  };
  const config = await saver.put(
    { configurable: { thread_id: thread } },
    checkpoint,
    metadata,
    checkpoint.channel_versions,
  );
  await saver.putWrites(config, [['channel', 'value']], 'task');
}

async function threads(saver: RedisCheckpointSaver): Promise<string[]> {
  const found: string[] = [];
  for await (const { config } of saver.list({})) found.push(String(config.configurable?.thread_id));
  return found;
}

describe('expiry', () => {
  it('is set on every key', async () => {
    const saver = new RedisCheckpointSaver(redis, { ttlSeconds: 100 });
    await put(saver, 'a', { notes: [1, 2, 3] });
    const keys = await redis.keys('*');
    expect(keys.length).toBe(3);
    for (const key of keys) {
      expect(await redis.ttl(key)).toBeGreaterThan(90);
      expect(await redis.ttl(key)).toBeLessThanOrEqual(100);
    }
  });

  it('takes a whole thread, some time after its last write, and no other', async () => {
    const saver = new RedisCheckpointSaver(redis, { ttlSeconds: 1 });
    await put(saver, 'old', { notes: [1] });
    await put(saver, 'kept', { notes: [1] });
    await sleep(600);
    await put(saver, 'kept', { notes: [2] });
    await sleep(600);
    expect(await saver.getTuple({ configurable: { thread_id: 'old' } })).toBeUndefined();
    expect(await threads(saver)).toEqual(['kept', 'kept']);
    await sleep(1100);
    expect(await redis.keys('*')).toEqual([]);
  });

  it('leaves nothing behind in the list of threads', async () => {
    const saver = new RedisCheckpointSaver(redis, { ttlSeconds: 1 });
    await put(saver, 'old');
    await sleep(1100);
    await put(saver, 'new');
    expect(await redis.zrange('checkpoint:threads', 0, -1)).toEqual(['new']);
  });
});

describe('deleteThread', () => {
  it('takes the thread with all namespaces and writes, and no other', async () => {
    const saver = new RedisCheckpointSaver(redis);
    await put(saver, 'a');
    await put(saver, 'ab');
    await saver.put({ configurable: { thread_id: 'a', checkpoint_ns: 'child' } }, emptyCheckpoint(), metadata, {});
    await saver.deleteThread('a');
    expect(await threads(saver)).toEqual(['ab']);
    expect((await redis.keys('*')).sort()).toEqual([
      'checkpoint:threads',
      'checkpoint:{ab}:data',
      'checkpoint:{ab}:index',
    ]);
  });
});

describe('a graph', () => {
  const State = Annotation.Root({
    steps: Annotation<string[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
  });
  const graph = (saver: RedisCheckpointSaver) =>
    new StateGraph(State)
      .addNode('first', () => ({ steps: ['first'] }))
      .addNode('ask', () => ({ steps: [`answer ${interrupt('go on?')}`] }))
      .addEdge(START, 'first')
      .addEdge('first', 'ask')
      .addEdge('ask', END)
      .compile({ checkpointer: saver });

  it('is continued by another process where it was interrupted', async () => {
    const config = { configurable: { thread_id: 'song' } };
    await graph(new RedisCheckpointSaver(redis)).invoke({ steps: [] }, config);
    const other = new Redis(server.url);
    const result = await graph(new RedisCheckpointSaver(other)).invoke(new Command({ resume: 'yes' }), config);
    other.disconnect();
    expect(result.steps).toEqual(['first', 'answer yes']);
  });

  it('that is forked keeps both branches apart', async () => {
    const saver = new RedisCheckpointSaver(redis);
    const config = { configurable: { thread_id: 'song' } };
    const compiled = graph(saver);
    await compiled.invoke({ steps: [] }, config);
    const fork = (await compiled.getState(config)).config;
    const left = await compiled.updateState(fork, { steps: ['left'] }, 'ask');
    const right = await compiled.updateState(fork, { steps: ['right'] }, 'ask');
    const stepsAt = async (at: typeof left): Promise<unknown> => (await compiled.getState(at)).values;
    expect(await stepsAt(left)).toEqual({ steps: ['first', 'left'] });
    expect(await stepsAt(right)).toEqual({ steps: ['first', 'right'] });
  });

  it('is whole again at the first checkpoint after Redis was emptied in the middle', async () => {
    const All = Annotation.Root({ early: Annotation<string>(), late: Annotation<string>() });
    const steps = new StateGraph(All)
      .addNode('first', () => ({ early: 'kept' }))
      .addNode('flush', async () => {
        await redis.flushall();
        return { late: 'new' };
      })
      .addNode('stop', () => ({ late: interrupt('?') as string }))
      .addEdge(START, 'first')
      .addEdge('first', 'flush')
      .addEdge('flush', 'stop')
      .addEdge('stop', END)
      .compile({ checkpointer: new RedisCheckpointSaver(redis) });
    const config = { configurable: { thread_id: 'song' }, durability: 'sync' as const };
    await steps.invoke({}, config);
    expect((await steps.getState(config)).values).toEqual({ early: 'kept', late: 'new' });
    expect(await steps.invoke(new Command({ resume: 'end' }), config)).toEqual({ early: 'kept', late: 'end' });
  });

  it('begins anew when Redis was emptied', async () => {
    const config = { configurable: { thread_id: 'song' } };
    const compiled = graph(new RedisCheckpointSaver(redis));
    await compiled.invoke({ steps: [] }, config);
    await redis.flushall();
    expect((await compiled.getState(config)).values).toEqual({});
  });
});
