import { DomainError } from '@beatbot/service-kit';
import { type Extract, extract } from 'tar-stream';
import { badArchive } from './archive-format';
import { writeAll } from './write-all';

type Source = Extract extends AsyncIterable<infer Entry> ? Entry : never;

export interface ReadEntry {
  name: string;
  /** Bytes. */
  size: number;
  /** To be read before the next entry is asked for. */
  bytes: AsyncIterable<Uint8Array>;
}

/** The entries of an archive one after another, as the bytes come in. Names are told as they are: whoever reads decides. */
export class ArchiveReader {
  private readonly tar: Extract = extract();
  private readonly entries: AsyncIterator<Source>;
  private readonly feeding: Promise<void>;
  private failure: unknown;

  constructor(bytes: AsyncIterable<Uint8Array>, maxBytes: number) {
    this.entries = this.tar[Symbol.asyncIterator]();
    this.feeding = this.feed(bytes, maxBytes);
  }

  /** @throws DomainError INVALID_ARGUMENT for what is no tar, PAYLOAD_TOO_LARGE, or what the source of the bytes throws */
  async next(): Promise<ReadEntry | undefined> {
    const { value, done } = await this.entries.next().catch((error: unknown) => {
      throw this.reasonOf(error);
    });
    if (done) {
      await this.feeding;
      if (this.failure !== undefined) throw this.reasonOf(this.failure);
      return undefined;
    }
    const { name, size, type } = value.header;
    if (type !== 'file') throw badArchive(`${shown(name)} is a ${type}, not a file`);
    return { name, size, bytes: this.bytesOf(value) };
  }

  /** The whole of a small entry. */
  async read(entry: ReadEntry, maxBytes: number): Promise<Buffer> {
    if (entry.size > maxBytes)
      throw new DomainError(
        'PAYLOAD_TOO_LARGE',
        `${shown(entry.name)} has ${entry.size} bytes; ${maxBytes} are allowed`,
      );
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.bytes) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async close(): Promise<void> {
    this.tar.destroy(null);
    await this.feeding;
  }

  private async *bytesOf(entry: Source): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of entry) yield chunk as Uint8Array;
    } catch (error) {
      throw this.reasonOf(error);
    }
  }

  /** Never rejects: what goes wrong is told to whoever reads. */
  private async feed(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
    async function* bounded(): AsyncGenerator<Uint8Array> {
      let length = 0;
      for await (const chunk of bytes) {
        length += chunk.byteLength;
        if (length > maxBytes)
          throw new DomainError('PAYLOAD_TOO_LARGE', `the archive is longer than ${maxBytes} bytes`);
        yield chunk;
      }
    }
    try {
      await writeAll(this.tar, bounded());
      this.tar.end(null);
    } catch (error) {
      this.failure ??= error;
      this.tar.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The source's own failure, or what the tar format does not allow. */
  private reasonOf(error: unknown): unknown {
    if (this.failure instanceof DomainError) return this.failure;
    if (error instanceof DomainError) return error;
    return badArchive(error instanceof Error ? error.message : String(error), error);
  }
}

/** Names come from strangers. */
export function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
