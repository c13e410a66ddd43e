import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportSongsRequest } from '@beatbot/contracts/storage/v1/archives';
import { type CallContext, DomainError, type ServerCall } from '@beatbot/service-kit';
import { noise } from './fake-world';

/** What storage answers to archives: some bytes for a song that is there, and one song for what comes in. */
export class FakeArchives {
  readonly bytes = noise(200_000);
  /** What came in last. */
  imported = { keepIds: false, bytes: Buffer.alloc(0) };

  constructor(private readonly hasSong: (owner: string, songId: string) => boolean) {}

  services() {
    const { bytes, hasSong } = this;
    return {
      ArchiveService: {
        async *exportSongs({ songId }: { songId: string }, { owner }: CallContext) {
          if (songId !== '' && !hasSong(owner, songId))
            throw new DomainError('NOT_FOUND', `there is no song ${songId}`);
          for (let at = 0; at < bytes.length; at += 65_536) yield { chunk: bytes.subarray(at, at + 65_536) };
        },
        importSongs: async (_request: undefined, { signal }: CallContext, call: ServerCall) => {
          const chunks: Uint8Array[] = [];
          const parts = call as unknown as Readable;
          signal.addEventListener('abort', () => parts.destroy(new Error('the caller has left')));
          for await (const { header, chunk } of parts as AsyncIterable<ImportSongsRequest>) {
            if (header) this.imported.keepIds = header.keepIds;
            if (chunk) chunks.push(chunk);
          }
          // A cancelled stream looks like an ended one until its reset is seen.
          await sleep(20);
          signal.throwIfAborted();
          this.imported.bytes = Buffer.concat(chunks);
          if (this.imported.bytes.length === 0) throw new DomainError('INVALID_ARGUMENT', 'the archive is empty');
          return { songs: [{ songId: 'song-9', archivedSongId: 'song-1', revisions: 2, created: true }] };
        },
      },
    };
  }
}
