import { CallContext } from '@beatbot/service-kit';

/** Nest token of the {@link ObjectStore}. */
export const OBJECT_STORE = Symbol('ObjectStore');

/** What is known of a stored object. */
export interface StoredObject {
  key: string;
  size: number;
  /** SHA-256 in hexadecimal. */
  sha256: string;
  contentType: string;
}

/** A file to be stored under a key. */
export interface NewObject {
  key: string;
  contentType: string;
  bytes: Uint8Array;
  /** SHA-256 in hexadecimal, checked by the store. */
  sha256: string;
}

/** Who asks, and until when; a signal that ends it sooner. */
export interface StoreCall {
  context: CallContext;
  signal?: AbortSignal;
}

/** Immutable objects by key, apart for each owner. */
export interface ObjectStore {
  /** Undefined where there is none. */
  stat(key: string, call: StoreCall): Promise<StoredObject | undefined>;
  /** All bytes; undefined where there is no such object. @throws DomainError OUT_OF_RANGE for more than `maxBytes` */
  get(key: string, maxBytes: number, call: StoreCall): Promise<Uint8Array | undefined>;
  /** Stores a file; the same bytes once more are fine. @throws DomainError ALREADY_EXISTS for other bytes under a used key */
  put(object: NewObject, call: StoreCall): Promise<StoredObject>;
}
