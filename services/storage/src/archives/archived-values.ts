import { enumNames } from '@beatbot/contracts';
import type { AssetKind as AssetKindName, Revision as RevisionMessage } from '@beatbot/contracts/music/v1/song';
import { DomainError } from '@beatbot/service-kit';
import { FieldChecks } from '../edge/field-checks';
import { ASSET_KINDS, type AssetKind, type NewRevision } from '../songs/revision';
import { newRevisionOfMessage } from '../songs/revision-mapping';
import { type ArchivedRevision, type ArchivedSong, badArchive } from './archive-format';
import { assertContractContent } from './contract-content';

/** An object of an archive, and the key under which it is stored. */
export interface StoredFile {
  key: string;
  size: number;
  sha256: string;
  contentType: string;
}

const MAX_PROMPT_CHARACTERS = 20_000;
const kindNames = enumNames<AssetKind, AssetKindName>('ASSET_KIND', ASSET_KINDS);

/**
 * Apart from the keys of what is made here, which name the hash of what it was made from: nothing from outside can pass for
 * a render.
 */
const keyOf = (sha256: string): string => `imports/${sha256}`;

/** @throws DomainError INVALID_ARGUMENT that names the entry and the field */
export function assertSongAllowed(entry: string, song: ArchivedSong): void {
  const checks = new FieldChecks();
  checks.text('title', song.title, 0, 200);
  checks.tags('tags', song.tags);
  checks.text('style', song.style, 0, 100);
  checks.text('prompt', song.prompt, 0, MAX_PROMPT_CHARACTERS, true);
  checks.integer('latestRevision', song.latestRevision, 0, 2 ** 31 - 1);
  finish(entry, checks);
}

/** The revision as a worker would publish it. @throws DomainError INVALID_ARGUMENT that names the entry and the field */
export function newRevisionOf(entry: string, number: number, archived: ArchivedRevision): NewRevision {
  if (archived.number !== number) throw badArchive(`${entry} is of revision ${archived.number}`);
  if (archived.baseRevision >= number) throw badArchive(`${entry} was made from revision ${archived.baseRevision}`);
  if (archived.scoreHash !== archived.score.sha256) throw badArchive(`${entry}: scoreHash is not that of its Score`);
  const { scoreHash, baseRevision, durationMs, content } = archived;
  // What its types promise is what assertContractContent makes sure of.
  const message = {
    songId: '',
    number,
    baseRevision,
    jobId: '',
    scoreKey: keyOf(scoreHash),
    scoreHash,
    ...content,
    durationMs,
    assets: archived.assets.map(({ kind, ...asset }) => ({
      ...asset,
      kind: kindNames.toMessage(kind),
      objectKey: keyOf(asset.sha256),
    })),
    createTime: undefined,
  } as unknown as RevisionMessage;
  const checks = new FieldChecks();
  // How deep it is comes first: what follows goes down to the bottom.
  checks.document('content', content);
  finish(entry, checks);
  assertContractContent(entry, message);
  const revision = newRevisionOfMessage(message, checks);
  finish(entry, checks);
  return revision;
}

/** Each object that a revision needs, in the order of the archive; some may be there several times. */
export function objectsOf({ score, assets }: ArchivedRevision): StoredFile[] {
  const scoreType = assets.find(({ sha256 }) => sha256 === score.sha256)?.contentType ?? 'application/json';
  return [{ ...score, contentType: scoreType }, ...assets].map(({ size, sha256, contentType }) => ({
    key: keyOf(sha256),
    size,
    sha256,
    contentType: contentType || 'application/octet-stream',
  }));
}

function finish(entry: string, checks: FieldChecks): void {
  try {
    checks.done();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.reason, `${entry}: ${error.message}`, { fields: error.fields });
  }
}
