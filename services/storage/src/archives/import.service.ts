import { CONFIG, DomainError } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { Database } from '../database/database';
import { ObjectService } from '../objects/object.service';
import { UsageService } from '../usage/usage.service';
import { ArchiveReader } from './archive-reader';
import { HiddenSongs } from './hidden-songs';
import { ImportRun, type ImportedSong } from './import-run';

/** Of one process: each has a connection of its own to the database. */
const MAX_RUNNING = 4;
const RETRY_MS = 5000;

/** Takes archives in: all of one, or nothing of it. */
@Injectable()
export class ImportService {
  private running = 0;

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectService,
    private readonly usage: UsageService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param keepIds whether songs have the ids of the archive; else see {@link HiddenSongs.place}
   * @throws DomainError INVALID_ARGUMENT for what is no archive, CHECKSUM_MISMATCH for changed bytes, PAYLOAD_TOO_LARGE or
   * QUOTA_EXCEEDED beyond a bound, ALREADY_EXISTS where a song is there with other revisions, RESOURCE_EXHAUSTED while
   * others are taken in, ABORTED where the songs were taken away meanwhile
   */
  async import(owner: string, keepIds: boolean, bytes: AsyncIterable<Uint8Array>): Promise<ImportedSong[]> {
    if (this.running >= MAX_RUNNING) throw busy('as many archives are being taken in as can be at a time');
    this.running++;
    try {
      let songs: ImportedSong[] = [];
      const alone = await this.database.exclusively(`import of ${owner}`, async (transaction) => {
        const reader = new ArchiveReader(bytes, this.config.IMPORT_MAX_BYTES);
        const hidden = new HiddenSongs(owner, keepIds, transaction);
        try {
          songs = await new ImportRun(owner, reader, this.objects, hidden, await this.usage.bytesLeft(owner)).run();
          await hidden.publish();
        } catch (error) {
          // Where the connection is gone the sweeper purges them, as deleted songs.
          await hidden.discard().catch(() => undefined);
          throw error;
        } finally {
          await reader.close();
        }
      });
      if (!alone) throw busy('another archive of yours is being taken in');
      return songs;
    } finally {
      this.running--;
    }
  }
}

function busy(message: string): DomainError {
  return new DomainError('RESOURCE_EXHAUSTED', `${message}; try again`, { retryAfterMs: RETRY_MS });
}
