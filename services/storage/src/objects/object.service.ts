import { CONFIG, DomainError } from '@beatbot/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config';
import { CheckedBytes } from './checked-bytes';
import { newLocation } from './location';
import { ObjectCatalogue } from './object-catalogue';
import { OBJECT_STORE, type ObjectStore, type Written } from './object-store';
import type { StoredObject } from './stored-object';

export interface NewObject {
  owner: string;
  key: string;
  contentType: string;
  size?: number;
  sha256?: string;
}

export interface OpenObject {
  object: StoredObject;
  bytes: AsyncIterable<Uint8Array>;
}

/** Immutable objects: the catalogue says which exist, the store keeps their bytes. */
@Injectable()
export class ObjectService {
  private readonly log = new Logger('objects');

  constructor(
    private readonly catalogue: ObjectCatalogue,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Stores an object. The same bytes under a used key are fine: the object that exists is answered.
   * @throws DomainError ALREADY_EXISTS for other bytes under a used key, and what {@link ObjectStore.put} throws
   */
  async put(wanted: NewObject, bytes: AsyncIterable<Uint8Array>): Promise<StoredObject> {
    const { owner, key, contentType, size, sha256 } = wanted;
    const expected = { size, sha256, maxBytes: this.config.OBJECT_MAX_BYTES };
    const existing = await this.catalogue.find(owner, key);
    if (existing) {
      const checked = new CheckedBytes(bytes, expected);
      for await (const _chunk of checked);
      return same(existing, checked.written());
    }
    const location = newLocation(owner);
    const written = await this.store.put(location, bytes, expected);
    let added: StoredObject;
    try {
      added = await this.catalogue.add({ owner, key, location, contentType, ...written });
    } catch (error) {
      // Whether the row was written is not known when the connection broke: the sweeper looks later.
      this.log.warn(`bytes at ${location} have no row for now: ${String(error)}`);
      throw error;
    }
    if (added.location !== location) await this.store.delete(location);
    return same(added, written);
  }

  /** @throws DomainError NOT_FOUND */
  async stat(owner: string, key: string): Promise<StoredObject> {
    const object = await this.catalogue.find(owner, key);
    if (!object) throw new DomainError('NOT_FOUND', `object ${key} does not exist`, { metadata: { key } });
    return object;
  }

  /**
   * Opens an object, or `length` bytes of it from `offset` on; to the end where `length` is 0 or too large.
   * @throws DomainError NOT_FOUND, RANGE_NOT_SATISFIABLE
   */
  async open(owner: string, key: string, offset: number, length: number): Promise<OpenObject> {
    const object = await this.stat(owner, key);
    if (offset > object.size || (offset === object.size && offset > 0)) {
      throw new DomainError(
        'RANGE_NOT_SATISFIABLE',
        `object ${key} has ${object.size} bytes; there is no byte ${offset}`,
        {
          fields: [{ field: 'offset', value: offset, allowed: `below ${object.size}` }],
        },
      );
    }
    const rest = object.size - offset;
    return { object, bytes: this.store.get(object.location, offset, length === 0 ? rest : Math.min(length, rest)) };
  }

  async sign(owner: string, key: string, fileName: string, expireTime: Date): Promise<string> {
    const { location, contentType } = await this.stat(owner, key);
    return this.store.sign({ owner, key, location, contentType, fileName, expireTime });
  }
}

function same(object: StoredObject, written: Written): StoredObject {
  if (object.size === written.size && object.sha256 === written.sha256) return object;
  throw new DomainError('ALREADY_EXISTS', `object ${object.key} exists with other bytes (SHA-256 ${object.sha256})`, {
    metadata: { key: object.key, sha256: object.sha256 },
  });
}
