import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import request from 'supertest';
import { GatewayHarness } from './fakes/gateway-harness';

const TAR = 'application/x-tar';
const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789abcdef';

describe('archives', () => {
  let gateway: GatewayHarness;
  let song: string;
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const keys: Record<string, string> = {};
  const api = () => request(gateway.url);

  beforeAll(async () => {
    gateway = await GatewayHarness.start({ AUTH: 'keys', OPERATOR_KEY });
    for (const scope of ['read', 'write']) {
      const made = await api()
        .post('/v1/keys')
        .set({ ...bearer(OPERATOR_KEY), 'X-Beatbot-Owner': 'ann' })
        .send({ name: scope, scope });
      keys[scope] = made.body.secret as string;
    }
    const made = await api().post('/v1/songs').set(bearer(keys['write']!)).send({ prompt: 'a waltz' });
    song = made.body.song.id as string;
  });
  afterAll(() => gateway.stop());

  it('are downloaded, of one song or of all', async () => {
    for (const [path, name] of [
      ['/v1/export', 'songs.tar'],
      [`/v1/songs/${song}/export`, `song-${song}.tar`],
    ] as const) {
      const answer = await api().get(path).set(bearer(keys['read']!)).responseType('blob');
      expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, TAR]);
      expect(answer.headers['content-disposition']).toBe(`attachment; filename="${name}"`);
      expect((answer.body as Buffer).equals(gateway.backends.archives.bytes)).toBe(true);
      const head = await api().head(path).set(bearer(keys['read']!));
      expect([path, head.status, head.headers['content-type']]).toEqual([path, 200, TAR]);
    }
    for (const method of ['get', 'head'] as const)
      expect((await api()[method]('/v1/songs/nobody/export').set(bearer(keys['read']!))).status).toBe(404);
    expect((await api().get('/v1/export').set(bearer(keys['read']!)).set('Accept', 'text/html')).status).toBe(406);
  });

  it('are taken in as they come, with ids kept for the operator alone', async () => {
    const archive = Buffer.alloc(3_000_000, 'archive');
    const send = (key: string) => api().post('/v1/import').set(bearer(key)).set('Content-Type', TAR).send(archive);
    const answer = await send(keys['write']!);
    expect([answer.status, answer.body]).toEqual([
      200,
      { songs: [{ songId: 'song-9', archivedSongId: 'song-1', revisions: 2, created: true }] },
    ]);
    const { imported } = gateway.backends.archives;
    expect([imported.keepIds, imported.bytes.equals(archive)]).toEqual([false, true]);
    await send(OPERATOR_KEY);
    expect(imported.keepIds).toBe(true);
    expect((await send(keys['read']!)).status).toBe(403);
  });

  it.each<[string, Record<string, string>, string | undefined, number]>([
    ['JSON', { 'Content-Type': 'application/json' }, '{}', 415],
    ['what is compressed', { 'Content-Type': TAR, 'Content-Encoding': 'gzip' }, 'x', 415],
    ['what has no type', {}, 'x', 415],
    ['nothing', {}, undefined, 400],
    ['a page of another site', { 'Content-Type': TAR, Origin: 'https://elsewhere.example' }, 'x', 403],
  ])('are not taken from %s', async (_name, headers, body, status) => {
    const sent = httpRequest(`${gateway.url}/v1/import`, {
      method: 'POST',
      headers: { ...bearer(keys['write']!), ...headers, 'Content-Length': body?.length ?? 0 },
    });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });

  it('are left where their sender goes away', async () => {
    const calls = () => gateway.backends.calls.filter(({ method }) => method === 'importSongs').length;
    const before = calls();
    const sent = httpRequest(`${gateway.url}/v1/import`, {
      method: 'POST',
      headers: { ...bearer(keys['write']!), 'Content-Type': TAR },
    });
    sent.on('error', () => undefined);
    sent.write(Buffer.alloc(100_000));
    while (calls() === before) await new Promise((resolve) => setTimeout(resolve, 20));
    sent.destroy();
    await gateway.backends.untilLeft('importSongs');
  });
});
