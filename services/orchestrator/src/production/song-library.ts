import { Revision } from '@beatbot/contracts/music/v1/song';
import { CallOptions } from '@beatbot/service-kit';

/** Nest token of the {@link SongLibrary}. */
export const SONG_LIBRARY = Symbol('SongLibrary');

/** Published revisions, and the objects that revisions consist of. */
export interface SongLibrary {
  /** The newest revision where `number` is 0. */
  getRevision(songId: string, number: number, call: CallOptions): Promise<Revision>;
  /** Stores bytes under a key that names their hash. Idempotent. */
  putObject(
    object: { key: string; contentType: string; sha256: string; bytes: Buffer },
    call: CallOptions,
  ): Promise<void>;
}
