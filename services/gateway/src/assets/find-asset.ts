import type { Asset, AssetKind, Revision } from '@beatbot/contracts/music/v1/song';
import { DomainError } from '@beatbot/service-kit';

/**
 * The asset of a kind, in the format asked for, else in the first of `preferred` there is, else any.
 * @throws DomainError NOT_FOUND that names the formats there are
 */
export function findAsset(revision: Revision, kind: AssetKind, format?: string, preferred: string[] = []): Asset {
  return choose(
    revision.assets.filter((asset) => asset.kind === kind),
    kind.replace('ASSET_KIND_', '').toLowerCase(),
    format,
    preferred,
  );
}

/** As {@link findAsset}, of one track. */
export function findStem(revision: Revision, kind: AssetKind, trackId: string, format?: string): Asset {
  const stems = revision.assets.filter((asset) => asset.kind === kind);
  const ofTrack = stems.filter((asset) => asset.trackId === trackId);
  if (ofTrack.length === 0) throw absent('track', trackId, [...new Set(stems.map((asset) => asset.trackId))]);
  return choose(ofTrack, `stem of ${trackId}`, format, []);
}

export function findByName(revision: Revision, name: string): Asset {
  const asset = revision.assets.find((candidate) => candidate.name === name);
  if (!asset) {
    throw absent(
      'name',
      name,
      revision.assets.map((candidate) => candidate.name),
    );
  }
  return asset;
}

function choose(assets: Asset[], what: string, format: string | undefined, preferred: string[]): Asset {
  const order = format === undefined ? [...preferred, ...assets.map((asset) => asset.format)] : [format];
  for (const wanted of order) {
    const asset = assets.find((candidate) => candidate.format === wanted);
    if (asset) return asset;
  }
  if (format === undefined) throw new DomainError('NOT_FOUND', `the revision has no ${what}`);
  throw absent(
    'format',
    format,
    assets.map((asset) => asset.format),
  );
}

function absent(field: string, value: string, there: string[]): DomainError {
  const allowed = there.length > 0 ? `one of ${there.join(', ')}` : 'nothing: the revision has none';
  return new DomainError('NOT_FOUND', `the revision has no ${field} ${value}: ${allowed}`, {
    fields: [{ field, value, allowed }],
  });
}
