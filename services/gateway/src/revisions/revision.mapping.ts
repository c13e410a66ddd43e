import { briefFromMessage, enumNames, planFromMessage, receiptFromMessage } from '@beatbot/contracts';
import type { RevisionRequest } from '@beatbot/contracts/music/v1/job';
import { type Asset, AssetKind, type Revision } from '@beatbot/contracts/music/v1/song';
import { timestampText } from '../validation/timestamp';
import { editToMessage, editView } from './edit.mapping';
import { ASSET_KINDS, type AssetView, type CreateRevision, type RevisionView } from './revision.schemas';

const assetKindNames = enumNames<AssetView['kind'], AssetKind>('ASSET_KIND', ASSET_KINDS);

export function revisionRequestToMessage(songId: string, change: CreateRevision): RevisionRequest {
  return {
    songId,
    baseRevision: change.baseRevision ?? 0,
    edits: (change.edits ?? []).map(editToMessage),
    instruction: change.instruction ?? '',
    formats: change.formats ?? [],
    stemFormat: change.stemFormat ?? '',
  };
}

export function revisionPath(songId: string, number: number): string {
  return `/v1/songs/${songId}/revisions/${number}`;
}

export function assetView(asset: Asset, revision: Pick<Revision, 'songId' | 'number'>): AssetView {
  const { name, format, trackId, contentType, size, sha256 } = asset;
  const kind = assetKindNames.fromMessage(asset.kind);
  return {
    name,
    kind,
    format,
    trackId,
    contentType,
    size,
    sha256,
    url: `${revisionPath(revision.songId, revision.number)}/assets/${name}`,
  };
}

export function revisionView(revision: Revision): RevisionView {
  return {
    songId: revision.songId,
    number: revision.number,
    baseRevision: revision.baseRevision,
    jobId: revision.jobId,
    scoreHash: revision.scoreHash,
    durationMs: revision.durationMs,
    brief: revision.brief ? briefFromMessage(revision.brief) : null,
    plan: revision.plan ? planFromMessage(revision.plan) : null,
    receipt: revision.receipt ? receiptFromMessage(revision.receipt) : null,
    edits: revision.edits.map(editView),
    trackHashes: revision.trackHashes,
    sectionHashes: revision.sectionHashes,
    assets: revision.assets.map((asset) => assetView(asset, revision)),
    createTime: timestampText(revision.createTime),
  };
}
