import type { Brief, Plan } from '@beatbot/contracts/music/v1/brief';
import type { Edit } from '@beatbot/contracts/music/v1/edit';
import type { Receipt } from '@beatbot/contracts/music/v1/receipt';
import {
  Asset as AssetMessage,
  AssetKind as AssetKindName,
  Revision as RevisionMessage,
} from '@beatbot/contracts/music/v1/song';
import { enumNames } from '@beatbot/contracts';
import type { FieldChecks } from '../edge/field-checks';
import { toTimestamp } from '../edge/proto-time';
import { type Asset, ASSET_KINDS, type AssetKind, type NewRevision, type Revision } from './revision';

const kindNames = enumNames<AssetKind, AssetKindName>('ASSET_KIND', ASSET_KINDS);
const KIND_NAMES = ASSET_KINDS.map((kind) => kindNames.toMessage(kind));

const MAX_ASSETS = 1000;
const ASSET_NAME = /^[\p{L}\p{N}_-][\p{L}\p{N}._ -]*(?:\/[\p{L}\p{N}_-][\p{L}\p{N}._ -]*)*$/u;
const MEDIA_TYPE = /^[\x21-\x7e][\x20-\x7e]{0,199}$/;

/** The parts of a Revision that storage keeps whole. */
interface RevisionContent {
  brief: Brief | undefined;
  plan: Plan | undefined;
  receipt: Receipt | undefined;
  edits: Edit[];
  trackHashes: { [key: string]: string };
  sectionHashes: { [key: string]: string };
}

export function revisionMessage(revision: Revision): RevisionMessage {
  const content = revision.content as unknown as RevisionContent;
  return {
    songId: revision.songId,
    number: revision.number,
    baseRevision: revision.baseRevision,
    jobId: revision.jobId,
    scoreKey: revision.scoreKey,
    scoreHash: revision.scoreHash,
    ...content,
    durationMs: revision.durationMs,
    assets: revision.assets.map(assetMessage),
    createTime: toTimestamp(revision.createTime),
  };
}

function assetMessage(asset: Asset): AssetMessage {
  const { name, format, trackId, objectKey, contentType, size, sha256 } = asset;
  return { name, kind: kindNames.toMessage(asset.kind), format, trackId, objectKey, contentType, size, sha256 };
}

/** What a worker publishes; `number`, `job_id` and `create_time` of the message are not looked at, storage gives them. */
export function newRevisionOfMessage(message: RevisionMessage, checks: FieldChecks): NewRevision {
  const { brief, plan, receipt, edits, trackHashes, sectionHashes } = message;
  const content: RevisionContent = { brief, plan, receipt, edits, trackHashes, sectionHashes };
  const title = plan?.title || brief?.title?.value || '';
  const style = brief?.style?.value ?? '';
  const { assets } = message;
  if (assets.length > MAX_ASSETS) checks.refuse('revision.assets', assets.length, `at most ${MAX_ASSETS} assets`);
  if (new Set(assets.map((asset) => asset.name)).size < assets.length) {
    checks.refuse(
      'revision.assets',
      assets.map((asset) => asset.name),
      'each name once',
    );
  }
  return {
    songId: message.songId === '' ? '' : checks.id('revision.song_id', message.songId),
    baseRevision: checks.integer('revision.base_revision', message.baseRevision, 0, 2 ** 31 - 1),
    title: checks.text('revision.plan.title', title, 0, 200),
    style: checks.text('revision.brief.style', style, 0, 100),
    scoreKey: checks.objectKey('revision.score_key', message.scoreKey),
    scoreHash: checks.sha256('revision.score_hash', message.scoreHash),
    durationMs: checks.integer('revision.duration_ms', message.durationMs, 0, 2 ** 32 - 1),
    content: checks.document('revision', content),
    assets: assets
      .slice(0, MAX_ASSETS)
      .map((asset, index) => assetOfMessage(asset, `revision.assets[${index}]`, checks)),
  };
}

function assetOfMessage(message: AssetMessage, field: string, checks: FieldChecks): Asset {
  const { name, format, trackId, objectKey, contentType, size, sha256 } = message;
  const known = KIND_NAMES.includes(message.kind);
  if (!known) checks.refuse(`${field}.kind`, message.kind, KIND_NAMES.join(', '));
  if (name.length > 200 || !ASSET_NAME.test(name)) {
    checks.refuse(
      `${field}.name`,
      name,
      '1 to 200 letters, digits, spaces and ._- in parts joined by /, none of which begins with a dot',
    );
  }
  return {
    name,
    kind: known ? kindNames.fromMessage(message.kind) : 'score',
    format: checks.pattern(`${field}.format`, format, /^[a-z0-9]{1,20}$/, '1 to 20 lower-case letters and digits'),
    trackId: checks.text(`${field}.track_id`, trackId, 0, 100),
    objectKey: checks.objectKey(`${field}.object_key`, objectKey),
    contentType:
      contentType === '' ? '' : checks.pattern(`${field}.content_type`, contentType, MEDIA_TYPE, 'a media type'),
    size: checks.integer(`${field}.size`, size, 0, Number.MAX_SAFE_INTEGER),
    sha256: sha256 === '' ? '' : checks.sha256(`${field}.sha256`, sha256),
  };
}
