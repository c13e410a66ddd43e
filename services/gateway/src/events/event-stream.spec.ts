import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import type { JobEventView } from '../jobs/job.schemas';
import { sendEventStream } from './event-stream';

const HEARTBEAT_MS = 1_000;

/** A response whose client has taken `taken` of what was written. */
class PausedResponse extends EventEmitter {
  written = 0;
  taken = 0;
  destroyed = false;
  readonly socket = this;

  get writableLength(): number {
    return this.written - this.taken;
  }

  get bytesWritten(): number {
    return this.written;
  }

  writeHead(): void {}

  write(text: string): boolean {
    this.written += text.length;
    return false;
  }

  destroy(): void {
    this.destroyed = true;
  }

  end(): void {}
}

async function* oneEvent(signal: AbortSignal): AsyncGenerator<JobEventView> {
  yield { seq: 1, detail: 'x'.repeat(10_000) } as JobEventView;
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

describe('sendEventStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function start(): { response: PausedResponse; stop(): Promise<void> } {
    const response = new PausedResponse();
    const stopped = new AbortController();
    const sending = sendEventStream(
      response as unknown as Response,
      oneEvent(stopped.signal),
      HEARTBEAT_MS,
      stopped.signal,
    );
    return {
      response,
      stop: () => {
        stopped.abort();
        return sending;
      },
    };
  }

  it('cuts off a client that takes nothing from one sign of life to the next', async () => {
    const { response, stop } = start();
    await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
    expect(response.destroyed).toBe(false);
    await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
    expect(response.destroyed).toBe(true);
    await stop();
  });

  it('keeps a client that takes a little each time, and one that has taken all', async () => {
    const { response, stop } = start();
    for (let beat = 0; beat < 20; beat++) {
      response.taken += 100;
      await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
    }
    response.taken = response.written;
    response.emit('drain');
    for (let beat = 0; beat < 5; beat++) {
      await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
      response.taken = response.written;
    }
    expect(response.destroyed).toBe(false);
    await stop();
  });
});
