import { createHash } from 'node:crypto';
import { ComposeResult } from '@beatbot/contracts/composer/v1/composer';
import { Edit } from '@beatbot/contracts/music/v1/edit';
import { Receipt } from '@beatbot/contracts/music/v1/receipt';
import { Asset, AssetKind, Revision } from '@beatbot/contracts/music/v1/song';
import { RenderAssetsResult } from '@beatbot/contracts/renderer/v1/renderer';
import { receiptFromMessage } from '@beatbot/contracts';
import { present } from '../jobs/present';

/** The receipt with what the notes and what the sound measured. */
export function completeReceipt(composed: ComposeResult, rendered: RenderAssetsResult): Receipt {
  const receipt = present(composed.receipt, 'receipt');
  return {
    ...receipt,
    demands: [...receipt.demands, ...rendered.demands],
    measures: [...receipt.measures, ...rendered.measures],
  };
}

/** The receipt as a file: JSON, the asset that names it, and its object. */
export function receiptFile(receipt: Receipt): { asset: Asset; bytes: Buffer } {
  const bytes = Buffer.from(`${JSON.stringify(receiptFromMessage(receipt), null, 2)}\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const asset: Asset = {
    name: 'receipt.json',
    kind: AssetKind.ASSET_KIND_RECEIPT,
    format: 'json',
    trackId: '',
    objectKey: `receipts/${sha256}.json`,
    contentType: 'application/json',
    size: bytes.length,
    sha256,
  };
  return { asset, bytes };
}

export interface RevisionParts {
  jobId: string;
  songId: string;
  /** 0 for a new song. */
  baseRevision: number;
  edits: Edit[];
  composed: ComposeResult;
  rendered: RenderAssetsResult;
  receipt: Receipt;
  receiptAsset: Asset;
}

/** The revision to publish; storage gives it its number and time. */
export function assembleRevision(parts: RevisionParts): Revision {
  const { jobId, songId, baseRevision, edits, composed, rendered, receipt, receiptAsset } = parts;
  return {
    songId,
    number: 0,
    baseRevision,
    jobId,
    scoreKey: composed.scoreKey,
    scoreHash: composed.scoreHash,
    brief: present(composed.brief, 'brief'),
    plan: present(composed.plan, 'plan'),
    receipt,
    edits,
    trackHashes: composed.trackHashes,
    sectionHashes: composed.sectionHashes,
    durationMs: composed.durationMs,
    assets: [...composed.assets, ...rendered.assets, receiptAsset],
    createTime: undefined,
  };
}
