import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type ArchiveClient, allOf, archiveClient, exported, imported, songWithRevisions } from './support/archives';
import { newOwner } from './support/requests';
import { StorageStack, type StorageProcess } from './support/storage-stack';
import { document, listedAnew, packed, sha256Of, type TarEntry, unpacked } from './support/tar-entries';

const SONG = /^songs\/([0-9a-f-]{36})\/song\.json$/;

describe('archives of songs', () => {
  let stack: StorageStack;
  let storage: StorageProcess;
  let empty: StorageProcess;
  let archives: ArchiveClient;
  let emptyArchives: ArchiveClient;
  const ann = newOwner();
  let song: string;
  let archive: Buffer;
  let entries: TarEntry[];

  beforeAll(async () => {
    stack = await StorageStack.start('archives');
    storage = await stack.service();
    await stack.sql().query('CREATE DATABASE elsewhere');
    empty = await stack.service({
      DATABASE_URL: stack.postgres.url.replace(/\w+$/, 'elsewhere'),
      OBJECT_STORE_PATH: join(stack.folder, 'elsewhere'),
    });
    archives = archiveClient(storage);
    emptyArchives = archiveClient(empty);
    song = await songWithRevisions(storage, ann, 2);
    await songWithRevisions(storage, ann, 1);
    await storage.songs.updateSong(
      { song: { id: song, title: 'Regen', tags: ['rain', 'ä'] } as never, updateMask: ['title', 'tags'] },
      { owner: ann },
    );
    archive = await exported(archives, ann);
    entries = await unpacked(archive);
  }, 120_000);
  afterAll(async () => {
    archives.close();
    emptyArchives.close();
    await stack.stop();
  });

  it('hold every entry once, listed with size and SHA-256', async () => {
    const names = entries.map(({ name }) => name);
    expect(names[0]).toBe('beatbot-archive.json');
    expect(names.at(-1)).toBe('manifest.json');
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => SONG.test(name))).toHaveLength(2);
    // Two Scores, two mixes, one stem that both revisions share.
    expect(names.filter((name) => name.startsWith(`songs/${song}/objects/`))).toHaveLength(5);
    expect(listedAnew(entries)).toEqual(entries);
    for (const { name, bytes } of entries) {
      const named = /\/objects\/([0-9a-f]{64})$/.exec(name)?.[1];
      if (named !== undefined) expect(sha256Of(bytes)).toBe(named);
    }
    expect(await exported(archives, ann)).toEqual(archive);
  });

  it('bring back everything in an empty place, and then export to the same bytes', async () => {
    const songs = await imported(emptyArchives, ann, archive, true);
    expect(songs.map(({ created, revisions }) => [created, revisions])).toEqual([
      [true, 2],
      [true, 1],
    ]);
    expect(songs[0]).toMatchObject({ songId: song, archivedSongId: song });
    expect(await allOf(empty, ann)).toEqual(await allOf(storage, ann));
    expect(await exported(emptyArchives, ann)).toEqual(archive);
    const again = await imported(emptyArchives, ann, archive, true);
    expect(again.map(({ created }) => created)).toEqual([false, false]);
    expect(await exported(emptyArchives, ann)).toEqual(archive);
  }, 60_000);

  it('hold one song where one is asked for, and no other', async () => {
    const one = await unpacked(await exported(archives, ann, song));
    expect(one.filter(({ name }) => SONG.test(name)).map(({ name }) => name)).toEqual([`songs/${song}/song.json`]);
    for (const [owner, id] of [
      [newOwner(), song],
      [ann, '00000000-0000-4000-8000-000000000000'],
      [ann, 'nothing'],
    ] as const)
      await expect(exported(archives, owner, id)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    const none = await unpacked(await exported(archives, newOwner()));
    expect(none.map(({ name }) => name)).toEqual(['beatbot-archive.json', 'manifest.json']);
  });

  it('become the songs of who takes them in, once, under ids that tell nothing', async () => {
    const bob = newOwner();
    const songs = await imported(archives, bob, archive);
    expect(await allOf(storage, bob)).toEqual(await allOf(storage, ann));
    expect(songs.every(({ songId, archivedSongId, created }) => created && songId !== archivedSongId)).toBe(true);
    const again = await imported(archives, bob, archive);
    expect(again).toEqual(songs.map((one) => ({ ...one, created: false })));
    // The same ids where the songs of the archive are not.
    const there = await imported(emptyArchives, bob, archive);
    expect(there.map(({ songId }) => songId)).toEqual(songs.map(({ songId }) => songId));
  });

  it('leave songs alone that are there already, whatever came to them since', async () => {
    const carl = newOwner();
    const own = await songWithRevisions(storage, carl, 1);
    const before = await exported(archives, carl);
    expect(await imported(archives, carl, before)).toEqual([
      { songId: own, archivedSongId: own, revisions: 1, created: false },
    ]);
    await storage.songs.updateSong(
      { song: { id: own, title: 'later', tags: [] } as never, updateMask: ['title'] },
      { owner: carl },
    );
    const now = await allOf(storage, carl);
    await imported(archives, carl, before);
    expect(await allOf(storage, carl)).toEqual(now);
  });

  it("are refused where a song is there with another revision, or is not the owner's and the id is to be kept", async () => {
    const dora = newOwner();
    const own = await songWithRevisions(storage, dora, 1);
    const good = await unpacked(await exported(archives, dora));
    const forged = good.map((entry) =>
      entry.name.endsWith('revisions/1.json')
        ? { ...entry, bytes: Buffer.from(entry.bytes.toString().replace('mix.mp3', 'mix2.mp3')) }
        : entry,
    );
    await expect(imported(archives, dora, await packed(listedAnew(forged)))).rejects.toMatchObject({
      reason: 'ALREADY_EXISTS',
    });
    const eve = newOwner();
    await expect(imported(archives, eve, await packed(good), true)).rejects.toMatchObject({ reason: 'ALREADY_EXISTS' });
    expect(await allOf(storage, eve)).toEqual([]);
    // A deleted song comes back.
    await storage.songs.deleteSong({ songId: own }, { owner: dora });
    expect(await imported(archives, dora, await packed(good), true)).toMatchObject([{ songId: own, created: true }]);
  });

  it.each<[string, string, (entries: TarEntry[]) => TarEntry[]]>([
    [
      'a file outside',
      'INVALID_ARGUMENT',
      (all) => [...all.slice(0, 1), { name: '../../etc/passwd', bytes: Buffer.from('x') }, ...all.slice(1)],
    ],
    [
      'a song under an absolute path',
      'INVALID_ARGUMENT',
      (all) => all.map((one) => ({ ...one, name: `/${one.name}` })),
    ],
    [
      'a link',
      'INVALID_ARGUMENT',
      (all) => [...all.slice(0, 1), { name: 'songs/x', type: 'symlink', bytes: Buffer.alloc(0) }, ...all.slice(1)],
    ],
    ['a folder', 'INVALID_ARGUMENT', (all) => [{ name: 'songs/', type: 'directory', bytes: Buffer.alloc(0) }, ...all]],
    ['no manifest', 'INVALID_ARGUMENT', (all) => all.slice(0, -1)],
    ['something after the manifest', 'INVALID_ARGUMENT', (all) => [...all, { name: 'more', bytes: Buffer.from('x') }]],
    ['a missing object', 'INVALID_ARGUMENT', (all) => without(all, /objects/)],
    ['a missing revision', 'INVALID_ARGUMENT', (all) => without(all, /revisions\/2/)],
    ['a missing song manifest', 'INVALID_ARGUMENT', (all) => without(all, /songs.*manifest/)],
    ['one song twice', 'INVALID_ARGUMENT', (all) => [...all.slice(0, -1), ...all.slice(1)]],
    [
      'another version',
      'INVALID_ARGUMENT',
      (all) => changed(all, /^beatbot-archive/, (text) => text.replace('1', '2')),
    ],
    ['no JSON', 'INVALID_ARGUMENT', (all) => changed(all, /song\.json/, () => '{')],
    [
      'bytes that are no UTF-8',
      'INVALID_ARGUMENT',
      (all) => all.map((one) => (SONG.test(one.name) ? { ...one, bytes: Buffer.from([0xff, 0xfe]) } : one)),
    ],
    [
      'a field too many',
      'INVALID_ARGUMENT',
      (all) => changed(all, /song\.json/, (text) => text.replace('{', '{"owner":"ann",')),
    ],
    [
      'deep nesting',
      'INVALID_ARGUMENT',
      (all) =>
        changed(all, /revisions\/1/, (text) =>
          text.replace('"edits":[]', `"edits":[{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`),
        ),
    ],
    [
      'a document of 3 MB',
      'PAYLOAD_TOO_LARGE',
      (all) => changed(all, /song\.json/, (text) => text + ' '.repeat(3_000_000)),
    ],
    [
      'a name that climbs',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace('mix.mp3', '../mix.mp3')),
    ],
    [
      'a header in a media type',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace('audio/mpeg', 'audio/mpeg\\r\\nX: y')),
    ],
    [
      'an unknown kind',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace('"stem"', '"virus"')),
    ],
    [
      'an edit that is none',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace('"edits":[]', '"edits":[{}]')),
    ],
    [
      'a receipt that is none',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace('812.5', '"many"')),
    ],
    [
      'another Score than the hash says',
      'INVALID_ARGUMENT',
      (all) => changed(all, /revisions\/1/, (text) => text.replace(/"scoreHash":"[0-9a-f]{4}/, '"scoreHash":"0000')),
    ],
    [
      'changed bytes, listed anew',
      'CHECKSUM_MISMATCH',
      (all) => all.map((one) => (/objects/.test(one.name) ? { ...one, bytes: Buffer.alloc(one.bytes.length) } : one)),
    ],
    [
      'longer bytes',
      'CHECKSUM_MISMATCH',
      (all) =>
        all.map((one) => (/objects/.test(one.name) ? { ...one, bytes: Buffer.concat([one.bytes, one.bytes]) } : one)),
    ],
    [
      'a time to come',
      'INVALID_ARGUMENT',
      (all) => changed(all, /song\.json/, (text) => text.replace(/"createTime":"\d{4}/, '"createTime":"2999')),
    ],
    [
      'a text with NUL',
      'INVALID_ARGUMENT',
      (all) => changed(all, /song\.json/, (text) => text.replace('Regen', 'Re\\u0000gen')),
    ],
    [
      'more revisions than there can be',
      'INVALID_ARGUMENT',
      (all) => changed(all, /song\.json/, (text) => text.replace('"latestRevision":2', '"latestRevision":9999999999')),
    ],
    ['nothing', 'INVALID_ARGUMENT', () => []],
  ])('are refused with %s: nothing of them is there', async (_name, reason, change) => {
    const owner = newOwner();
    const bad = await packed(listedAnew(change(entries)));
    await expect(imported(archives, owner, bad)).rejects.toMatchObject({ reason });
    expect(await allOf(storage, owner)).toEqual([]);
    const left = await stack.sql().query('SELECT count(*)::int AS left FROM songs WHERE owner = $1', [owner]);
    expect(left.rows).toEqual([{ left: 0 }]);
  });

  it('are refused where a manifest lists something else', async () => {
    const owner = newOwner();
    const lie = changed(entries, /^manifest/, (text) => text.replace(/"size":\d/, '"size":9'));
    await expect(imported(archives, owner, await packed(lie))).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
    const short = changed(entries, /^songs.*manifest/, () => '{"entries":[]}');
    await expect(imported(archives, owner, await packed(short))).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
    expect(await allOf(storage, owner)).toEqual([]);
  });

  it('are taken in whole or not at all, whatever was done to their bytes', async () => {
    const whole = await allOf(storage, ann);
    const damage = fc.oneof(
      fc.record({
        how: fc.constant('flip' as const),
        at: fc.nat(archive.length - 1),
        byte: fc.integer({ min: 1, max: 255 }),
      }),
      fc.record({ how: fc.constant('cut' as const), at: fc.nat(archive.length - 1), byte: fc.nat(600) }),
      fc.record({ how: fc.constant('insert' as const), at: fc.nat(archive.length - 1), byte: fc.nat(600) }),
      fc.record({ how: fc.constant('end' as const), at: fc.nat(archive.length - 1), byte: fc.constant(0) }),
      // Headers are where it hurts.
      fc.record({ how: fc.constant('flip' as const), at: fc.nat(600), byte: fc.integer({ min: 1, max: 255 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        const owner = newOwner();
        const outcome = await imported(archives, owner, damages.reduce(damaged, archive)).then(
          () => 'taken in',
          (error: { reason: string }) => error.reason,
        );
        expect(['taken in', 'INVALID_ARGUMENT', 'CHECKSUM_MISMATCH', 'PAYLOAD_TOO_LARGE']).toContain(outcome);
        expect(await allOf(storage, owner)).toEqual(outcome === 'taken in' ? whole : []);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 300_000);

  it('can be read whatever a forger wrote into them, or are refused', async () => {
    const revisionName = `songs/${song}/revisions/1.json`;
    const text = String(entries.find(({ name }) => name === revisionName)?.bytes);
    const paths = pathsOf(JSON.parse(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), async (path, value) => {
        const owner = newOwner();
        const forged = JSON.parse(text) as Record<string, unknown>;
        put(forged, path, value);
        const bad = entries.map((entry) =>
          entry.name === revisionName ? { ...entry, bytes: document(forged) } : entry,
        );
        const outcome = await imported(archives, owner, await packed(listedAnew(bad))).then(
          () => 'taken in',
          (error: { reason: string }) => error.reason,
        );
        expect(['taken in', 'INVALID_ARGUMENT', 'CHECKSUM_MISMATCH']).toContain(outcome);
        expect(await allOf(storage, owner)).toHaveLength(outcome === 'taken in' ? 2 : 0);
        if (isDeepStrictEqual(forged, JSON.parse(text))) expect(outcome).toBe('taken in');
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 300_000);

  it('are bounded: in bytes, and by the quota of their owner', async () => {
    const small = await stack.service({ IMPORT_MAX_BYTES: '100000' });
    const client = archiveClient(small);
    const owner = newOwner();
    await expect(imported(client, owner, archive)).rejects.toMatchObject({ reason: 'PAYLOAD_TOO_LARGE' });
    client.close();
    const bounded = await stack.service({ QUOTA_STORED_BYTES: '400000' });
    const quota = archiveClient(bounded);
    await expect(imported(quota, owner, archive)).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
    quota.close();
    expect(await allOf(storage, owner)).toEqual([]);
  }, 60_000);

  it('come one at a time for an owner, and leave nothing when the sender goes away', async () => {
    const owner = newOwner();
    const leave = new AbortController();
    let started = (): void => undefined;
    const begun = new Promise<void>((resolve) => (started = resolve));
    async function* slow() {
      yield { header: { keepIds: false } };
      yield { chunk: archive.subarray(0, 400_000) };
      started();
      await new Promise((_resolve, reject) => leave.signal.addEventListener('abort', () => reject(new Error('gone'))));
    }
    const first = archives.importSongs(slow(), { owner, signal: leave.signal });
    const failed = expect(first).rejects.toThrow();
    await begun;
    await untilBusy(owner);
    await expect(imported(archives, owner, archive)).rejects.toMatchObject({
      reason: 'RESOURCE_EXHAUSTED',
      retryAfterMs: 5000,
    });
    leave.abort();
    await failed;
    await untilFree(owner);
    expect(await allOf(storage, owner)).toEqual([]);
    await imported(archives, owner, archive);
    expect(await allOf(storage, owner)).toHaveLength(2);
  });

  const held = async (owner: string): Promise<boolean> => {
    const { rows } = await stack
      .sql()
      .query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free`, [
        `import of ${owner}`,
      ]);
    return rows[0]?.free === false;
  };
  const untilBusy = async (owner: string): Promise<void> => {
    while (!(await held(owner))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const untilFree = async (owner: string): Promise<void> => {
    while (await held(owner)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
});

function without(entries: TarEntry[], pattern: RegExp): TarEntry[] {
  const at = entries.findIndex(({ name }) => pattern.test(name));
  return entries.filter((_entry, index) => index !== at);
}

/** With the first entry of such a name changed. */
function changed(entries: TarEntry[], pattern: RegExp, change: (text: string) => string): TarEntry[] {
  const at = entries.findIndex(({ name }) => pattern.test(name));
  return entries.map((entry, index) =>
    index === at ? { ...entry, bytes: Buffer.from(change(String(entry.bytes))) } : entry,
  );
}

function damaged(bytes: Buffer, { how, at, byte }: { how: string; at: number; byte: number }): Buffer {
  const place = Math.min(at, bytes.length);
  if (how === 'end') return bytes.subarray(0, place);
  if (how === 'cut') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + byte)]);
  if (how === 'insert')
    return Buffer.concat([bytes.subarray(0, place), Buffer.alloc(byte, place), bytes.subarray(place)]);
  const copy = Buffer.from(bytes);
  if (place < copy.length) copy[place] = (copy[place] ?? 0) ^ byte;
  return copy;
}

type Path = (string | number)[];

/** Every place in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

function put(document: Record<string, unknown>, path: Path, value: unknown): void {
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((node, name) => node[name] as never, document);
  holder[path.at(-1) as string] = value;
}
