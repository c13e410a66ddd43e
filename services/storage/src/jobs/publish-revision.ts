import { DomainError, invalidArgument } from '@beatbot/service-kit';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { assets, objects, revisions, songs } from '../database/schema';
import { revisionNotFound, songNotFound } from '../songs/not-found';
import type { Asset, NewRevision } from '../songs/revision';
import type { JobRow } from './job-row';

/**
 * Writes the revision that a job made, its assets and the song's news of it, within the job's last transaction.
 * The song's row must be held. Answers the revision's number, one past the latest.
 * @throws DomainError NOT_FOUND for a deleted song or an unknown base, FAILED_PRECONDITION for an object that is not stored
 */
export async function publishRevision(
  tx: Executor,
  job: JobRow,
  revision: NewRevision,
  fencingNumber: number,
): Promise<number> {
  const [song] = await tx
    .select()
    .from(songs)
    .where(and(eq(songs.id, job.songId), isNull(songs.deleteTime)));
  if (!song) throw songNotFound(job.songId);
  if (revision.songId && revision.songId !== song.id) {
    throw invalidArgument('revision.song_id', revision.songId, `the job's song ${song.id}, or nothing`);
  }
  if (revision.baseRevision > song.latestRevision) throw revisionNotFound(song.id, revision.baseRevision);
  const files = await checkedAssets(tx, song.owner, revision);

  const number = song.latestRevision + 1;
  const { baseRevision, title, style, scoreKey, scoreHash, durationMs, content } = revision;
  await tx.insert(revisions).values({
    songId: song.id,
    number,
    baseRevision,
    jobId: job.id,
    fencingNumber,
    title,
    style,
    scoreKey,
    scoreHash,
    durationMs,
    content,
    createTime: databaseNow,
  });
  if (files.length > 0) {
    const place = { songId: song.id, revision: number, owner: song.owner };
    await tx.insert(assets).values(files.map((file, position) => ({ ...file, ...place, position })));
  }

  const [before] = await tx
    .select({ title: revisions.title })
    .from(revisions)
    .where(and(eq(revisions.songId, song.id), eq(revisions.number, song.latestRevision)));
  // A name that a person gave stays, unless this revision is about another name.
  const renames = before ? title !== before.title : !song.titleByPerson;
  await tx
    .update(songs)
    .set({
      latestRevision: number,
      updateTime: databaseNow,
      ...(title && renames && { title }),
      ...(style && { style }),
    })
    .where(eq(songs.id, song.id));
  return number;
}

/** The assets with size, checksum and type of their objects, which count as used now, so that no sweep takes them. */
async function checkedAssets(tx: Executor, owner: string, revision: NewRevision): Promise<Asset[]> {
  const keys = [...new Set([revision.scoreKey, ...revision.assets.map((asset) => asset.objectKey)])].sort();
  const stored = await tx
    .update(objects)
    .set({ useTime: databaseNow })
    .where(and(eq(objects.owner, owner), inArray(objects.key, keys)))
    .returning();
  const byKey = new Map(stored.map((object) => [object.key, object]));
  const missing = keys.filter((key) => !byKey.has(key));
  if (missing.length > 0) {
    throw new DomainError('FAILED_PRECONDITION', `objects are not stored: ${missing.slice(0, 5).join(', ')}`, {
      metadata: { missing: missing.slice(0, 5).join(',') },
    });
  }
  return revision.assets.map((asset, position) => {
    const object = byKey.get(asset.objectKey);
    if (!object) throw new Error(`object ${asset.objectKey} is missing`);
    const field = `revision.assets[${position}]`;
    if (asset.size > 0 && asset.size !== object.size) {
      throw invalidArgument(`${field}.size`, asset.size, `${object.size}, the size of its object`);
    }
    if (asset.sha256 && asset.sha256 !== object.sha256) {
      throw invalidArgument(`${field}.sha256`, asset.sha256, `${object.sha256}, the SHA-256 of its object`);
    }
    return { ...asset, size: object.size, sha256: object.sha256, contentType: asset.contentType || object.contentType };
  });
}
