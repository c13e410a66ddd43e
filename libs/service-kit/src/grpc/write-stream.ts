import { once } from 'node:events';

interface Sink extends NodeJS.EventEmitter {
  write(message: unknown): boolean;
}

/** Writes every message, waiting for `drain` where the other side is slower. Throws what the source throws, or the signal's reason. */
export async function writeStream(sink: Sink, messages: AsyncIterable<unknown>, signal: AbortSignal): Promise<void> {
  for await (const message of messages) {
    signal.throwIfAborted();
    if (!sink.write(message)) await drained(sink, signal);
  }
}

async function drained(sink: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  try {
    await once(sink, 'drain', { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
