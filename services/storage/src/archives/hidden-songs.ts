import { DomainError } from '@beatbot/service-kit';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { v5 as uuidV5 } from 'uuid';
import type { Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { assets, jobs, revisions, songs } from '../database/schema';
import type { NewRevision } from '../songs/revision';
import type { ArchivedRevision, ArchivedSong } from './archive-format';

/** Of ids that are made from an owner and an archived id, or from a song and the number of a revision. */
const ID_NAMESPACE = '9f0d8bd6-6a0e-4a35-8b52-0f3f2d2b7f51';

type Transaction = <T>(inside: (tx: Executor) => Promise<T>) => Promise<T>;

/** Where a song of an archive goes. */
export interface Place {
  songId: string;
  /** Whether it is there already, as a song of the owner's. */
  present: boolean;
}

/**
 * Songs that are being taken in. Until {@link publish} they look like deleted ones: nobody sees them, and what a crash leaves
 * of them is purged in time.
 */
export class HiddenSongs {
  private readonly ids: string[] = [];

  constructor(
    private readonly owner: string,
    private readonly keepIds: boolean,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Where the owner has a song of that id it is that one. Else the id is kept where ids are kept, or made from owner and
   * archived id: who takes in the song of another owner does not learn from its id whether that one still exists.
   * @throws DomainError ALREADY_EXISTS where another owner has a song under an id that is to be kept
   */
  async place(archivedId: string): Promise<Place> {
    return this.transaction(async (tx) => {
      const own = await this.find(tx, archivedId);
      if (own?.live === true && own.owner === this.owner) return { songId: archivedId, present: true };
      const songId = this.keepIds ? archivedId : uuidV5(`${this.owner}\n${archivedId}`, ID_NAMESPACE);
      const there = this.keepIds ? own : await this.find(tx, songId);
      if (!there) return { songId, present: false };
      if (there.owner !== this.owner) throw exists(`another owner has a song ${songId}`);
      if (there.live) return { songId, present: true };
      // Deleted, or left over from an import that broke off.
      await tx.delete(songs).where(and(eq(songs.id, songId), isNotNull(songs.deleteTime)));
      return { songId, present: false };
    });
  }

  async add(songId: string, song: ArchivedSong): Promise<void> {
    await this.transaction(async (tx) => {
      await tx.insert(songs).values({ ...song, id: songId, owner: this.owner, deleteTime: databaseNow });
    });
    this.ids.push(songId);
  }

  /** @throws DomainError ALREADY_EXISTS where the revision's job is known as another's */
  async addRevision(songId: string, archived: ArchivedRevision, revision: NewRevision): Promise<void> {
    const { number, createTime } = archived;
    // Within this system a job's id stands for one revision.
    const jobId = this.keepIds ? archived.jobId : uuidV5(`${songId}\n${number}`, ID_NAMESPACE);
    await this.transaction(async (tx) => {
      const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
      const [made] = await tx.select({ jobId: revisions.jobId }).from(revisions).where(eq(revisions.jobId, jobId));
      if (job || made) throw exists(`job ${jobId} has made another revision`);
      const { baseRevision, title, style, scoreKey, scoreHash, durationMs, content } = revision;
      const row = {
        songId,
        number,
        baseRevision,
        jobId,
        title,
        style,
        scoreKey,
        scoreHash,
        durationMs,
        content,
        createTime,
      };
      await tx.insert(revisions).values(row);
      if (revision.assets.length > 0) {
        const place = { songId, revision: number, owner: this.owner };
        await tx.insert(assets).values(revision.assets.map((asset, position) => ({ ...asset, ...place, position })));
      }
    });
  }

  /** @throws DomainError ALREADY_EXISTS unless the song that is there has this revision, with the same files */
  async assertSame(songId: string, { number, scoreHash, assets: files }: ArchivedRevision): Promise<void> {
    await this.transaction(async (tx) => {
      const [there] = await tx
        .select({ scoreHash: revisions.scoreHash })
        .from(revisions)
        .where(and(eq(revisions.songId, songId), eq(revisions.number, number)));
      const found = await tx
        .select({ name: assets.name, sha256: assets.sha256 })
        .from(assets)
        .where(and(eq(assets.songId, songId), eq(assets.revision, number)))
        .orderBy(asc(assets.position));
      const same =
        there?.scoreHash === scoreHash &&
        found.length === files.length &&
        found.every(({ name, sha256 }, index) => name === files[index]?.name && sha256 === files[index].sha256);
      if (!same) throw exists(`song ${songId} is there, with another revision ${number}: delete it first`);
    });
  }

  /** Shows all songs at once; their objects count as used now. @throws DomainError ABORTED where some of it is gone */
  async publish(): Promise<void> {
    const ids = sql`${sql.param(this.ids)}::uuid[]`;
    await this.transaction(async (tx) => {
      const { rows } = await tx.execute<{ shown: number; missing: number }>(sql`
        WITH needed AS (
          SELECT object_key AS key FROM assets WHERE song_id = ANY(${ids})
          UNION SELECT score_key FROM revisions WHERE song_id = ANY(${ids})
        ), used AS (
          UPDATE objects SET use_time = ${databaseNow} FROM needed
          WHERE objects.owner = ${this.owner} AND objects.key = needed.key RETURNING objects.key
        ), shown AS (
          UPDATE songs SET delete_time = NULL WHERE id = ANY(${ids}) AND delete_time IS NOT NULL RETURNING id
        )
        SELECT (SELECT count(*)::int FROM shown) AS shown,
          (SELECT count(*)::int FROM needed) - (SELECT count(*)::int FROM used) AS missing`);
      if (rows[0]?.shown !== this.ids.length || rows[0].missing !== 0)
        throw new DomainError('ABORTED', 'what was taken in was swept away before it was complete; try again');
    });
  }

  /** Takes away what was not published. */
  async discard(): Promise<void> {
    const ids = sql`${sql.param(this.ids)}::uuid[]`;
    await this.transaction((tx) =>
      tx.execute(sql`DELETE FROM songs WHERE id = ANY(${ids}) AND delete_time IS NOT NULL`),
    );
  }

  private async find(tx: Executor, songId: string): Promise<{ owner: string; live: boolean } | undefined> {
    const [row] = await tx
      .select({ owner: songs.owner, deleteTime: songs.deleteTime })
      .from(songs)
      .where(eq(songs.id, songId))
      .for('update');
    return row && { owner: row.owner, live: row.deleteTime === null };
  }
}

function exists(message: string): DomainError {
  return new DomainError('ALREADY_EXISTS', message);
}
