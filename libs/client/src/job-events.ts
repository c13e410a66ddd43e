import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { isFinal, type JobEvent } from './api-types';
import { BeatbotError } from './beatbot-error';
import type { HttpTransport } from './http-transport';

export interface WatchOptions {
  /** Number of the last event already seen. Default 0. */
  after?: number;
  signal?: AbortSignal;
  /** How long the server may be away in one stretch. Default 60 s. */
  patienceMs?: number;
  /** A stream that is silent for this long counts as dropped; the server gives a sign of life every 15 s. Default 45 s. */
  silenceMs?: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3000;

/** A job's events, in order, without gaps or repeats, up to the one that ends it; dropped connections are taken up again. */
export async function* jobEvents(
  transport: HttpTransport,
  jobId: string,
  options: WatchOptions = {},
): AsyncGenerator<JobEvent> {
  const { signal, patienceMs = 60_000, silenceMs = 45_000 } = options;
  let seq = options.after ?? 0;
  let pauseMs = FIRST_PAUSE_MS;
  let patienceEnds = Date.now() + patienceMs;
  for (;;) {
    let failure: unknown;
    try {
      let ended = false;
      for await (const event of oneStream(transport, jobId, seq, silenceMs, signal)) {
        if (event === 'over') return;
        patienceEnds = Date.now() + patienceMs;
        pauseMs = FIRST_PAUSE_MS;
        if (event.seq <= seq) continue;
        seq = event.seq;
        ended = isFinal(event.state);
        yield event;
      }
      if (ended) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof BeatbotError && !error.passing) throw error;
      failure = error;
    }
    if (Date.now() > patienceEnds)
      throw failure ?? new BeatbotError(`the events of job ${jobId} end too soon`, { reason: 'UNREACHABLE' });
    await sleep(pauseMs, undefined, { signal });
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

async function* oneStream(
  transport: HttpTransport,
  jobId: string,
  after: number,
  silenceMs: number,
  signal?: AbortSignal,
): AsyncGenerator<JobEvent | 'over'> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`no sign of life for ${silenceMs / 1000} s`)), silenceMs);
  try {
    const response = await transport.request(`/v1/jobs/${encodeURIComponent(jobId)}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(after) },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
      repeatable: true,
    });
    if (response.status === 204 || !response.body) {
      yield 'over';
      return;
    }
    const alive = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        timer.refresh();
        controller.enqueue(chunk);
      },
    });
    const messages = response.body
      .pipeThrough(alive)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    for await (const { data } of messages) yield JSON.parse(data) as JobEvent;
  } finally {
    clearTimeout(timer);
  }
}
