import { getEventListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { RedisCheckpointSaver } from '@beatbot/checkpoint-redis';
import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import {
  type Brief,
  composeScore,
  type Fault,
  interpretPrompt,
  parseScore,
  type Plan,
  producePlan,
  scoreHash,
} from '@beatbot/music';
import { Metrics } from '@beatbot/service-kit';
import { Redis } from 'ioredis';
import type { AgentNews } from '../src/composition/candidate-graph';
import type { ScoreCache } from '../src/composition/score-cache';
import { Studio } from '../src/composition/studio';
import { Team } from '../src/composition/team';
import { Telemetry } from '../src/telemetry';
import type { Workshop } from '../src/workshop/workshop';
import { fault, InlineWorkshop } from './fakes/inline-workshop';
import { MemoryScoreCache } from './fakes/memory-score-cache';

const dataDir = temporaryFolder('team');
const telemetry = new Telemetry(new Metrics('composer'));
const never = new AbortController().signal;
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

function team(workshop: Workshop, cache: ScoreCache, maxRepairs = 3): Team {
  return new Team(new Studio(workshop, cache, telemetry, 60), maxRepairs, new RedisCheckpointSaver(redis));
}

function assignment(prompt: string, seed: number, candidates = 1): { brief: Brief; plan: Plan; candidates: number } {
  const brief = interpretPrompt(prompt, { seed });
  return { brief, plan: producePlan(brief), candidates };
}

async function hashOfChosen(cache: ScoreCache, hash: string): Promise<string> {
  return scoreHash(parseScore((await cache.score(hash)) ?? ''));
}

/** Faults that the critic finds, look by look. */
function criticWith(...looks: Fault[][]): InlineWorkshop {
  let look = 0;
  return new InlineWorkshop({ criticise: () => looks[look++] ?? [] });
}

describe('the team', () => {
  it.each([
    ['lo-fi, 8 bars', 1],
    ['jazz swing waltz, 12 bars', 2],
    ['orchestral epic, 16 bars', 3],
    ['house at 126 bpm, 16 bars', 4],
    ['ambient drone without drums, 8 bars', 5],
    ['rock in 4/4, 12 bars', 6],
  ])('makes of "%s" what composeScore makes, with the same repairs', async (prompt, seed) => {
    const cache = new MemoryScoreCache();
    const work = assignment(prompt, seed);
    const chosen = await team(new InlineWorkshop(), cache).compose('key', work, () => undefined, never);
    const pure = composeScore(work.brief, work.plan);
    expect(await hashOfChosen(cache, chosen.scoreHash)).toBe(scoreHash(pure.score));
    expect(chosen.repairs).toEqual(pure.repairs);
    expect(chosen.faults).toEqual(pure.faults);
  });

  it('sends the score back to the agent at fault and those whose work rests on it', async () => {
    const workshop = criticWith([fault('melody'), fault('rhythm')], [fault('melody')], []);
    const news: AgentNews[] = [];
    const chosen = await team(workshop, new MemoryScoreCache()).compose(
      'key',
      assignment('lo-fi, 4 bars', 1),
      (each) => news.push(each),
      never,
    );
    expect(workshop.log).toEqual([
      ...['harmony 0', 'rhythm 0', 'bass 0', 'melody 0', 'arranger 0', 'mixer 0', 'criticise'],
      ...['rhythm 1', 'bass 0', 'criticise'],
      ...['melody 1', 'criticise'],
    ]);
    expect(chosen.repairs.map(({ agent, attempt }) => [agent, attempt])).toEqual([
      ['rhythm', 1],
      ['melody', 1],
    ]);
    expect(news.map(({ detail }) => detail)).toContain('sends it back to rhythm: rhythm is wrong (bars 1)');
  });

  it('stops at the bound and keeps the version with the fewest faults', async () => {
    const two = [fault('melody', '1'), fault('melody', '2')];
    const workshop = criticWith(two, [fault('melody', '3')], two, two);
    const chosen = await team(workshop, new MemoryScoreCache(), 2).compose(
      'key',
      assignment('lo-fi, 4 bars', 1),
      () => undefined,
      never,
    );
    expect(workshop.log.filter((line) => line === 'criticise').length).toBe(3);
    expect(chosen.faults).toEqual([fault('melody', '3')]);
    expect(chosen.repairs.length).toBe(1);
  });

  it('keeps the best candidate', async () => {
    let asked = 0;
    const workshop = new InlineWorkshop({ quality: () => [0.2, 0.9, 0.5][asked++] ?? 0 });
    const chosen = await team(workshop, new MemoryScoreCache()).compose(
      'key',
      assignment('lo-fi, 4 bars', 1, 3),
      () => undefined,
      never,
    );
    expect(chosen.candidate).toBe(1);
  });

  it('hangs one listener on its signal, whatever it does, and is taken for no leak', async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on('warning', note);
    const { signal } = new AbortController();
    const work = assignment('lo-fi, 4 bars', 9, 8);
    await team(new InlineWorkshop(), new MemoryScoreCache()).compose('key', work, () => undefined, signal);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  });
});

describe('a run that was cut off', () => {
  /** Cuts the run off when the mixer of the first candidate is asked to work. */
  async function cutOff(cache: ScoreCache, work: ReturnType<typeof assignment>): Promise<InlineWorkshop> {
    const abort = new AbortController();
    const workshop = new InlineWorkshop();
    const run = team(workshop, cache).compose(
      'key',
      work,
      ({ agent }) => agent === 'mixer' && abort.abort(),
      abort.signal,
    );
    await expect(run).rejects.toThrow();
    return workshop;
  }

  it('is continued by another process from its last checkpoint', async () => {
    const cache = new MemoryScoreCache();
    const work = assignment('lo-fi, 8 bars', 5);
    await cutOff(cache, work);
    const workshop = new InlineWorkshop();
    const chosen = await team(workshop, cache).compose('key', work, () => undefined, never);
    expect(workshop.log).not.toContain('harmony 0');
    expect(workshop.log).toContain('criticise');
    expect(await hashOfChosen(cache, chosen.scoreHash)).toBe(scoreHash(composeScore(work.brief, work.plan).score));
    expect(await redis.keys('checkpoint*')).toEqual([]);
  });

  it('begins anew where the Scores it left are gone', async () => {
    const cache = new MemoryScoreCache();
    const work = assignment('lo-fi, 8 bars', 5);
    await cutOff(cache, work);
    cache.forget();
    const workshop = new InlineWorkshop();
    const chosen = await team(workshop, cache).compose('key', work, () => undefined, never);
    expect(workshop.log).toContain('harmony 0');
    expect(await hashOfChosen(cache, chosen.scoreHash)).toBe(scoreHash(composeScore(work.brief, work.plan).score));
  });

  it('begins anew where Redis was emptied', async () => {
    const cache = new MemoryScoreCache();
    const work = assignment('lo-fi, 8 bars', 5);
    await cutOff(cache, work);
    await redis.flushall();
    const workshop = new InlineWorkshop();
    const chosen = await team(workshop, cache).compose('key', work, () => undefined, never);
    expect(workshop.log[0]).toBe('harmony 0');
    expect(await hashOfChosen(cache, chosen.scoreHash)).toBe(scoreHash(composeScore(work.brief, work.plan).score));
  });
});
