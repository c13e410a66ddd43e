import { ObjectInfo, ObjectServiceController, PutObjectRequest } from '@beatbot/contracts/storage/v1/objects';
import { DomainError, GrpcClient } from '@beatbot/service-kit';
import { NewObject, ObjectStore, StoreCall, StoredObject } from './object-store';

const CHUNK_BYTES = 256 * 1024;

/** The objects of the storage service. */
export class GrpcObjectStore implements ObjectStore {
  constructor(private readonly client: GrpcClient<ObjectServiceController>) {}

  async stat(key: string, call: StoreCall): Promise<StoredObject | undefined> {
    return orUndefined(async () => toStored((await this.client.statObject({ key }, call)).object));
  }

  async get(key: string, maxBytes: number, call: StoreCall): Promise<Uint8Array | undefined> {
    return orUndefined(async () => {
      let bytes: Uint8Array | undefined;
      let at = 0;
      for await (const { header, chunk } of this.client.getObject({ key, offset: 0, length: 0 }, call)) {
        if (header) {
          if (header.size > maxBytes)
            throw new DomainError(
              'OUT_OF_RANGE',
              `object ${key} has ${header.size} bytes: at most ${maxBytes} are taken`,
            );
          bytes = new Uint8Array(header.size);
        }
        if (chunk) {
          bytes?.set(chunk, at);
          at += chunk.length;
        }
      }
      if (!bytes || at !== bytes.length) throw new DomainError('DATA_LOSS', `object ${key} ended after ${at} bytes`);
      return bytes;
    });
  }

  async put(object: NewObject, call: StoreCall): Promise<StoredObject> {
    return toStored((await this.client.putObject(parts(object), call)).object);
  }
}

async function* parts({ key, contentType, bytes, sha256 }: NewObject): AsyncGenerator<PutObjectRequest> {
  yield { header: { key, contentType, size: bytes.length, sha256 } };
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    yield { chunk: Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(CHUNK_BYTES, bytes.length - at)) };
}

async function orUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function toStored(info: ObjectInfo | undefined): StoredObject {
  if (!info) throw new DomainError('INTERNAL', 'storage answered without an object');
  const { key, size, sha256, contentType } = info;
  return { key, size, sha256, contentType };
}
