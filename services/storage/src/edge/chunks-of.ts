import { invalidArgument } from '@beatbot/service-kit';

const MAX_CHUNK = 1024 * 1024;

/** The chunks of a client's stream after its header. @throws DomainError INVALID_ARGUMENT for anything else, or longer than 1 MiB */
export async function* chunksOf(parts: AsyncIterator<{ chunk?: Uint8Array }>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const part = await parts.next();
    if (part.done) return;
    const { chunk } = part.value;
    if (chunk === undefined) throw invalidArgument('part', null, 'chunks only, after the header');
    if (chunk.length > MAX_CHUNK) throw invalidArgument('chunk', `${chunk.length} bytes`, `at most ${MAX_CHUNK} bytes`);
    yield chunk;
  }
}
