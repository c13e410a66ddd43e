import { createHash } from 'node:crypto';
import { DomainError } from '@beatbot/service-kit';
import { type Pack, pack } from 'tar-stream';
import { wholeChunks } from '../objects/whole-chunks';
import { MANIFEST_ENTRY, type ManifestEntry, MAX_MANIFEST_ENTRIES } from './archive-format';
import { writeAll } from './write-all';

/** No clock and no user: equal songs give equal archives. */
const HEADER = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'file' } as const;

/** Writes entries of an archive, and the manifests that list them. */
export class ArchiveWriter {
  private entries: ManifestEntry[] = [];

  constructor(private readonly tar: Pack) {}

  async document(name: string, value: object): Promise<void> {
    await this.write(name, Buffer.from(`${JSON.stringify(value)}\n`));
  }

  /** @throws DomainError DATA_LOSS where the bytes are not those that were stored */
  async object(name: string, size: number, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Uint8Array> {
      let length = 0;
      for await (const chunk of bytes) {
        hash.update(chunk);
        length += chunk.byteLength;
        yield chunk;
      }
      if (length !== size || hash.digest('hex') !== sha256)
        throw new DomainError('DATA_LOSS', `${name}: the stored bytes have changed`);
    }
    await this.entry(name, size, hashed());
    this.list({ name, size, sha256 });
  }

  /** All entries that `write` writes, followed by a manifest of them in `folder`, which stands for them in the one around. */
  async listed(folder: string, write: () => Promise<void>): Promise<void> {
    const outer = this.entries;
    this.entries = [];
    await write();
    const { entries } = this;
    this.entries = outer;
    await this.document(`${folder}${MANIFEST_ENTRY}`, { entries });
  }

  private async write(name: string, bytes: Buffer): Promise<void> {
    await this.entry(name, bytes.length, once(bytes));
    this.list({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }

  private list(entry: ManifestEntry): void {
    if (this.entries.length >= MAX_MANIFEST_ENTRIES)
      throw new DomainError('FAILED_PRECONDITION', `there is more than an archive can hold (${entry.name})`);
    this.entries.push(entry);
  }

  private async entry(name: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    let done: (error?: Error | null) => void = () => undefined;
    const written = new Promise<void>((resolve, reject) => {
      done = (error) => (error ? reject(error) : resolve());
    });
    const sink = this.tar.entry({ ...HEADER, name, size }, done);
    // Awaited below; a failure before that must not be one that nobody awaits.
    written.catch(() => undefined);
    // Its failure comes by the callback.
    sink.on('error', () => undefined);
    try {
      await writeAll(sink, bytes);
      sink.end(null);
      await written;
    } catch (error) {
      sink.destroy(null);
      throw error;
    }
  }
}

/** The archive that `write` writes, in chunks of `chunkBytes`, made as fast as they are taken. */
export async function* archiveBytes(
  write: (archive: ArchiveWriter) => Promise<void>,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  const tar = pack();
  let failure: unknown;
  const archive = new ArchiveWriter(tar);
  const writing = archive
    .listed('', () => write(archive))
    .then(
      () => tar.finalize(),
      (error: unknown) => {
        failure = error;
        tar.destroy(null);
      },
    );
  try {
    yield* wholeChunks(chunksOf(tar), chunkBytes);
    await writing;
  } catch (error) {
    await writing;
    throw failure ?? error;
  } finally {
    tar.destroy(null);
    await writing;
  }
  if (failure) throw failure;
}

async function* chunksOf(tar: Pack): AsyncGenerator<Uint8Array> {
  for await (const chunk of tar) yield chunk as Uint8Array;
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
