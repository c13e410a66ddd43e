import { createHash } from 'node:crypto';
import { DomainError } from '@beatbot/service-kit';
import { NewObject, ObjectStore, StoreCall, StoredObject } from './object-store';

/** Objects in memory, for tests; behaves as storage does. */
export class FakeObjectStore implements ObjectStore {
  private readonly objects = new Map<string, { object: StoredObject; bytes: Uint8Array }>();
  /** Keys in the order in which they were stored, repeats included. */
  readonly puts: string[] = [];
  /** Set to refuse objects, as a store that is away does. */
  refuse: (key: string) => DomainError | undefined = () => undefined;

  async stat(key: string, call: StoreCall): Promise<StoredObject | undefined> {
    return this.find(key, call)?.object;
  }

  async get(key: string, maxBytes: number, call: StoreCall): Promise<Uint8Array | undefined> {
    const found = this.find(key, call);
    if (found && found.object.size > maxBytes)
      throw new DomainError(
        'OUT_OF_RANGE',
        `object ${key} has ${found.object.size} bytes: at most ${maxBytes} are taken`,
      );
    return found?.bytes.slice();
  }

  async put({ key, contentType, bytes, sha256 }: NewObject, call: StoreCall): Promise<StoredObject> {
    call.signal?.throwIfAborted();
    const refusal = this.refuse(key);
    if (refusal) throw refusal;
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new DomainError('CHECKSUM_MISMATCH', `object ${key} has another checksum`);
    const existing = this.find(key, call);
    if (existing && existing.object.sha256 !== sha256)
      throw new DomainError('ALREADY_EXISTS', `object ${key} exists with other bytes`);
    const object = { key, contentType, size: bytes.length, sha256 };
    this.objects.set(this.place(key, call), { object, bytes: bytes.slice() });
    this.puts.push(key);
    return object;
  }

  delete(key: string, owner: string): void {
    this.objects.delete(`${owner} ${key}`);
  }

  private find(key: string, call: StoreCall): { object: StoredObject; bytes: Uint8Array } | undefined {
    call.signal?.throwIfAborted();
    return this.objects.get(this.place(key, call));
  }

  private place(key: string, { context }: StoreCall): string {
    return `${context.owner} ${key}`;
  }
}
