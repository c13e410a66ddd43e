/** Carries values from work to a reader that only wants the newest: what was not read in time is replaced. */
export class LatestValue<T> implements AsyncIterable<T> {
  private value: { current: T } | undefined;
  private closed = false;
  private wake: () => void = () => undefined;

  set(value: T): void {
    this.value = { current: value };
    this.wake();
  }

  /** Ends the reading, once the newest value is read. */
  close(): void {
    this.closed = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.value) {
        const { current } = this.value;
        this.value = undefined;
        yield current;
      } else if (this.closed) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
