import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BeatbotClient, BeatbotError, type JobEvent } from '../src';
import {
  answerWell,
  assetOf,
  DONE,
  event,
  FakeServer,
  FILES,
  JOB,
  sendJson,
  sendProblem,
  SONG,
  writeEvents,
} from './fake-server';

describe('the client', () => {
  const server = new FakeServer();
  let client: BeatbotClient;
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
    answerWell(server);
    client = new BeatbotClient({ url: `${server.url}/`, patienceMs: 2000 });
  });

  const collect = async (events: AsyncIterable<JobEvent>): Promise<number[]> => {
    const seqs: number[] = [];
    for await (const { seq } of events) seqs.push(seq);
    return seqs;
  };

  it('types are those of the committed OpenAPI document; `npm run generate` writes them', () => {
    const root = join(__dirname, '..');
    const binary = join(require.resolve('openapi-typescript/package.json'), '../bin/cli.js');
    const fresh = execFileSync(process.execPath, [binary, 'openapi.json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(readFileSync(join(root, 'src/generated/openapi.ts'), 'utf8').trim()).toBe(fresh.trim());
  });

  it("tells the server's reason, fields and request id", async () => {
    server.on('GET', /song-9/, (_request, response) =>
      sendProblem(response, 404, 'NOT_FOUND', 'no song', [{ field: 'song', value: 'song-9', allowed: 'an id' }]),
    );
    const error = await client.getSong('song-9').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BeatbotError);
    expect(error).toMatchObject({
      reason: 'NOT_FOUND',
      status: 404,
      requestId: 'request-1',
      message: 'no song',
      errors: [{ field: 'song', value: 'song-9', allowed: 'an id' }],
    });
  });

  it('tries again under the same key while the server is away, and waits as it asks', async () => {
    const times: number[] = [];
    server.on('POST', /^\/v1\/songs$/, (_request, response) => {
      times.push(Date.now());
      if (times.length === 1) sendProblem(response, 503, 'UNAVAILABLE', 'away', [], { 'retry-after': '1' });
      else if (times.length === 2) response.destroy();
      else sendJson(response, 202, { song: SONG, job: JOB });
    });
    await client.createSong({ prompt: 'x' });
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(950);
  });

  it('does not repeat what could do harm, nor what cannot succeed', async () => {
    server.on('DELETE', /song-1/, (_request, response) => response.destroy());
    await expect(client.deleteSong('song-1')).rejects.toMatchObject({ reason: 'UNREACHABLE' });
    server.on('POST', /^\/v1\/songs$/, (_request, response) => sendProblem(response, 400, 'INVALID_ARGUMENT', 'bad'));
    await expect(client.createSong({ prompt: '' })).rejects.toMatchObject({ status: 400 });
    expect(server.requests).toHaveLength(2);
  });

  it('gives up when patience ends, naming the address', async () => {
    const nobody = new BeatbotClient({ url: 'http://127.0.0.1:1', firstPatienceMs: 300 });
    await expect(nobody.listSongs()).rejects.toMatchObject({
      reason: 'UNREACHABLE',
      message: expect.stringMatching(/127\.0\.0\.1:1 .*(ECONNREFUSED|bad port)/),
    });
    const slow = new BeatbotClient({ url: server.url, firstPatienceMs: 0, timeoutMs: 100 });
    server.on('GET', /styles/, () => undefined);
    await expect(slow.listStyles()).rejects.toMatchObject({
      reason: 'UNREACHABLE',
      message: expect.stringContaining('no answer within 0.1 s'),
    });
  });

  it('says when something else answers', async () => {
    server.on('GET', /styles/, (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello'),
    );
    await expect(client.listStyles()).rejects.toMatchObject({ reason: 'NOT_BEATBOT' });
  });

  describe('watching', () => {
    it('resumes after drops without gap or repeat', async () => {
      const seen: (string | string[] | undefined)[] = [];
      server.on('GET', /events$/, (request, response) => {
        const after = Number(request.headers['last-event-id']);
        seen.push(request.headers['last-event-id']);
        if (seen.length === 2) return void sendProblem(response, 503, 'UNAVAILABLE', 'away');
        // A repeat, as a careless proxy might send, is left out.
        writeEvents(response, after === 0 ? [event(1)] : after === 1 ? [event(1), event(2)] : [DONE]);
        if (after === 0) setTimeout(() => response.destroy(), 20);
        else response.end();
      });
      expect(await collect(client.watchJob('job-1'))).toEqual([1, 2, 3]);
      expect(seen).toEqual(['0', '1', '1', '2']);
    });

    it('survives a server that goes and comes back', async () => {
      let streams = 0;
      server.on('GET', /events$/, (_request, response) => {
        if (++streams === 1) {
          writeEvents(response, [event(1)]);
          setTimeout(() => void server.stop().then(() => setTimeout(() => void server.start(), 500)), 20);
        } else {
          writeEvents(response, [event(2), DONE]);
          response.end();
        }
      });
      expect(await collect(client.watchJob('job-1'))).toEqual([1, 2, 3]);
    });

    it('takes silence for a drop', async () => {
      let streams = 0;
      server.on('GET', /events$/, (_request, response) => {
        if (++streams === 1) writeEvents(response, [event(1)]);
        else {
          writeEvents(response, [DONE]);
          response.end();
        }
      });
      expect(await collect(client.watchJob('job-1', { silenceMs: 200 }))).toEqual([1, 3]);
    });

    it('ends where there is nothing more, and fails where there is no job', async () => {
      server.on('GET', /job-1\/events$/, (_request, response) => response.writeHead(204).end());
      expect(await collect(client.watchJob('job-1', { after: 3 }))).toEqual([]);
      await expect(collect(client.watchJob('job-9'))).rejects.toMatchObject({ status: 404 });
    });

    it('stops when told to', async () => {
      server.on('GET', /events$/, (_request, response) => writeEvents(response, [event(1)]));
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 100);
      await expect(collect(client.watchJob('job-1', { signal: abort.signal }))).rejects.toThrow();
    });
  });

  describe('downloading', () => {
    const folder = () => mkdtempSync(join(tmpdir(), 'beatbot-client-'));
    const asset = assetOf('mix.wav');
    const bytes = FILES['mix.wav']!;

    it('goes on after a drop, with If-Range, and the file is right', async () => {
      let tries = 0;
      server.on('GET', /mix\.wav$/, (request, response) => {
        const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
        response.writeHead(from > 0 ? 206 : 200, { 'content-length': String(bytes.length - from) });
        if (++tries < 4)
          response.write(bytes.subarray(from, from + 100_000), () => setTimeout(() => response.destroy(), 20));
        else response.end(bytes.subarray(from));
      });
      const file = join(folder(), 'sub/mix.wav');
      const progress: number[] = [];
      await client.download(asset, file, { onProgress: (there) => progress.push(there) });
      expect(readFileSync(file).equals(bytes)).toBe(true);
      expect(progress.at(-1)).toBe(bytes.length);
      const ranges = server.requests.map(({ headers }) => [headers.range, headers['if-range']]);
      expect(ranges[0]).toEqual([undefined, undefined]);
      expect(ranges[1]).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/), `"${asset.sha256}"`]);
    });

    it('goes on with what an earlier process left', async () => {
      const file = join(folder(), 'mix.wav');
      writeFileSync(`${file}.${asset.sha256.slice(0, 12)}.part`, bytes.subarray(0, 250_000));
      await client.download(asset, file);
      expect(server.requests.map(({ headers }) => headers.range)).toEqual(['bytes=250000-']);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    });

    it('starts afresh where that was wrong, once', async () => {
      const file = join(folder(), 'mix.wav');
      writeFileSync(`${file}.${asset.sha256.slice(0, 12)}.part`, Buffer.alloc(250_000, 'wrong'));
      await client.download(asset, file);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    });

    it('leaves no file where the bytes stay wrong', async () => {
      server.on('GET', /mix\.wav$/, (_request, response) => response.end(Buffer.alloc(bytes.length)));
      const file = join(folder(), 'mix.wav');
      await expect(client.download(asset, file)).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
      expect(() => readFileSync(file)).toThrow('ENOENT');
      expect(server.requests).toHaveLength(2);
    });
  });
});
