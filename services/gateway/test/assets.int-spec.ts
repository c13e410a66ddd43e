import { createHash } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { DomainError } from '@beatbot/service-kit';
import type { Revision } from '@beatbot/contracts/music/v1/song';
import { GatewayHarness } from './fakes/gateway-harness';
import { noise } from './fakes/fake-world';

describe('assets', () => {
  let gateway: GatewayHarness;
  let revision: Revision;
  let base: string;
  const api = () => request(gateway.url);
  const bytesOf = (name: string) => {
    const asset = revision.assets.find((candidate) => candidate.name === name);
    return gateway.backends.world.objects.get(asset?.objectKey ?? '') ?? Buffer.alloc(0);
  };

  beforeAll(async () => {
    gateway = await GatewayHarness.start();
    const { body } = await api().post('/v1/songs').send({ prompt: 'x' });
    revision = gateway.backends.world.publish(body.job.id);
    base = `/v1/songs/${body.song.id}/revisions/1`;
  });
  afterAll(() => gateway.stop());

  it('gives each file by its own path, whole, tagged and for ever', async () => {
    const paths: [string, string][] = [
      ['audio?format=wav', 'mix.wav'],
      ['audio?format=mp3', 'mix.mp3'],
      ['audio', 'mix.mp3'],
      ['stems/bass', 'stems/bass.wav'],
      ['score', 'score.json'],
      ['midi', 'song.mid'],
      ['musicxml', 'song.musicxml'],
      ['peaks', 'peaks.json'],
      ['assets/stems/bass.wav', 'stems/bass.wav'],
      ['assets/stems%2Fbass.wav', 'stems/bass.wav'],
    ];
    for (const [path, name] of paths) {
      const answer = await api().get(`${base}/${path}`).buffer(true).parse(binary);
      const asset = revision.assets.find((candidate) => candidate.name === name);
      expect([path, answer.status, (answer.body as Buffer).equals(bytesOf(name))]).toEqual([path, 200, true]);
      expect(answer.headers).toMatchObject({
        etag: `"${asset?.sha256}"`,
        'content-type': asset?.contentType,
        'content-length': String(asset?.size),
        'cache-control': 'private, max-age=31536000, immutable',
        'accept-ranges': 'bytes',
        'content-disposition': `inline; filename="${name.split('/').at(-1)}"`,
      });
    }
  });

  it('lists them, and gives the receipt', async () => {
    const { body } = await api().get(`${base}/assets`);
    expect(body.assets).toHaveLength(7);
    expect(body.assets[3]).toMatchObject({
      name: 'mix.wav',
      kind: 'mix',
      size: 300_000,
      url: `${base}/assets/mix.wav`,
    });
    expect((await api().get(body.assets[5].url)).status).toBe(200);
    expect((await api().get(`${base}/receipt`)).body).toMatchObject({
      demands: [{ demand: 'tempo', source: 'stated', met: true }, { met: false }],
      notUnderstood: ['dusty'],
    });
    expect((await api().get(base)).body).toMatchObject({ number: 1, durationMs: 94_000, assets: expect.any(Array) });
    expect((await api().get(`/v1/songs/${revision.songId}/revisions`)).body.revisions).toHaveLength(1);
  });

  const size = 300_000;
  const ranges: [string, number, number?, number?][] = [
    ['bytes=0-0', 206, 0, 0],
    ['bytes=0-99', 206, 0, 99],
    ['bytes=100-', 206, 100, size - 1],
    ['bytes=-500', 206, size - 500, size - 1],
    ['bytes=-999999', 206, 0, size - 1],
    ['bytes=65530-65545', 206, 65_530, 65_545],
    ['bytes=299999-400000', 206, size - 1, size - 1],
    ['bytes= 5-10 ', 206, 5, 10],
    ['BYTES=5-10', 206, 5, 10],
    ['bytes=0-99999999999999999999999', 206, 0, size - 1],
    ['bytes=300000-', 416],
    ['bytes=99999999999999999999-', 416],
    ['bytes=-0', 416],
    ['bytes=10-5', 416],
    ['bytes=', 416],
    ['bytes=-', 416],
    ['bytes=a-b', 416],
    ['bytes=1.5-3', 416],
    ['bytes=0-1,5-6', 416],
    ['bytes=0-1, 2-3, 4-5', 416],
    ['lines=1-2', 200],
    ['nonsense', 200],
  ];

  it.each(ranges)('Range: %s gives %i', async (range, status, start = 0, end = size - 1) => {
    const answer = await api().get(`${base}/audio?format=wav`).set('Range', range).buffer(true).parse(binary);
    expect(answer.status).toBe(status);
    if (status === 416) {
      expect(answer.headers['content-range']).toBe(`bytes */${size}`);
      expect(JSON.parse(String(answer.body))).toMatchObject({
        reason: 'RANGE_NOT_SATISFIABLE',
        errors: [{ field: 'Range', value: range.trim() }],
      });
      return;
    }
    expect((answer.body as Buffer).equals(bytesOf('mix.wav').subarray(start, end + 1))).toBe(true);
    expect(answer.headers['content-range']).toBe(status === 206 ? `bytes ${start}-${end}/${size}` : undefined);
  });

  it('does not send again what the client has', async () => {
    const etag = `"${revision.assets[3]?.sha256}"`;
    const path = `${base}/audio?format=wav`;
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      expect([header, (await api().get(path).set('If-None-Match', header)).status]).toEqual([header, 304]);
    expect((await api().get(path).set('If-None-Match', '"other"')).status).toBe(200);
    const answer = await api().get(path).set('If-None-Match', etag);
    expect(answer.headers).toMatchObject({ etag, 'cache-control': expect.stringContaining('immutable') });
  });

  it('sends a range only of the bytes that If-Range names', async () => {
    const etag = `"${revision.assets[3]?.sha256}"`;
    const part = (condition: string) =>
      api().get(`${base}/audio?format=wav`).set('Range', 'bytes=0-9').set('If-Range', condition);
    expect((await part(etag)).status).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Tue, 24 Nov 2026 12:00:00 GMT'])
      expect((await part(other)).status).toBe(200);
  });

  it('answers HEAD without reading the object', async () => {
    const before = gateway.backends.calls.length;
    const whole = await api().head(`${base}/audio?format=wav`);
    expect([whole.status, whole.headers['content-length']]).toEqual([200, '300000']);
    const part = await api().head(`${base}/audio?format=wav`).set('Range', 'bytes=0-9');
    expect([part.status, part.headers['content-length'], part.headers['content-range']]).toEqual([
      206,
      '10',
      'bytes 0-9/300000',
    ]);
    expect(gateway.backends.calls.slice(before).map(({ method }) => method)).not.toContain('getObject');
  });

  it('answers an object that is away before its first byte as a problem, without the headers of the asset', async () => {
    gateway.backends.failures.set(
      'getObject',
      new DomainError('UNAVAILABLE', 'storage is away', { retryAfterMs: 3000 }),
    );
    const answer = await api().get(`${base}/audio?format=wav`);
    gateway.backends.failures.clear();
    expect(answer.status).toBe(503);
    expect(answer.body.reason).toBe('UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.etag).toBeUndefined();
  });

  it('cuts an answer whose object fails midway, so that it is not taken for whole', async () => {
    const asset = revision.assets.find(({ name }) => name === 'mix.wav');
    const objects = gateway.backends.world.objects;
    const key = asset?.objectKey ?? '';
    const bytes = objects.get(key) ?? Buffer.alloc(0);
    // The object turns out to be shorter than its asset says.
    objects.set(key, bytes.subarray(0, 100_000));
    await expect(
      fetch(`${gateway.url}${base}/audio?format=wav`).then((answer) => answer.arrayBuffer()),
    ).rejects.toThrow();
    objects.set(key, bytes);
  });

  describe('while they are made', () => {
    let live: string;
    let jobId: string;
    beforeAll(async () => {
      const { body } = await api().post('/v1/songs').send({ prompt: 'live' });
      jobId = body.job.id;
      live = `/v1/songs/${body.song.id}/revisions/1`;
    });

    it('says when to come again as long as nothing is composed', async () => {
      const answer = await api().get(`${live}/audio`);
      expect([answer.status, answer.body.reason, answer.headers['retry-after']]).toEqual([
        409,
        'FAILED_PRECONDITION',
        '1',
      ]);
    });

    it('streams from the first block on', async () => {
      gateway.backends.world.append(jobId, { stage: 'render', percent: 60, scoreKey: 'scores/abc' });
      gateway.backends.live = { chunks: 10, pauseMs: 50 };
      const begun = Date.now();
      const answer = await fetch(`${gateway.url}${live}/audio?format=mp3`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        200,
        'audio/mpeg',
        'no-store',
      ]);
      const chunks: Buffer[] = [];
      let firstAfter = 0;
      for await (const chunk of answer.body ?? []) {
        firstAfter ||= Date.now() - begun;
        chunks.push(Buffer.from(chunk as Uint8Array));
      }
      expect(Buffer.concat(chunks).equals(noise(10_000))).toBe(true);
      expect(firstAfter).toBeLessThan((Date.now() - begun) / 2);
      expect(gateway.backends.calls.findLast(({ method }) => method === 'render')?.request).toMatchObject({
        scoreKey: 'scores/abc',
        format: 'mp3',
        trackId: '',
      });
    });

    it('streams a stem', async () => {
      gateway.backends.live = { chunks: 2, pauseMs: 1 };
      expect((await api().get(`${live}/stems/bass`)).status).toBe(200);
      expect(gateway.backends.calls.findLast(({ method }) => method === 'render')?.request).toMatchObject({
        format: 'wav',
        trackId: 'bass',
      });
    });

    it('answers HEAD without rendering it all', async () => {
      gateway.backends.live = { chunks: 1000, pauseMs: 50 };
      const answer = await api().head(`${live}/audio`);
      expect([answer.status, answer.headers['content-type'], answer.headers['accept-ranges']]).toEqual([
        200,
        'audio/mpeg',
        'none',
      ]);
      await gateway.backends.untilLeft('render');
    });

    it('leaves the renderer when the listener goes', async () => {
      gateway.backends.live = { chunks: 1000, pauseMs: 10 };
      await new Promise<void>((resolve) => {
        const listening = get(`${gateway.url}${live}/audio`, (response) =>
          response.once('data', () => (listening.destroy(), resolve())),
        );
        listening.on('error', () => resolve());
      });
      await gateway.backends.untilLeft('render');
    });

    it('tells when the renderer is full', async () => {
      gateway.backends.failures.set(
        'render',
        new DomainError('RESOURCE_EXHAUSTED', 'all slots are taken', { retryAfterMs: 2000 }),
      );
      const answer = await api().get(`${live}/audio`);
      gateway.backends.failures.clear();
      expect([answer.status, answer.body.reason, answer.headers['retry-after']]).toEqual([
        429,
        'RESOURCE_EXHAUSTED',
        '2',
      ]);
    });

    it('gives the stored file once it is there', async () => {
      const published = gateway.backends.world.publish(jobId);
      const answer = await api().get(`${live}/audio?format=wav`);
      expect(answer.headers.etag).toBe(`"${published.assets[3]?.sha256}"`);
    });
  });

  it('a reader that pauses holds the source back, and gets every byte in the end', async () => {
    const asset = revision.assets.find(({ name }) => name === 'stems/bass.wav');
    const large = noise(60_000_000);
    Object.assign(asset ?? {}, { size: large.length, sha256: createHash('sha256').update(large).digest('hex') });
    gateway.backends.world.objects.set(asset?.objectKey ?? '', large);
    const hash = createHash('sha256');
    const response = await new Promise<IncomingMessage>((resolve) => get(`${gateway.url}${base}/stems/bass`, resolve));
    await sleep(1000);
    expect(gateway.backends.objectBytesRead).toBeLessThan(30_000_000);
    for await (const chunk of response) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(asset?.sha256);
  });
});

function binary(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
