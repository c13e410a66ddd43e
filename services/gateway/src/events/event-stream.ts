import { once } from 'node:events';
import type { Response } from 'express';
import type { JobEventView } from '../jobs/job.schemas';

/** What a browser waits before it connects again after a drop. */
const RECONNECT_MS = 1000;

/** Writes events as Server-Sent Events, with comments as signs of life; ends after the last, or when `signal` aborts. */
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
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs);
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
