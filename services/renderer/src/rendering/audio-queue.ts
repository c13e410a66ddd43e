/** Hands bytes from a job to a reader; who puts waits until the reader has taken. */
export class AudioQueue implements AsyncIterable<Uint8Array> {
  private readonly waiting: { bytes: Uint8Array; taken: () => void }[] = [];
  private ended: { error?: unknown } | undefined;
  private wake: () => void = () => undefined;

  put(bytes: Uint8Array): Promise<void> {
    return new Promise((taken) => {
      this.waiting.push({ bytes, taken });
      this.wake();
    });
  }

  /** Ends the reading: at once with an error, else once all is read. The first call counts. */
  close(error?: unknown): void {
    this.ended ??= { error };
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.ended?.error !== undefined) throw this.ended.error;
      const next = this.waiting.shift();
      if (next) {
        next.taken();
        yield next.bytes;
      } else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
