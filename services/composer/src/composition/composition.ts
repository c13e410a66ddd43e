import type { Brief, EditInput, Plan, Receipt } from '@beatbot/music';
import type { NewObject } from './object-store';

/** An agent at work: `percent` 0 to 100 of the whole call. */
export interface AgentProgress {
  agent: string;
  percent: number;
  detail: string;
}

export type AssetKind = 'score' | 'midi' | 'musicxml';

/** A file made from a Score. */
export interface ScoreAsset extends NewObject {
  /** File name, unique in the revision. */
  name: string;
  kind: AssetKind;
  format: string;
}

/** A finished Score with all that is made from it without sound. */
export interface Composition {
  brief: Brief;
  plan: Plan;
  receipt: Receipt;
  scoreHash: string;
  assets: ScoreAsset[];
  trackHashes: Record<string, string>;
  sectionHashes: Record<string, string>;
  durationMs: number;
  /** The changes that made it of another Score, in order. */
  edits: EditInput[];
}
