import { AudioQueue } from './audio-queue';

const bytes = (value: number) => new Uint8Array([value]);

describe('AudioQueue', () => {
  it('keeps the order, and lets the writer go on once its bytes are taken', async () => {
    const queue = new AudioQueue();
    let taken = 0;
    for (const value of [1, 2, 3]) void queue.put(bytes(value)).then(() => taken++);
    const reader = queue[Symbol.asyncIterator]();
    expect((await reader.next()).value).toEqual(bytes(1));
    expect(taken).toBe(1);
    queue.close();
    expect((await reader.next()).value).toEqual(bytes(2));
    expect((await reader.next()).value).toEqual(bytes(3));
    expect((await reader.next()).done).toBe(true);
  });

  it('ends at once with an error', async () => {
    const queue = new AudioQueue();
    void queue.put(bytes(1));
    queue.close(new Error('lost'));
    queue.close();
    await expect(queue[Symbol.asyncIterator]().next()).rejects.toThrow('lost');
  });
});
