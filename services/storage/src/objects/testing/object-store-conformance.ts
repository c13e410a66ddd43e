import { createHash, randomBytes } from 'node:crypto';
import { newLocation } from '../location';
import { CHUNK_BYTES, type ObjectStore } from '../object-store';

const MIB = 1024 * 1024;

async function* inPieces(bytes: Uint8Array, size = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) {
    expect(chunk.byteLength).toBeLessThanOrEqual(CHUNK_BYTES);
    all.push(chunk);
  }
  return Buffer.concat(all);
}

async function locations(store: ObjectStore): Promise<string[]> {
  const all: string[] = [];
  for await (const { location } of store.list()) all.push(location);
  return all.sort();
}

/** What every object store must do; `open` gives a new, empty one. */
export function describeObjectStore(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} as an object store`, () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await open();
    });

    it.each([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * MIB + 7])('keeps %d bytes as they are', async (size) => {
      const bytes = randomBytes(size);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const location = newLocation('somebody');
      expect(await store.stat(location)).toBeUndefined();
      expect(await store.put(location, inPieces(bytes), { size, sha256, maxBytes: 4 * MIB })).toEqual({ size, sha256 });
      expect(await store.stat(location)).toEqual({ size });
      expect((await collected(store.get(location, 0, size))).equals(bytes)).toBe(true);
    });

    it('gives any range', async () => {
      const bytes = randomBytes(200_000);
      const location = newLocation('somebody');
      await store.put(location, inPieces(bytes), { maxBytes: MIB });
      for (const [offset, length] of [
        [0, 1],
        [199_999, 1],
        [65_535, 2],
        [10, 150_000],
        [200_000, 0],
      ] as const) {
        expect(
          (await collected(store.get(location, offset, length))).equals(bytes.subarray(offset, offset + length)),
        ).toBe(true);
      }
    });

    it.each([
      ['fewer bytes than announced', { size: 11, maxBytes: 100 }, 'CHECKSUM_MISMATCH'],
      ['more bytes than announced', { size: 9, maxBytes: 100 }, 'CHECKSUM_MISMATCH'],
      ['another checksum', { sha256: '0'.repeat(64), maxBytes: 100 }, 'CHECKSUM_MISMATCH'],
      ['too many bytes', { maxBytes: 9 }, 'PAYLOAD_TOO_LARGE'],
    ])('leaves nothing of %s', async (_case, expected, reason) => {
      const location = newLocation('somebody');
      await expect(store.put(location, inPieces(Buffer.from('0123456789'), 3), expected)).rejects.toMatchObject({
        reason,
      });
      expect(await store.stat(location)).toBeUndefined();
      expect(await locations(store)).toEqual([]);
      expect(await store.removeLeftovers(new Date(Date.now() + 10_000))).toBe(0);
    });

    it('leaves nothing of a source that fails', async () => {
      const location = newLocation('somebody');
      async function* failing() {
        yield Buffer.from('half');
        throw new Error('the sender has gone');
      }
      await expect(store.put(location, failing(), { maxBytes: 100 })).rejects.toThrow('the sender has gone');
      expect(await store.stat(location)).toBeUndefined();
      expect(await store.removeLeftovers(new Date(Date.now() + 10_000))).toBe(0);
    });

    it('does not read ahead of who takes the chunks', async () => {
      const location = newLocation('somebody');
      await store.put(location, inPieces(randomBytes(MIB)), { maxBytes: MIB });
      const chunks = store.get(location, 0, MIB)[Symbol.asyncIterator]();
      expect((await chunks.next()).value).toHaveLength(CHUNK_BYTES);
      await chunks.return?.();
      await store.delete(location);
    });

    it('deletes, lists, and calls missing bytes a loss', async () => {
      const [kept, gone] = [newLocation('somebody'), newLocation('another')];
      for (const location of [kept, gone]) await store.put(location, inPieces(Buffer.from('bytes')), { maxBytes: 100 });
      expect(await locations(store)).toEqual([kept, gone].sort());
      await store.delete(gone);
      await store.delete(gone);
      expect(await locations(store)).toEqual([kept]);
      await expect(collected(store.get(gone, 0, 5))).rejects.toMatchObject({ reason: 'DATA_LOSS' });
      await expect(collected(store.get(kept, 3, 5))).rejects.toMatchObject({ reason: 'DATA_LOSS' });
      for await (const { writeTime } of store.list())
        expect(Math.abs(writeTime.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('can be written to, and signs', async () => {
      await store.checkWritable();
      const location = newLocation('somebody');
      const request = {
        owner: 'somebody',
        key: 'a/b.mp3',
        location,
        contentType: 'audio/mpeg',
        fileName: '',
        expireTime: new Date(),
      };
      expect(await store.sign(request)).toMatch(/^[a-z]+:\/\//);
    });
  });
}
