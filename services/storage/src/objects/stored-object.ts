/** What is known of an object. */
export interface StoredObject {
  owner: string;
  key: string;
  /** Where the object store keeps its bytes. */
  location: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
  contentType: string;
  createTime: Date;
}
