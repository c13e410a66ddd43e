import { type CallContext, DomainError } from '@beatbot/service-kit';
import type { NewObject, ObjectStore } from '../../src/composition/object-store';

/** Objects in memory, apart for each owner, under the rules of the storage service. */
export class MemoryObjectStore implements ObjectStore {
  readonly objects = new Map<string, NewObject>();

  put(object: NewObject, context: CallContext): Promise<void> {
    const place = `${context.owner} ${object.key}`;
    const existing = this.objects.get(place);
    if (existing && existing.sha256 !== object.sha256) {
      return Promise.reject(new DomainError('ALREADY_EXISTS', `object ${object.key} exists with other bytes`));
    }
    this.objects.set(place, object);
    return Promise.resolve();
  }

  get(key: string, maxBytes: number, context: CallContext): Promise<Uint8Array> {
    const found = this.objects.get(`${context.owner} ${key}`);
    if (!found) return Promise.reject(new DomainError('NOT_FOUND', `object ${key} does not exist`));
    if (found.bytes.byteLength > maxBytes) {
      return Promise.reject(new DomainError('RESOURCE_EXHAUSTED', `object ${key} is larger than ${maxBytes} bytes`));
    }
    return Promise.resolve(found.bytes);
  }
}
