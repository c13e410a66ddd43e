import { LatestValue } from './latest-value';

describe('LatestValue', () => {
  it('gives a slow reader the newest value, and the last one before the end', async () => {
    const latest = new LatestValue<number>();
    const read: number[] = [];
    latest.set(1);
    latest.set(2);
    const reading = (async () => {
      for await (const value of latest) {
        read.push(value);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    latest.set(3);
    latest.set(4);
    latest.close();
    await reading;
    expect(read).toEqual([2, 4]);
  });
});
