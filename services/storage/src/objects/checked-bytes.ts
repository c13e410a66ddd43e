import { createHash } from 'node:crypto';
import { DomainError } from '@beatbot/service-kit';
import type { Expected, Written } from './object-store';

/** Hands bytes on while it counts and hashes them. */
export class CheckedBytes {
  private readonly hash = createHash('sha256');
  private size = 0;

  constructor(
    private readonly bytes: AsyncIterable<Uint8Array>,
    private readonly expected: Expected,
  ) {}

  /** @throws DomainError PAYLOAD_TOO_LARGE, or CHECKSUM_MISMATCH as soon as there is one byte too many */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.bytes) {
      this.size += chunk.byteLength;
      if (this.size > this.expected.maxBytes) {
        throw new DomainError('PAYLOAD_TOO_LARGE', `the object is longer than ${this.expected.maxBytes} bytes`);
      }
      if (this.expected.size !== undefined && this.size > this.expected.size) throw this.wrongSize('more');
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** To be called once all bytes have passed. @throws DomainError CHECKSUM_MISMATCH */
  written(): Written {
    const { size, expected } = this;
    if (expected.size !== undefined && size !== expected.size) throw this.wrongSize(String(size));
    const sha256 = this.hash.digest('hex');
    if (expected.sha256 !== undefined && sha256 !== expected.sha256) {
      throw new DomainError('CHECKSUM_MISMATCH', `the bytes have SHA-256 ${sha256}, not ${expected.sha256}`, {
        fields: [{ field: 'header.sha256', value: expected.sha256, allowed: sha256 }],
      });
    }
    return { size, sha256 };
  }

  private wrongSize(found: string): DomainError {
    return new DomainError('CHECKSUM_MISMATCH', `${this.expected.size} bytes were announced, ${found} came`, {
      fields: [{ field: 'header.size', value: this.expected.size, allowed: 'the number of bytes sent' }],
    });
  }
}
