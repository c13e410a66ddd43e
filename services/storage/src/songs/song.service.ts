import { Injectable } from '@nestjs/common';
import { and, arrayContains, asc, desc, eq, ilike, inArray, isNull, lt, or } from 'drizzle-orm';
import { Database, type Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { ReadReplicas } from '../database/read-replicas';
import { assets, jobs, revisions, songs } from '../database/schema';
import { moveJob } from '../jobs/job-row';
import { revisionNotFound, songNotFound } from './not-found';
import type { Asset, Revision } from './revision';
import type { Song } from './song';
import { after, orderedBy, type SongOrder, type SongPlace } from './song-order';

export interface SongQuery {
  owner: string;
  order: SongOrder;
  /** Held by title or prompt, in any case; all songs where empty. */
  text: string;
  style: string;
  tag: string;
  after?: SongPlace;
  limit: number;
}

/** Songs and their revisions. Another owner's song, and a deleted one, is NOT_FOUND. */
@Injectable()
export class SongService {
  constructor(
    private readonly database: Database,
    private readonly replicas: ReadReplicas,
  ) {}

  async get(owner: string, songId: string): Promise<Song> {
    return this.database.run((db) => find(db, owner, songId));
  }

  /** May miss what changed within the allowed lag of replicas. */
  async list(query: SongQuery): Promise<Song[]> {
    return this.replicas.read((db) => songListQuery(db, query));
  }

  /** What is not given stays. */
  async update(owner: string, songId: string, change: { title?: string; tags?: string[] }): Promise<Song> {
    return this.database.run(async (db) => {
      const [song] = await db
        .update(songs)
        .set({ ...change, ...(change.title !== undefined && { titleByPerson: true }), updateTime: databaseNow })
        .where(live(owner, songId))
        .returning();
      if (!song) throw songNotFound(songId);
      return song;
    });
  }

  /** Hides the song, to be purged later, and ends its jobs: what they still do is refused. */
  async delete(owner: string, songId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [song] = await tx.update(songs).set({ deleteTime: databaseNow }).where(live(owner, songId)).returning();
      if (!song) throw songNotFound(songId);
      const unfinished = await tx
        .select()
        .from(jobs)
        .where(and(eq(jobs.songId, songId), isNull(jobs.endTime)))
        .orderBy(asc(jobs.id))
        .for('update');
      for (const job of unfinished) {
        await moveJob(tx, job, { state: 'cancelled', cancelRequested: true }, { detail: 'the song was deleted' });
      }
    });
  }

  /** The newest where `number` is 0. */
  async getRevision(owner: string, songId: string, number: number): Promise<Revision> {
    const read = async (db: Executor) => {
      const song = await find(db, owner, songId);
      const wanted = number || song.latestRevision;
      const rows = await db
        .select()
        .from(revisions)
        .where(and(eq(revisions.songId, songId), eq(revisions.number, wanted)));
      const [revision] = await withAssets(db, rows);
      if (!revision) throw revisionNotFound(songId, wanted);
      return revision;
    };
    // Revisions never change: a replica that has one has it right. Which is the newest, only the primary knows.
    return number === 0 ? this.database.run(read) : this.replicas.read(read);
  }

  /** Newest first, from below `before` on. */
  async listRevisions(owner: string, songId: string, before: number | undefined, limit: number): Promise<Revision[]> {
    return this.database.run(async (db) => {
      await find(db, owner, songId);
      const rows = await db
        .select()
        .from(revisions)
        .where(and(eq(revisions.songId, songId), before === undefined ? undefined : lt(revisions.number, before)))
        .orderBy(desc(revisions.number))
        .limit(limit);
      return withAssets(db, rows);
    });
  }
}

/** Exported for the check of its plan. */
export function songListQuery(db: Executor, query: SongQuery) {
  const pattern = `%${query.text.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .select()
    .from(songs)
    .where(
      and(
        eq(songs.owner, query.owner),
        isNull(songs.deleteTime),
        query.text ? or(ilike(songs.title, pattern), ilike(songs.prompt, pattern)) : undefined,
        query.style ? eq(songs.style, query.style) : undefined,
        query.tag ? arrayContains(songs.tags, [query.tag]) : undefined,
        query.after && after(query.order, query.after),
      ),
    )
    .orderBy(...orderedBy(query.order))
    .limit(query.limit);
}

function live(owner: string, songId: string) {
  return and(eq(songs.id, songId), eq(songs.owner, owner), isNull(songs.deleteTime));
}

async function find(db: Executor, owner: string, songId: string): Promise<Song> {
  const [song] = await db.select().from(songs).where(live(owner, songId));
  if (!song) throw songNotFound(songId);
  return song;
}

async function withAssets(db: Executor, rows: (typeof revisions.$inferSelect)[]): Promise<Revision[]> {
  const [first] = rows;
  if (!first) return [];
  const numbers = rows.map((row) => row.number);
  const found = await db
    .select()
    .from(assets)
    .where(and(eq(assets.songId, first.songId), inArray(assets.revision, numbers)))
    .orderBy(asc(assets.position));
  const byNumber = new Map<number, Asset[]>(numbers.map((number) => [number, []]));
  for (const asset of found) byNumber.get(asset.revision)?.push(asset);
  return rows.map((row) => ({ ...row, assets: byNumber.get(row.number) ?? [] }));
}
