import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '@beatbot/service-kit';
import { CheckedBytes } from '../objects/checked-bytes';
import type { ObjectService } from '../objects/object.service';
import {
  badArchive,
  FORMAT_ENTRY,
  formatSchema,
  MANIFEST_ENTRY,
  type ManifestEntry,
  manifestSchema,
  MAX_DOCUMENT_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_MANIFEST_ENTRIES,
  readDocument,
  revisionSchema,
  songEntry,
  songSchema,
} from './archive-format';
import { type ArchiveReader, type ReadEntry, shown } from './archive-reader';
import { assertSongAllowed, newRevisionOf, objectsOf, type StoredFile } from './archived-values';
import type { HiddenSongs, Place } from './hidden-songs';

export interface ImportedSong {
  songId: string;
  archivedSongId: string;
  revisions: number;
  /** False where it was there already. */
  created: boolean;
}

const SONG_ENTRY = /^songs\/[0-9a-f-]{36}\/song\.json$/;

/** One song on its way in. */
interface Arriving extends Place {
  archivedSongId: string;
  /** Its entries so far. */
  listed: ManifestEntry[];
  /** Sizes of its objects so far, by SHA-256. */
  sizes: Map<string, number>;
}

/** Reads one archive, entry by entry in the order of archive-format.ts, and stores what it holds, still hidden. */
export class ImportRun {
  private readonly songs = new Map<string, ImportedSong>();

  /** @param bytesLeft that the owner may store yet; no bound where undefined */
  constructor(
    private readonly owner: string,
    private readonly archive: ArchiveReader,
    private readonly objects: ObjectService,
    private readonly hidden: HiddenSongs,
    private bytesLeft: number | undefined,
  ) {}

  async run(): Promise<ImportedSong[]> {
    const listed: ManifestEntry[] = [];
    const first = await this.next(FORMAT_ENTRY);
    if (first.name !== FORMAT_ENTRY) throw unexpected(first, FORMAT_ENTRY);
    readDocument(formatSchema, FORMAT_ENTRY, await this.document(first, listed));
    for (;;) {
      const entry = await this.next(MANIFEST_ENTRY);
      if (SONG_ENTRY.test(entry.name)) {
        await this.song(entry, listed);
        continue;
      }
      if (entry.name !== MANIFEST_ENTRY) throw unexpected(entry, `songs/<id>/song.json or ${MANIFEST_ENTRY}`);
      await this.manifest(entry, listed, []);
      break;
    }
    const more = await this.archive.next();
    if (more) throw unexpected(more, `nothing after ${MANIFEST_ENTRY}`);
    return [...this.songs.values()];
  }

  private async song(entry: ReadEntry, outer: ManifestEntry[]): Promise<void> {
    const listed: ManifestEntry[] = [];
    const song = readDocument(songSchema, entry.name, await this.document(entry, listed));
    const { id: archivedSongId, latestRevision } = song;
    if (entry.name !== songEntry(archivedSongId, 'song.json')) throw badArchive(`${entry.name} is of another song`);
    if (this.songs.has(archivedSongId)) throw badArchive(`song ${archivedSongId} is there twice`);
    assertSongAllowed(entry.name, song);

    const place = await this.hidden.place(archivedSongId);
    if (!place.present) await this.hidden.add(place.songId, song);
    const arriving: Arriving = { ...place, archivedSongId, listed, sizes: new Map() };
    for (let number = 1; number <= latestRevision; number++) await this.revision(arriving, number);
    await this.manifest(await this.expect(songEntry(archivedSongId, MANIFEST_ENTRY)), listed, outer);
    const { songId, present } = place;
    this.songs.set(archivedSongId, { songId, archivedSongId, revisions: latestRevision, created: !present });
  }

  private async revision(song: Arriving, number: number): Promise<void> {
    const entry = await this.expect(songEntry(song.archivedSongId, `revisions/${number}.json`));
    const archived = readDocument(revisionSchema, entry.name, await this.document(entry, song.listed));
    const revision = newRevisionOf(entry.name, number, archived);
    if (song.present) await this.hidden.assertSame(song.songId, archived);
    for (const file of objectsOf(archived)) {
      const before = song.sizes.get(file.sha256);
      if (before === undefined) await this.object(song, file);
      else if (before !== file.size) throw badArchive(`${entry.name}: ${file.sha256} has two sizes`);
    }
    if (!song.present) await this.hidden.addRevision(song.songId, archived, revision);
  }

  private async object(song: Arriving, { key, size, sha256, contentType }: StoredFile): Promise<void> {
    const entry = await this.expect(songEntry(song.archivedSongId, `objects/${sha256}`));
    try {
      if (song.present) {
        const checked = new CheckedBytes(entry.bytes, { size, sha256, maxBytes: size });
        for await (const _chunk of checked);
        checked.written();
      } else {
        this.takeRoom(size);
        await this.objects.put({ owner: this.owner, key, contentType, size, sha256 }, entry.bytes);
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.reason !== 'CHECKSUM_MISMATCH') throw error;
      throw new DomainError(error.reason, `${entry.name}: ${error.message}`, { cause: error });
    }
    song.sizes.set(sha256, size);
    list(song.listed, { name: entry.name, size, sha256 });
  }

  /** Reads the manifest of the entries in `listed`, and lists it in turn. */
  private async manifest(entry: ReadEntry, listed: ManifestEntry[], outer: ManifestEntry[]): Promise<void> {
    const bytes = await this.archive.read(entry, MAX_MANIFEST_BYTES);
    const { entries } = readDocument(manifestSchema, entry.name, bytes);
    if (!isDeepStrictEqual(entries, listed)) {
      const at = listed.findIndex((there, index) => !isDeepStrictEqual(there, entries[index]));
      throw new DomainError(
        'CHECKSUM_MISMATCH',
        `${entry.name} does not list what the archive has: ${listed[at]?.name ?? `${entries.length} entries, not ${listed.length}`}`,
      );
    }
    list(outer, { name: entry.name, size: bytes.length, sha256: hashOf(bytes) });
  }

  private async document(entry: ReadEntry, listed: ManifestEntry[]): Promise<Buffer> {
    const bytes = await this.archive.read(entry, MAX_DOCUMENT_BYTES);
    list(listed, { name: entry.name, size: bytes.length, sha256: hashOf(bytes) });
    return bytes;
  }

  private async next(wanted: string): Promise<ReadEntry> {
    const entry = await this.archive.next();
    if (!entry) throw badArchive(`it ends before ${wanted}`);
    return entry;
  }

  private async expect(name: string): Promise<ReadEntry> {
    const entry = await this.next(name);
    if (entry.name !== name) throw unexpected(entry, name);
    return entry;
  }

  private takeRoom(size: number): void {
    if (this.bytesLeft === undefined) return;
    this.bytesLeft -= size;
    if (this.bytesLeft < 0)
      throw new DomainError(
        'QUOTA_EXCEEDED',
        'the songs of the archive take more bytes than you may store: delete some',
        {
          metadata: { quota: 'stored_bytes' },
        },
      );
  }
}

function list(listed: ManifestEntry[], entry: ManifestEntry): void {
  if (listed.length >= MAX_MANIFEST_ENTRIES)
    throw new DomainError('PAYLOAD_TOO_LARGE', `more than ${MAX_MANIFEST_ENTRIES} entries (${entry.name})`);
  listed.push(entry);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unexpected({ name }: ReadEntry, wanted: string): DomainError {
  return badArchive(`${shown(name)} stands where ${wanted} should`);
}
