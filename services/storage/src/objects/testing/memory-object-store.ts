import { DomainError } from '@beatbot/service-kit';
import { CheckedBytes } from '../checked-bytes';
import {
  CHUNK_BYTES,
  type Expected,
  type Location,
  type ObjectStore,
  type SignRequest,
  type Written,
} from '../object-store';

/** The fake: objects in memory. */
export class MemoryObjectStore implements ObjectStore {
  private readonly stored = new Map<Location, { bytes: Buffer; writeTime: Date }>();

  async put(location: Location, bytes: AsyncIterable<Uint8Array>, expected: Expected): Promise<Written> {
    const checked = new CheckedBytes(bytes, expected);
    const chunks: Uint8Array[] = [];
    for await (const chunk of checked) chunks.push(Buffer.from(chunk));
    const written = checked.written();
    this.stored.set(location, { bytes: Buffer.concat(chunks), writeTime: new Date() });
    return written;
  }

  async *get(location: Location, offset: number, length: number): AsyncGenerator<Uint8Array> {
    const bytes = this.stored.get(location)?.bytes;
    if (!bytes || offset + length > bytes.length) throw new DomainError('DATA_LOSS', 'the bytes of an object are gone');
    for (let at = offset; at < offset + length; at += CHUNK_BYTES) {
      yield bytes.subarray(at, Math.min(at + CHUNK_BYTES, offset + length));
    }
  }

  async stat(location: Location): Promise<{ size: number } | undefined> {
    const bytes = this.stored.get(location)?.bytes;
    return bytes && { size: bytes.length };
  }

  async delete(location: Location): Promise<void> {
    this.stored.delete(location);
  }

  async *list(): AsyncGenerator<{ location: Location; writeTime: Date }> {
    for (const [location, { writeTime }] of [...this.stored]) yield { location, writeTime };
  }

  async removeLeftovers(): Promise<number> {
    return 0;
  }

  async sign({ location, expireTime }: SignRequest): Promise<string> {
    return `memory://${location}?expires=${expireTime.toISOString()}`;
  }

  async checkWritable(): Promise<void> {}
}
