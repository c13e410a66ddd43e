/**
 * Lets jobs try again one at a time after a service died at work for them. One of them may have killed it, and the others
 * only been beside it: alone, who is innocent succeeds, and who is not takes none along.
 */
export class SuspectTurns {
  private last: Promise<void> = Promise.resolve();

  /** Runs `work` when it is its turn. @throws the signal's reason where it aborts before, and what `work` throws */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.last;
    let done: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (done = resolve));
    this.last = before.then(() => mine);
    try {
      await Promise.race([before, aborted(signal)]);
      signal.throwIfAborted();
      return await work();
    } finally {
      done();
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
