import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { BeatbotClient } from '../src';
import { checkArchive } from '../src/archive-file';
import { main } from '../src/cli/main';
import { FakeServer, sendProblem } from './fake-server';

const SONG = '0193a8b2-0000-7000-8000-000000000001';
const TAR = 'application/x-tar';

type Entries = [name: string, text: string][];

const listed = (entries: Entries): string =>
  JSON.stringify({
    entries: entries.map(([name, text]) => ({
      name,
      size: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  });

function archiveEntries(): Entries {
  const format: Entries[number] = ['beatbot-archive.json', '{}'];
  const song: Entries = [
    [`songs/${SONG}/song.json`, '{"id":1}'],
    [`songs/${SONG}/objects/mix`, 'x'.repeat(100_000)],
  ];
  const manifest: Entries[number] = [`songs/${SONG}/manifest.json`, listed(song)];
  return [format, ...song, manifest, ['manifest.json', listed([format, manifest])]];
}

async function tarOf(entries: Entries): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of entries) tar.entry({ name }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('archives', () => {
  const server = new FakeServer();
  let folder: string;
  let good: Buffer;
  const client = () => new BeatbotClient({ url: server.url, patienceMs: 0, firstPatienceMs: 0 });
  const serve = (bytes: Buffer, path = /^\/v1\/export$/) =>
    server.on('GET', path, (_request, response) => response.writeHead(200, { 'content-type': TAR }).end(bytes));

  beforeAll(async () => {
    await server.start();
    good = await tarOf(archiveEntries());
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
    folder = mkdtempSync(join(tmpdir(), 'beatbot-archive-'));
  });

  it('are written whole, and checked', async () => {
    serve(good);
    const file = join(folder, 'deep/songs.tar');
    expect(await client().exportSongs(file)).toEqual({ songs: 1, entries: 5, bytes: expect.any(Number) });
    expect(readFileSync(file).equals(good)).toBe(true);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['songs.tar']);
    serve(good, new RegExp(`^/v1/songs/${SONG}/export$`));
    await client().exportSongs(join(folder, 'one.tar'), { songId: SONG, owner: 'ann' });
    expect(server.requests.at(-1)?.headers['x-beatbot-owner']).toBe('ann');
  });

  it('leave no file where the server cuts them', async () => {
    server.on('GET', /export/, (_request, response) => {
      response.writeHead(200, { 'content-type': TAR }).write(good.subarray(0, 60_000), () => response.destroy());
    });
    await expect(client().exportSongs(join(folder, 'cut.tar'))).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['ends early, at the border of an entry', () => tarOf(archiveEntries().slice(0, -1))],
    ['is cut anywhere', () => good.subarray(0, 50_001)],
    ['has a changed byte', () => Buffer.from(good.toString('latin1').replace('xxxx', 'xxyx'), 'latin1')],
    ['lacks an entry', () => tarOf(archiveEntries().filter(([name]) => !name.includes('objects')))],
    ['has one more', () => tarOf([['more', 'x'], ...archiveEntries()])],
    ['is empty', () => Buffer.alloc(0)],
    ['is no tar', () => Buffer.from('<html>'.repeat(500))],
  ])('are refused where one %s: no file, no request', async (_name, make) => {
    const bytes = await make();
    serve(bytes);
    const file = join(folder, 'bad.tar');
    await expect(client().exportSongs(file)).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(file, bytes);
    server.requests.length = 0;
    await expect(client().importSongs(file)).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
    expect(server.requests).toEqual([]);
  });

  it('are sent byte by byte, again where the server was away', async () => {
    const songs = [{ songId: 'b', archivedSongId: SONG, revisions: 1, created: true }];
    let tries = 0;
    server.on('POST', /^\/v1\/import$/, (_request, response) =>
      ++tries === 1
        ? sendProblem(response, 503, 'UNAVAILABLE', 'away')
        : response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ songs })),
    );
    const file = join(folder, 'good.tar');
    writeFileSync(file, good);
    const patient = new BeatbotClient({ url: server.url });
    expect(await patient.importSongs(file, { owner: 'ann' })).toEqual({ songs });
    expect(server.requests).toHaveLength(2);
    for (const { headers, body } of server.requests) {
      expect([headers['content-type'], headers['x-beatbot-owner'], body.length]).toEqual([TAR, 'ann', good.length]);
    }
    expect(await checkArchive(file)).toMatchObject({ songs: 1 });
  });

  it('come and go by the command, for another owner only where it is one', async () => {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      interactive: false,
      coloured: false,
      columns: 100,
    };
    const beatbot = (...args: string[]) => main(['--url', server.url, ...args], terminal);
    server.onJson('GET', /^\/v1\/usage$/, { owner: 'ann' });
    serve(good);
    serve(good, /^\/v1\/songs\/.*\/export$/);
    const file = join(folder, 'songs.tar');
    expect(await beatbot('export', 'ann', '-o', file)).toBe(0);
    expect(server.requests.at(-1)).toMatchObject({ path: '/v1/export' });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('x-beatbot-owner');
    expect(await beatbot('export', 'ann', '-o', file)).toBe(2);
    expect(err.join()).toContain('is there already');
    expect(await beatbot('export', 'bob', '-o', file, '--force', '--json')).toBe(0);
    expect(server.requests.at(-1)?.headers['x-beatbot-owner']).toBe('bob');
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ file, songs: 1 });
    expect(await beatbot('export', SONG, '-o', join(folder, 'one.tar'), '--owner', 'bob')).toBe(0);
    expect(server.requests.at(-1)).toMatchObject({ path: `/v1/songs/${SONG}/export` });
    expect(await beatbot('export', 'carl', '-o', join(folder, 'x.tar'), '--owner', 'bob')).toBe(2);
    expect(await beatbot('import', join(folder, 'nothing.tar'))).toBe(2);
    server.onJson('POST', /import/, { songs: [{ songId: 'b', archivedSongId: SONG, revisions: 3, created: false }] });
    expect(await beatbot('import', file)).toBe(0);
    expect(out.at(-1)).toMatch(/b .* 3 .* was there/);
    writeFileSync(join(folder, 'bad.tar'), 'x');
    expect(await beatbot('import', join(folder, 'bad.tar'))).toBe(10);
  });
});
