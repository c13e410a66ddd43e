import type { CallContext } from '@beatbot/service-kit';

/** Nest token of the {@link ObjectStore}. */
export const OBJECT_STORE = Symbol('ObjectStore');

export interface NewObject {
  key: string;
  contentType: string;
  bytes: Uint8Array;
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: string;
}

/** Where finished scores go: immutable bytes by key, apart for each owner, who is the caller's. */
export interface ObjectStore {
  /** The same bytes under a used key are fine. */
  put(object: NewObject, context: CallContext): Promise<void>;
  /** @throws DomainError NOT_FOUND, and RESOURCE_EXHAUSTED where the object is larger than `maxBytes` */
  get(key: string, maxBytes: number, context: CallContext): Promise<Uint8Array>;
}
