import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from './api';
import { ROOT, RunningSystem } from './running-system';

interface Revision {
  number: number;
  scoreHash: string;
  assets: { name: string; url: string; size: number; sha256: string }[];
}

const BIN = join(ROOT, 'libs/client/bin/beatbot.js');

/** Two songs go from one system into another one that is empty. */
describe('an archive', () => {
  let here: RunningSystem;
  let there: RunningSystem;
  let api: Api;
  let other: Api;
  let file: string;

  beforeAll(async () => {
    here = await RunningSystem.start();
    api = new Api(() => here.url);
    const [first] = await Promise.all(
      ['house, 4 bars', 'a slow waltz for piano, 4 bars'].map(async (prompt) => {
        const job = await api.createSong({ prompt, formats: ['mp3', 'wav'], tags: ['kept'] });
        return api.finished(job.id);
      }),
    );
    const edit = await api.post(`/v1/songs/${first?.songId}/revisions`, {
      edits: [{ type: 'transpose', semitones: 2 }],
    });
    const { job } = (await edit.json()) as { job: { id: string } };
    expect((await api.finished(job.id)).state).toBe('succeeded');
    file = join(here.folder, 'songs.tar');
    there = await RunningSystem.start();
    other = new Api(() => there.url);
  }, 400_000);
  afterAll(async () => {
    await here?.stop();
    await there?.stop();
  });

  const beatbot = (system: RunningSystem, ...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = { ...process.env, BEATBOT_URL: system.url };
      execFile(process.execPath, [BIN, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });

  /** Everything that can be read of all songs, with every file by the SHA-256 of the bytes that came. */
  async function everything(from: Api) {
    const { songs } = await from.get<{ songs: { id: string }[] }>('/v1/songs?orderBy=create_time');
    return Promise.all(
      songs.map(async (song) => {
        const { revisions } = await from.get<{ revisions: Revision[] }>(`/v1/songs/${song.id}/revisions`);
        const read = revisions.map(async (revision) => ({
          ...revision,
          receipt: await from.get(`/v1/songs/${song.id}/revisions/${revision.number}/receipt`),
          files: await Promise.all(
            revision.assets.map(async ({ url, sha256, size }) => {
              const bytes = await from.bytes(url);
              expect([url, bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([
                url,
                size,
                sha256,
              ]);
              return [url, sha256];
            }),
          ),
        }));
        return { song, revisions: await Promise.all(read) };
      }),
    );
  }

  it('takes songs with all their revisions and files into an empty place, and out of it again the same', async () => {
    const before = await everything(api);
    expect(before.map(({ revisions }) => revisions.length).sort()).toEqual([1, 2]);
    expect(await beatbot(here, 'export', 'local', '-o', file)).toMatchObject({ code: 0, stderr: '' });
    const taken = await beatbot(there, 'import', file, '--json');
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect((JSON.parse(taken.stdout) as { songs: object[] }).songs).toMatchObject([
      { created: true },
      { created: true },
    ]);
    expect(await everything(other)).toEqual(before);
    const again = join(there.folder, 'again.tar');
    expect(await beatbot(there, 'export', '-o', again)).toMatchObject({ code: 0 });
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
    const repeated = await beatbot(there, 'import', file, '--json');
    expect((JSON.parse(repeated.stdout) as { songs: object[] }).songs).toMatchObject([
      { created: false },
      { created: false },
    ]);
    expect(await everything(other)).toEqual(before);
  });

  it('brings songs that can be revised like any other', async () => {
    const [first] = await everything(other);
    const song = (first?.song as { id: string }).id;
    const edit = await other.post(`/v1/songs/${song}/revisions`, { edits: [{ type: 'setTempo', tempoBpm: 90 }] });
    const { job } = (await edit.json()) as { job: { id: string } };
    expect((await other.finished(job.id)).state).toBe('succeeded');
  });

  it('that is damaged changes nothing, and is told of as the mistake of who sends it', async () => {
    const good = readFileSync(file);
    const before = await other.get('/v1/songs');
    const send = async (body: Buffer) => {
      const headers = { 'content-type': 'application/x-tar' };
      const answer = await other.request('/v1/import', { method: 'POST', headers, body: new Uint8Array(body) });
      const text = await answer.text();
      return answer.status === 200 ? 200 : [answer.status, (JSON.parse(text) as { reason: string }).reason];
    };
    const changed = Buffer.from(good);
    const middle = Math.floor(good.length / 2);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    expect([
      [422, 'CHECKSUM_MISMATCH'],
      [400, 'INVALID_ARGUMENT'],
    ]).toContainEqual(await send(changed));
    for (const bad of [good.subarray(0, middle), good.subarray(512), Buffer.alloc(0), Buffer.alloc(100_000, 'x')])
      expect(await send(bad)).toEqual([400, 'INVALID_ARGUMENT']);
    const damaged = join(there.folder, 'damaged.tar');
    writeFileSync(damaged, changed);
    expect((await beatbot(there, 'import', damaged)).code).toBe(10);
    expect(await other.get('/v1/songs')).toEqual(before);
  });
});
