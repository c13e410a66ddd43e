/** What streams of node and of tar-stream have in common. */
interface Sink {
  destroyed: boolean;
  /** False where it wants no more before its event `drain`. */
  write(chunk: Uint8Array): boolean;
  on(event: 'drain' | 'close', listener: () => void): unknown;
}

/** Writes chunks as fast as the stream takes them. @throws where the stream is closed before it has taken them all */
export async function writeAll(stream: Sink, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let wake = (): void => undefined;
  stream.on('drain', () => wake());
  stream.on('close', () => wake());
  for await (const chunk of chunks) {
    if (stream.destroyed) throw new Error('the stream is closed');
    if (stream.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (stream.destroyed) resolve();
    });
  }
  if (stream.destroyed) throw new Error('the stream is closed');
}
