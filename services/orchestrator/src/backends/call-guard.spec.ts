import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@beatbot/service-kit';
import { CallGuard } from './call-guard';

describe('CallGuard', () => {
  const away = new DomainError('UNAVAILABLE', 'away');
  let calls: number;
  let states: boolean[];
  let guard: CallGuard;

  beforeEach(() => {
    calls = 0;
    states = [];
    guard = new CallGuard('renderer', (open) => states.push(open));
  });

  function call(outcome: DomainError | string): Promise<unknown> {
    return guard
      .run(async () => {
        calls++;
        if (outcome instanceof DomainError) throw outcome;
        return outcome;
      })
      .catch((error: unknown) => error);
  }

  it('holds calls back after five failures in a row, and says when to come again', async () => {
    for (let count = 0; count < 5; count++) expect(await call(away)).toBe(away);
    expect(states).toEqual([true]);
    expect(await call('fine')).toMatchObject({
      reason: 'UNAVAILABLE',
      retryAfterMs: 500,
      message: 'the renderer is away; calls to it are held back',
    });
    expect(calls).toBe(5);
  });

  it('lets one through after a pause, of however many that wait, and all once it was answered', async () => {
    for (let count = 0; count < 5; count++) await call(away);
    let outcomes: unknown[] = [];
    while (calls === 5) {
      await sleep(20);
      outcomes = await Promise.all(Array.from({ length: 100 }, () => call(away)));
    }
    expect(calls).toBe(6);
    expect(outcomes.filter((outcome) => outcome === away)).toHaveLength(1);
    while ((await call('fine')) !== 'fine') await sleep(20);
    expect(await Promise.all([call('fine'), call('fine')])).toEqual(['fine', 'fine']);
    expect(states).toEqual([true, false]);
  });

  it.each(['RESOURCE_EXHAUSTED', 'INVALID_ARGUMENT', 'NOT_FOUND', 'CANCELLED'] as const)(
    'takes %s for an answer',
    async (reason) => {
      for (let count = 0; count < 20; count++) await call(new DomainError(reason, reason));
      expect(calls).toBe(20);
      expect(states).toEqual([]);
    },
  );
});
