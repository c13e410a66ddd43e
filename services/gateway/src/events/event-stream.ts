import { once } from 'node:events';
import type { Response } from 'express';
import type { JobEventView } from '../jobs/job.schemas';

/** What a browser waits before it connects again after a drop. */
const RECONNECT_MS = 1000;

/**
 * Writes events as Server-Sent Events, with comments as signs of life; ends after the last, or when `signal` aborts.
 * A client that has taken nothing from one sign of life to the next, while something was there to take, is cut off.
 */
export async function sendEventStream(
  response: Response,
  events: AsyncIterable<JobEventView>,
  heartbeatMs: number,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${RECONNECT_MS}\n\n`);
  let takenBefore = -1;
  const heartbeat = setInterval(() => {
    const waiting = response.writableLength;
    const taken = (response.socket?.bytesWritten ?? 0) - waiting;
    if (waiting > 0 && taken === takenBefore) response.destroy();
    else response.write(': alive\n\n');
    takenBefore = taken;
  }, heartbeatMs);
  try {
    for await (const event of events) {
      if (!response.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`))
        await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
  response.end();
}
