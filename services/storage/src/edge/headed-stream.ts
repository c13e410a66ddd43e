import { invalidArgument } from '@beatbot/service-kit';

const MAX_CHUNK = 1024 * 1024;

interface Part<Header> {
  header?: Header | undefined;
  chunk?: Uint8Array | undefined;
}

/**
 * Reads a client's stream of a header and chunks, and leaves it when `use` has ended.
 * @throws DomainError INVALID_ARGUMENT where it does not begin with a header; what `use` throws
 */
export async function headedStream<Header, Result>(
  parts: AsyncIterable<Part<Header>>,
  use: (header: Header, chunks: AsyncGenerator<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const iterator = parts[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    const header = first.done ? undefined : first.value.header;
    if (!header) throw invalidArgument('header', null, 'a header as the first message');
    return await use(header, chunksOf(iterator));
  } finally {
    await iterator.return?.();
  }
}

/** The chunks of a client's stream after its header. @throws DomainError INVALID_ARGUMENT for anything else, or longer than 1 MiB */
async function* chunksOf(parts: AsyncIterator<Part<unknown>>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const part = await parts.next();
    if (part.done) return;
    const { chunk } = part.value;
    if (chunk === undefined) throw invalidArgument('part', null, 'chunks only, after the header');
    if (chunk.length > MAX_CHUNK) throw invalidArgument('chunk', `${chunk.length} bytes`, `at most ${MAX_CHUNK} bytes`);
    yield chunk;
  }
}
