/** What is known of bytes that were written. */
export interface Written {
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/** What the bytes must be, where known. */
export interface Expected {
  size?: number;
  sha256?: string;
  /** Most bytes taken. */
  maxBytes: number;
}

export interface SignRequest {
  owner: string;
  key: string;
  location: string;
  contentType: string;
  /** Under which a browser saves it; empty for the key's last part. */
  fileName: string;
  expireTime: Date;
}

/** A place of an object: `<owner's folder>/<id>`, made by {@link newLocation}. */
export type Location = string;

/** Bytes of a chunk that `get` yields, at most. */
export const CHUNK_BYTES = 64 * 1024;

/**
 * Where the bytes of objects lie: a file system, or S3. It knows no keys and no metadata: which objects exist, and
 * what they are, says the database. A location is written once and never again.
 */
export interface ObjectStore {
  /**
   * Writes all bytes; when it resolves they are durable and complete, when it rejects nothing is at the location.
   * @throws DomainError CHECKSUM_MISMATCH, PAYLOAD_TOO_LARGE, RESOURCE_EXHAUSTED (no space), UNAVAILABLE (cannot be
   * written to), or what `bytes` throws
   */
  put(location: Location, bytes: AsyncIterable<Uint8Array>, expected: Expected): Promise<Written>;
  /**
   * Yields `length` bytes from `offset` on, in chunks of at most {@link CHUNK_BYTES}, as fast as they are taken.
   * @throws DomainError DATA_LOSS where they are not there
   */
  get(location: Location, offset: number, length: number): AsyncIterable<Uint8Array>;
  /** Size in bytes; undefined where nothing is. */
  stat(location: Location): Promise<{ size: number } | undefined>;
  /** Nothing happens where nothing is. */
  delete(location: Location): Promise<void>;
  /** All locations with the time they were written. */
  list(): AsyncIterable<{ location: Location; writeTime: Date }>;
  /** Removes what writes that never ended left behind, where they began before `before`. */
  removeLeftovers(before: Date): Promise<number>;
  /** A URL that anyone may GET until `expireTime`. */
  sign(request: SignRequest): Promise<string>;
  /** Rejects while nothing can be written. */
  checkWritable(): Promise<void>;
}

/** Nest token of the store in use. */
export const OBJECT_STORE = Symbol('object store');
