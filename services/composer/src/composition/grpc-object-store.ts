import type { ObjectServiceController, PutObjectRequest } from '@beatbot/contracts/storage/v1/objects';
import { type CallContext, DomainError, type GrpcClient } from '@beatbot/service-kit';
import type { NewObject, ObjectStore } from './object-store';

const CHUNK_BYTES = 64 * 1024;

/** The storage service's objects. */
export class GrpcObjectStore implements ObjectStore {
  constructor(private readonly objects: GrpcClient<ObjectServiceController>) {}

  async put(object: NewObject, context: CallContext): Promise<void> {
    await this.objects.putObject(parts(object), { context });
  }

  async get(key: string, maxBytes: number, context: CallContext): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const { chunk } of this.objects.getObject({ key, offset: 0, length: 0 }, { context })) {
      if (!chunk) continue;
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > maxBytes)
        throw new DomainError('RESOURCE_EXHAUSTED', `object ${key} is larger than ${maxBytes} bytes`);
    }
    return Buffer.concat(chunks);
  }
}

async function* parts({ key, contentType, bytes, sha256 }: NewObject): AsyncGenerator<PutObjectRequest> {
  yield { header: { key, contentType, size: bytes.byteLength, sha256 } };
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
    yield { chunk: Buffer.from(bytes.subarray(start, start + CHUNK_BYTES)) };
  }
}
