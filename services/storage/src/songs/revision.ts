import type { JsonDocument } from '../edge/json-document';

export const ASSET_KINDS = ['score', 'receipt', 'midi', 'musicxml', 'mix', 'stem', 'peaks'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** A file derived from a Score. */
export interface Asset {
  /** File name, unique in the revision. */
  name: string;
  kind: AssetKind;
  format: string;
  trackId: string;
  objectKey: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/** What a worker publishes. */
export interface NewRevision {
  /** Empty, or the job's song. */
  songId: string;
  /** 0 for none. */
  baseRevision: number;
  /** Title and style that the song takes on. */
  title: string;
  style: string;
  scoreKey: string;
  scoreHash: string;
  durationMs: number;
  /** Brief, plan, receipt, edits, trackHashes, sectionHashes. */
  content: JsonDocument;
  assets: Asset[];
}

/** One immutable version of a song. */
export interface Revision extends NewRevision {
  /** 1, 2, 3, ... */
  number: number;
  jobId: string;
  createTime: Date;
}
