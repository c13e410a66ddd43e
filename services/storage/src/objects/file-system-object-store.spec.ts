import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toFileSystemDomainError } from './file-system-error';
import { FileSystemObjectStore } from './file-system-object-store';
import { newLocation } from './location';
import { MemoryObjectStore } from './testing/memory-object-store';
import { describeObjectStore } from './testing/object-store-conformance';
import { UrlSigner } from './url-signer';

const signer = new UrlSigner('a secret of the tests', 'http://localhost:1');
const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'beatbot-objects-'));
  folders.push(made);
  return made;
}

afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}

describeObjectStore(
  'FileSystemObjectStore',
  async () => new FileSystemObjectStore(join(folder(), 'not', 'yet'), signer, async () => true),
);
describeObjectStore('MemoryObjectStore', async () => new MemoryObjectStore());

describe('FileSystemObjectStore', () => {
  it('takes no path but its own', async () => {
    const root = folder();
    const store = new FileSystemObjectStore(join(root, 'objects'), signer, async () => true);
    writeFileSync(join(root, 'secret'), 'secret');
    for (const location of [
      '../secret',
      '/etc/passwd',
      `${'0'.repeat(32)}/00/../../../secret`,
      '',
      `${newLocation('a')}\0`,
    ]) {
      await expect(store.put(location, bytes('x'), { maxBytes: 9 })).rejects.toThrow('is not a location');
      await expect(store.stat(location)).rejects.toThrow('is not a location');
      await expect(store.delete(location)).rejects.toThrow('is not a location');
      await expect(store.get(location, 0, 1)[Symbol.asyncIterator]().next()).rejects.toThrow('is not a location');
    }
    expect(readdirSync(root)).toEqual(['secret']);
  });

  it('takes no other folder for its own, nor a missing file there for a lost one', async () => {
    const root = folder();
    let stored = false;
    const store = new FileSystemObjectStore(join(root, 'objects'), signer, async () => !stored);
    const location = newLocation('ann');
    await store.put(location, bytes('here'), { maxBytes: 9 });
    stored = true;
    renameSync(join(root, 'objects'), join(root, 'away'));
    mkdirSync(join(root, 'objects'));
    const away = { reason: 'UNAVAILABLE', retryAfterMs: 5000, message: expect.stringContaining('is not the one') };
    await expect(store.checkWritable()).rejects.toMatchObject(away);
    await expect(store.put(newLocation('ann'), bytes('lost'), { maxBytes: 9 })).rejects.toMatchObject(away);
    await expect(store.get(location, 0, 1)[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
    await expect(store.stat(location)).rejects.toMatchObject(away);
    expect(readdirSync(join(root, 'objects'))).toEqual([]);
    rmSync(join(root, 'objects'), { recursive: true });
    await expect(store.checkWritable()).rejects.toMatchObject(away);
    renameSync(join(root, 'away'), join(root, 'objects'));
    await store.checkWritable();
    expect(await store.stat(location)).toEqual({ size: 4 });
    expect(await store.stat(newLocation('ann'))).toBeUndefined();
  });

  it('leaves nothing behind where the folder goes away while bytes are written', async () => {
    const root = folder();
    let stored = false;
    const store = new FileSystemObjectStore(root, signer, async () => !stored);
    await store.put(newLocation('ann'), bytes('first'), { maxBytes: 9 });
    stored = true;
    async function* slowly() {
      yield Buffer.from('a');
      rmSync(join(root, '.beatbot-objects'));
      for (const name of readdirSync(root).filter((entry) => entry !== '.incoming'))
        rmSync(join(root, name), { recursive: true });
      yield Buffer.from('b');
    }
    await expect(store.put(newLocation('ann'), slowly(), { maxBytes: 9 })).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
    });
  });

  it('does not take a bare mount point for its folder, where one that was writing put something there', async () => {
    const root = folder();
    const [objects, volume] = [join(root, 'objects'), join(root, 'volume')];
    let stored = false;
    const store = new FileSystemObjectStore(objects, signer, async () => !stored);
    await store.put(newLocation('ann'), bytes('first'), { maxBytes: 9 });
    stored = true;
    async function* slowly() {
      yield Buffer.from('a');
      renameSync(objects, volume);
      mkdirSync(join(objects, '.incoming'), { recursive: true });
      yield Buffer.from('b');
    }
    const unavailable = { reason: 'UNAVAILABLE' };
    await expect(store.put(newLocation('ann'), slowly(), { maxBytes: 9 })).rejects.toMatchObject(unavailable);
    // Its folder was made before the file turned out to be gone.
    expect(readdirSync(objects).filter((name) => !name.startsWith('.'))).toHaveLength(1);
    await expect(store.put(newLocation('ann'), bytes('lost'), { maxBytes: 9 })).rejects.toMatchObject(unavailable);
    await expect(store.checkWritable()).rejects.toMatchObject(unavailable);
  });

  it('keeps each owner in a folder of its own, and no name of theirs on disk', async () => {
    const root = folder();
    const store = new FileSystemObjectStore(root, signer, async () => true);
    await store.put(newLocation('../../ann'), bytes('a'), { maxBytes: 9 });
    await store.put(newLocation('bob'), bytes('b'), { maxBytes: 9 });
    expect(readdirSync(root).filter((name) => /^[0-9a-f]{32}$/.test(name))).toHaveLength(2);
  });

  it('removes what killed writes left behind, once it is old', async () => {
    const root = folder();
    const store = new FileSystemObjectStore(root, signer, async () => true);
    mkdirSync(join(root, '.incoming'));
    const [old, young] = [join(root, '.incoming', 'old'), join(root, '.incoming', 'young')];
    for (const path of [old, young]) writeFileSync(path, 'half');
    utimesSync(old, 1000, 1000);
    expect(await store.removeLeftovers(new Date(Date.now() - 60_000))).toBe(1);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it('says that it cannot be used where its folder is none', async () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    const store = new FileSystemObjectStore(join(root, 'file'), signer, async () => true);
    await expect(store.checkWritable()).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    await expect(store.put(newLocation('a'), bytes('x'), { maxBytes: 9 })).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
    });
  });

  it('leaves nothing half-written where its disk is full', async () => {
    const root = folder();
    const store = new FileSystemObjectStore(root, signer, async () => true);
    async function* untilFull() {
      yield Buffer.from('half');
      // As a write would fail; the error takes the same way.
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    await expect(store.put(newLocation('a'), untilFull(), { maxBytes: 100 })).rejects.toMatchObject({
      reason: 'RESOURCE_EXHAUSTED',
      retryAfterMs: 60_000,
    });
    expect(
      readdirSync(root, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && entry.name !== '.beatbot-objects',
      ),
    ).toEqual([]);
  });

  it('tells a full disk, a read-only one and other failures apart', () => {
    const failure = (code: string) => toFileSystemDomainError(Object.assign(new Error(code), { code }));
    expect(failure('ENOSPC')).toMatchObject({ reason: 'RESOURCE_EXHAUSTED' });
    expect(failure('EDQUOT')).toMatchObject({ reason: 'RESOURCE_EXHAUSTED' });
    expect(failure('EROFS')).toMatchObject({ reason: 'UNAVAILABLE', retryAfterMs: 5000 });
    expect(failure('EWHATEVER')).not.toHaveProperty('reason');
  });
});
