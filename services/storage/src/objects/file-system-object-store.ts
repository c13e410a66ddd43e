import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '@beatbot/service-kit';
import { CheckedBytes } from './checked-bytes';
import { errorCode, toFileSystemDomainError } from './file-system-error';
import { FolderMark } from './folder-mark';
import { isLocation } from './location';
import {
  CHUNK_BYTES,
  type Expected,
  type Location,
  type ObjectStore,
  type SignRequest,
  type Written,
} from './object-store';

/** Folder of files that are being written; on the same file system, so that a rename is atomic. */
const INCOMING = '.incoming';

/**
 * Objects as files below one folder. A file is written beside, synced to disk, and renamed into place, so that a crash
 * at any moment leaves either all of it or a leftover that nobody sees.
 */
export class FileSystemObjectStore implements ObjectStore {
  private readonly root: string;
  private readonly mark: FolderMark;

  constructor(
    root: string,
    private readonly signer: { sign(request: SignRequest): string },
    /** True while no object was ever stored. */
    mayBeNew: () => Promise<boolean>,
  ) {
    this.root = resolve(root);
    this.mark = new FolderMark(this.root, mayBeNew);
  }

  async put(location: Location, bytes: AsyncIterable<Uint8Array>, expected: Expected): Promise<Written> {
    const target = this.path(location);
    const incoming = join(this.root, INCOMING, randomUUID());
    try {
      await this.mark.assertThere();
      await mkdir(dirname(incoming), { recursive: true });
      const written = await writeFile(incoming, bytes, expected);
      await mkdir(dirname(target), { recursive: true });
      await rename(incoming, target);
      for (let folder = dirname(target); folder.length >= this.root.length; folder = dirname(folder))
        await syncFolder(folder);
      // The folder that was there at the beginning may have gone meanwhile, with the bytes in another one.
      await this.mark.assertStillThere();
      return written;
    } catch (error) {
      await rm(incoming, { force: true }).catch(() => undefined);
      throw toFileSystemDomainError(error);
    }
  }

  async *get(location: Location, offset: number, length: number): AsyncGenerator<Uint8Array> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.path(location));
      for (let at = offset, left = length; left > 0;) {
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, left));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) throw new DomainError('DATA_LOSS', `the bytes of an object end at ${at}, too early`);
        at += bytesRead;
        left -= bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') {
        await this.assertThere();
        throw new DomainError('DATA_LOSS', 'the bytes of an object are gone', { cause: error });
      }
      throw toFileSystemDomainError(error);
    } finally {
      await file?.close();
    }
  }

  async stat(location: Location): Promise<{ size: number } | undefined> {
    try {
      const { size } = await stat(this.path(location));
      return { size };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') {
        await this.assertThere();
        return undefined;
      }
      throw toFileSystemDomainError(error);
    }
  }

  async delete(location: Location): Promise<void> {
    try {
      await rm(this.path(location), { force: true });
    } catch (error) {
      throw toFileSystemDomainError(error);
    }
  }

  async *list(): AsyncGenerator<{ location: Location; writeTime: Date }> {
    for (const owner of await names(this.root)) {
      if (owner === INCOMING) continue;
      for (const part of await names(join(this.root, owner))) {
        for (const id of await names(join(this.root, owner, part))) {
          const location = `${owner}/${part}/${id}`;
          if (!isLocation(location)) continue;
          const writeTime = await writeTimeOf(this.path(location));
          if (writeTime) yield { location, writeTime };
        }
      }
    }
  }

  async removeLeftovers(before: Date): Promise<number> {
    let removed = 0;
    for (const name of await names(join(this.root, INCOMING))) {
      const path = join(this.root, INCOMING, name);
      const writeTime = await writeTimeOf(path);
      if (!writeTime || writeTime >= before) continue;
      await rm(path, { force: true });
      removed++;
    }
    return removed;
  }

  async sign(request: SignRequest): Promise<string> {
    return this.signer.sign(request);
  }

  async checkWritable(): Promise<void> {
    const probe = join(this.root, INCOMING, `probe-${randomUUID()}`);
    try {
      await this.mark.assertThere();
      await mkdir(dirname(probe), { recursive: true });
      const file = await open(probe, 'wx');
      await file.close();
      await rm(probe);
    } catch (error) {
      throw toFileSystemDomainError(error);
    }
  }

  private async assertThere(): Promise<void> {
    try {
      await this.mark.assertThere();
    } catch (error) {
      throw toFileSystemDomainError(error);
    }
  }

  /** Only places of ours lead to a path, so no text of a caller can lead out of the folder. */
  private path(location: Location): string {
    if (!isLocation(location)) throw new Error(`${JSON.stringify(location)} is not a location`);
    return join(this.root, location);
  }
}

async function writeFile(path: string, bytes: AsyncIterable<Uint8Array>, expected: Expected): Promise<Written> {
  const file = await open(path, 'wx', 0o640);
  try {
    const checked = new CheckedBytes(bytes, expected);
    for await (const chunk of checked) await file.writeFile(chunk);
    const written = checked.written();
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

/** Makes a rename or a new folder durable. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return [];
    throw toFileSystemDomainError(error);
  }
}

/** Undefined where it was taken away meanwhile. */
async function writeTimeOf(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw toFileSystemDomainError(error);
  }
}
