import { setTimeout as sleep } from 'node:timers/promises';
import { type Report, SharedWork } from './shared-work';

const forever = new AbortController().signal;

async function all(reports: AsyncIterable<Report<number, string>>): Promise<Report<number, string>[]> {
  const found: Report<number, string>[] = [];
  for await (const report of reports) found.push(report);
  return found;
}

describe('SharedWork', () => {
  it('does equal work once, and tells every caller all of it', async () => {
    const shared = new SharedWork<number, string>();
    let runs = 0;
    const work = async (report: (progress: number) => void): Promise<string> => {
      runs += 1;
      report(1);
      await sleep(20);
      report(2);
      return 'done';
    };
    const early = all(shared.join('a', forever, work));
    await sleep(10);
    const late = all(shared.join('a', forever, work));
    const expected = [{ progress: 1 }, { progress: 2 }, { result: 'done' }];
    expect(await early).toEqual(expected);
    expect(await late).toEqual(expected);
    expect(runs).toBe(1);
    expect(shared.size).toBe(0);
  });

  it('does it anew once it is done', async () => {
    const shared = new SharedWork<number, string>();
    let runs = 0;
    const work = () => Promise.resolve(`run ${(runs += 1)}`);
    await all(shared.join('a', forever, work));
    expect(await all(shared.join('a', forever, work))).toEqual([{ result: 'run 2' }]);
  });

  it('fails for every caller', async () => {
    const shared = new SharedWork<number, string>();
    const work = async (): Promise<string> => {
      await sleep(10);
      throw new RangeError('no');
    };
    const results = await Promise.allSettled([
      all(shared.join('a', forever, work)),
      all(shared.join('a', forever, work)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('goes on while one caller stays, and is aborted when the last has gone', async () => {
    const shared = new SharedWork<number, string>();
    let aborted = false;
    const work = async (_report: (progress: number) => void, signal: AbortSignal): Promise<string> => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = true;
      return '';
    };
    const first = new AbortController();
    const second = new AbortController();
    const callers = Promise.allSettled([
      all(shared.join('a', first.signal, work)),
      all(shared.join('a', second.signal, work)),
    ]);
    await sleep(5);
    first.abort(new RangeError('gone'));
    await sleep(5);
    expect(aborted).toBe(false);
    second.abort(new RangeError('gone'));
    const [one] = await callers;
    expect(one).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
    expect(aborted).toBe(true);
    expect(shared.size).toBe(0);
  });
});
