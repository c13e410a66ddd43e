import { setTimeout as sleep } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import { untilAborted } from './until-aborted';

async function* endless(): AsyncGenerator<number> {
  yield 1;
  await new Promise(() => undefined);
}

describe('untilAborted', () => {
  it('hands on every item and ends with its source', async () => {
    async function* three(): AsyncGenerator<number> {
      yield* [1, 2, 3];
    }
    const items: number[] = [];
    for await (const item of untilAborted(three(), new AbortController().signal)) items.push(item);
    expect(items).toEqual([1, 2, 3]);
  });

  it.each([
    ['a generator that hangs', () => endless()],
    [
      'a stream that is silent',
      () => {
        const stream = new PassThrough({ objectMode: true });
        stream.write(1);
        return stream as AsyncIterable<number>;
      },
    ],
  ])('leaves %s when aborted, with the reason', async (_name, source) => {
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _ of untilAborted(source(), controller.signal))
        void sleep(20).then(() => controller.abort(new RangeError('enough')));
    })();
    await expect(reading).rejects.toThrow('enough');
  });

  it('tells its source when the loop is left', async () => {
    let returned = false;
    async function* source(): AsyncGenerator<number> {
      try {
        yield* [1, 2, 3];
      } finally {
        returned = true;
      }
    }
    for await (const item of untilAborted(source(), new AbortController().signal)) if (item === 2) break;
    await sleep(5);
    expect(returned).toBe(true);
  });
});
