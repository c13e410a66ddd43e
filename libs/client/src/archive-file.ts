import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { extract } from 'tar-stream';
import { BeatbotError } from './beatbot-error';
import type { HttpTransport } from './http-transport';

export interface ExportOptions {
  /** Only this song; all songs where not given. */
  songId?: string;
  /** For whom the operator acts. */
  owner?: string;
  signal?: AbortSignal;
  /** Called with the bytes there so far. */
  onProgress?: (bytes: number) => void;
}

/** What an archive holds. */
export interface ArchiveContents {
  songs: number;
  entries: number;
  bytes: number;
}

interface Listed {
  name: string;
  size: number;
  sha256: string;
}

const MANIFEST = 'manifest.json';
export const ARCHIVE_TYPE = 'application/x-tar';

/**
 * Writes an archive of songs to `file`, which appears only when it is whole and every entry is what its manifest lists;
 * until then it is `file.partial`, which a failure takes away.
 * @throws BeatbotError CHECKSUM_MISMATCH where it is not
 */
export async function exportArchive(
  transport: HttpTransport,
  file: string,
  { songId, owner, signal, onProgress }: ExportOptions,
): Promise<ArchiveContents> {
  const path = songId === undefined ? '/v1/export' : `/v1/songs/${encodeURIComponent(songId)}/export`;
  const partial = `${file}.partial`;
  await mkdir(dirname(file), { recursive: true });
  const response = await transport.request(path, { headers: ownerHeader(owner), signal, repeatable: true });
  try {
    const handle = await open(partial, 'w');
    try {
      let bytes = 0;
      for await (const chunk of response.body ?? []) {
        await handle.write(chunk as Uint8Array);
        bytes += (chunk as Uint8Array).length;
        onProgress?.(bytes);
      }
      await handle.sync();
    } catch (error) {
      signal?.throwIfAborted();
      throw new BeatbotError('the archive was cut before its end', { reason: 'UNREACHABLE', cause: error });
    } finally {
      await handle.close();
    }
    const contents = await checkArchive(partial);
    await rename(partial, file);
    return contents;
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * Reads an archive through and compares every entry with the manifest that lists it.
 * @throws BeatbotError CHECKSUM_MISMATCH where it is cut or changed
 */
export async function checkArchive(file: string): Promise<ArchiveContents> {
  const contents: ArchiveContents = { songs: 0, entries: 0, bytes: 0 };
  /** What no manifest has listed yet, within each song and around them. */
  const inSong: Listed[] = [];
  const around: Listed[] = [];
  let last = '';
  const source = createReadStream(file);
  const tar = extract();
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar as unknown as NodeJS.WritableStream);
  try {
    for await (const entry of tar) {
      const { name } = entry.header;
      const manifest = name === MANIFEST || name.endsWith(`/${MANIFEST}`);
      const hash = createHash('sha256');
      const kept: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        size += chunk.length;
        if (manifest) kept.push(chunk);
      }
      const listed = { name, size, sha256: hash.digest('hex') };
      if (manifest) assertListed(name, Buffer.concat(kept), name === MANIFEST ? around : inSong);
      if (name !== MANIFEST && manifest) contents.songs++;
      (name.startsWith('songs/') && !manifest ? inSong : around).push(listed);
      contents.entries++;
      contents.bytes += size;
      last = name;
    }
  } catch (error) {
    if (error instanceof BeatbotError) throw error;
    throw damaged(`it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    source.destroy();
  }
  if (last !== MANIFEST) throw damaged(`it ends with ${JSON.stringify(last)} and not with ${MANIFEST}`);
  return contents;
}

export function ownerHeader(owner: string | undefined): Record<string, string> {
  return owner === undefined ? {} : { 'x-beatbot-owner': owner };
}

function assertListed(name: string, manifest: Buffer, there: Listed[]): void {
  const { entries } = JSON.parse(manifest.toString()) as { entries: Listed[] };
  const found = there.splice(0);
  const at = Math.max(entries.length, found.length);
  for (let index = 0; index < at; index++) {
    const [listed, entry] = [entries[index], found[index]];
    if (listed?.name !== entry?.name || listed?.size !== entry?.size || listed?.sha256 !== entry?.sha256)
      throw damaged(`${entry?.name ?? listed?.name} is not what ${name} lists`);
  }
}

function damaged(why: string): BeatbotError {
  return new BeatbotError(`the archive is damaged: ${why}`, { reason: 'CHECKSUM_MISMATCH' });
}
