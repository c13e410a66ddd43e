import { setTimeout as sleep } from 'node:timers/promises';
import { SuspectTurns } from './suspect-turns';

describe('SuspectTurns', () => {
  const never = new AbortController().signal;

  it('lets one try at a time, in order, also after one failed', async () => {
    const turns = new SuspectTurns();
    const seen: string[] = [];
    const work = (name: string, fails = false) =>
      turns.take(async () => {
        seen.push(`${name} begins`);
        await sleep(5);
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      }, never);
    const outcomes = await Promise.allSettled([work('one'), work('two', true), work('three')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('waits no longer once it is told to stop, and holds up nobody', async () => {
    const turns = new SuspectTurns();
    let letGo: () => void = () => undefined;
    const first = turns.take(() => new Promise<void>((resolve) => (letGo = resolve)), never);
    const stop = new AbortController();
    const second = turns.take(() => Promise.reject(new Error('it ran')), stop.signal);
    const third = turns.take(() => Promise.resolve('third'), never);
    stop.abort(new Error('stop'));
    await expect(second).rejects.toThrow('stop');
    letGo();
    await first;
    await expect(third).resolves.toBe('third');
  });
});
