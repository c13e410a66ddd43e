import { DomainError } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { Database } from '../database/database';
import { songs } from '../database/schema';
import { CHUNK_BYTES } from '../objects/object-store';
import { ObjectService } from '../objects/object.service';
import type { Asset, Revision } from '../songs/revision';
import { SongService } from '../songs/song.service';
import { type ArchivedRevision, type ArchivedSong, FORMAT, FORMAT_ENTRY, songEntry } from './archive-format';
import { archiveBytes, type ArchiveWriter } from './archive-writer';

type SongRow = typeof songs.$inferSelect;

const PAGE = 100;

/** Archives of songs, see archive-format.ts. */
@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly songService: SongService,
    private readonly objects: ObjectService,
  ) {}

  /**
   * One song, or all of the owner's, as they are when their turn comes.
   * @throws DomainError NOT_FOUND before the first chunk
   */
  async *archive(owner: string, songId?: string): AsyncGenerator<Uint8Array> {
    if (songId !== undefined) await this.songService.get(owner, songId);
    yield* archiveBytes(async (archive) => {
      await archive.document(FORMAT_ENTRY, FORMAT);
      for await (const song of this.rows(owner, songId))
        await archive.listed(songEntry(song.id, ''), () => this.writeSong(archive, song));
    }, CHUNK_BYTES);
  }

  /** Ordered by id, so that equal songs give equal archives. */
  private async *rows(owner: string, songId?: string): AsyncGenerator<SongRow> {
    for (let after: string | undefined, page: SongRow[] = []; ; after = page.at(-1)?.id) {
      page = await this.database.run((db) =>
        db
          .select()
          .from(songs)
          .where(
            and(
              eq(songs.owner, owner),
              isNull(songs.deleteTime),
              songId === undefined ? undefined : eq(songs.id, songId),
              after === undefined ? undefined : gt(songs.id, after),
            ),
          )
          .orderBy(asc(songs.id))
          .limit(PAGE),
      );
      yield* page;
      if (page.length < PAGE) return;
    }
  }

  private async writeSong(archive: ArchiveWriter, song: SongRow): Promise<void> {
    const { id, owner, latestRevision } = song;
    await archive.document(songEntry(id, 'song.json'), songDocument(song));
    const written = new Set<string>();
    const write = async (key: string, { size, sha256 }: Pick<Asset, 'size' | 'sha256'>): Promise<void> => {
      if (written.has(sha256)) return;
      written.add(sha256);
      const { bytes } = await this.objects.open(owner, key, 0, 0);
      await archive.object(songEntry(id, `objects/${sha256}`), size, sha256, bytes);
    };
    for (let number = 1; number <= latestRevision; number++) {
      const revision = await this.songService.getRevision(owner, id, number);
      const score = await this.objects.stat(owner, revision.scoreKey);
      if (score.sha256 !== revision.scoreHash)
        throw new DomainError('DATA_LOSS', `the Score of song ${id}, revision ${number}, is not the one that was made`);
      await archive.document(songEntry(id, `revisions/${number}.json`), revisionDocument(revision, score));
      await write(revision.scoreKey, score);
      for (const asset of revision.assets) await write(asset.objectKey, asset);
    }
  }
}

type Written<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] };

function songDocument(song: SongRow): Written<ArchivedSong> {
  const { id, title, titleByPerson, tags, style, prompt, latestRevision, createTime, updateTime } = song;
  const times = { createTime: createTime.toISOString(), updateTime: updateTime.toISOString() };
  return { id, title, titleByPerson, tags, style, prompt, latestRevision, ...times };
}

function revisionDocument(
  revision: Revision,
  { size, sha256 }: Pick<Asset, 'size' | 'sha256'>,
): Written<ArchivedRevision> {
  const { number, baseRevision, jobId, createTime, scoreHash, durationMs, assets } = revision;
  return {
    number,
    baseRevision,
    jobId,
    createTime: createTime.toISOString(),
    scoreHash,
    score: { size, sha256 },
    durationMs,
    content: revision.content as unknown as ArchivedRevision['content'],
    assets: assets.map(({ name, kind, format, trackId, contentType, ...asset }) => ({
      name,
      kind,
      format,
      trackId,
      contentType,
      size: asset.size,
      sha256: asset.sha256,
    })),
  };
}
