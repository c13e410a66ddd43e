/** Items that wait for one reader; beyond `capacity` the oldest are dropped. */
export class Inbox<T> {
  private readonly items: T[] = [];
  private wake?: () => void;

  constructor(private readonly capacity: number) {}

  put(item: T): void {
    this.items.push(item);
    if (this.items.length > this.capacity) this.items.shift();
    this.wake?.();
  }

  /** The next item; undefined where none comes within `waitMs` or before `signal` aborts. */
  async take(waitMs: number, signal: AbortSignal): Promise<T | undefined> {
    if (this.items.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          this.wake = undefined;
          resolve();
        };
        const timer = setTimeout(done, waitMs);
        signal.addEventListener('abort', done, { once: true });
        this.wake = done;
      });
    }
    return signal.aborted ? undefined : this.items.shift();
  }
}
