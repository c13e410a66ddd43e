import { createHash } from 'node:crypto';
import { extract, pack } from 'tar-stream';

export interface TarEntry {
  name: string;
  type?: 'file' | 'symlink' | 'link' | 'directory' | 'fifo';
  bytes: Buffer;
}

type Source = ReturnType<typeof extract> extends AsyncIterable<infer Entry> ? Entry : never;

/** The entries of an archive, whole. */
export async function unpacked(archive: Buffer): Promise<TarEntry[]> {
  const tar = extract();
  tar.write(archive);
  tar.end(null);
  const entries: TarEntry[] = [];
  for await (const source of tar as AsyncIterable<Source>) {
    const chunks: Buffer[] = [];
    for await (const chunk of source) chunks.push(chunk as Buffer);
    entries.push({ name: source.header.name, bytes: Buffer.concat(chunks) });
  }
  return entries;
}

export async function packed(entries: TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, type = 'file', bytes } of entries) {
    if (type === 'file') tar.entry({ name, size: bytes.length }, bytes);
    else tar.entry({ name, type, size: 0, linkname: 'elsewhere' });
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The same entries with manifests that list them, as a forger would make them. */
export function listedAnew(entries: TarEntry[]): TarEntry[] {
  const done: TarEntry[] = [];
  const lists: { song: object[]; all: object[] } = { song: [], all: [] };
  for (const entry of entries) {
    const { name } = entry;
    const bytes =
      name === 'manifest.json'
        ? document({ entries: lists.all })
        : name.endsWith('/manifest.json')
          ? document({ entries: lists.song })
          : entry.bytes;
    const listed = { name, size: bytes.length, sha256: sha256Of(bytes) };
    if (name.startsWith('songs/') && !name.endsWith('/manifest.json')) lists.song.push(listed);
    else {
      lists.all.push(listed);
      lists.song = [];
    }
    done.push({ ...entry, bytes });
  }
  return done;
}

export function document(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
