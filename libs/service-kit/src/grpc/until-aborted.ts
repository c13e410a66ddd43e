/**
 * Iterates until `signal` aborts, even while the next item is awaited; then throws the signal's reason.
 * The source is told by `return()`, whether the loop ends early or the signal aborts.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  aborted.catch(() => undefined);
  let finished = false;
  try {
    for (;;) {
      const next = iterator.next();
      // A source that fails after the abort has nobody left to tell.
      next.catch(() => undefined);
      const result = await Promise.race([next, aborted]);
      if (result.done) {
        finished = true;
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not awaited: a generator that hangs in an await cannot return before it wakes.
    if (!finished) iterator.return?.(undefined).then(undefined, () => undefined);
  }
}
