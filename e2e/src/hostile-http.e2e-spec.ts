import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Api } from './api';
import { RunningSystem } from './running-system';

/** Ways to leave a folder, as they stand in a path: fetch would tidy them up, a socket does not. */
const TRAVERSALS = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cetc%5cpasswd',
  '..%252f..%252fetc%252fpasswd',
  '%252e%252e%252fetc',
  '%2fetc%2fpasswd',
  'C:%5cWindows',
  'x%00.wav',
  '..%c0%af..%c0%afetc',
  '../../../../etc/passwd',
  '%2e%2e',
];

let system: RunningSystem;
let api: Api;
let song: string;
let job: string;
beforeAll(async () => {
  system = await RunningSystem.start();
  api = new Api(() => system.url);
  ({ id: job, songId: song } = await api.createSong({
    prompt: 'house, 4 bars',
    title: 'a "quoted"; filename=evil.exe ünïcode 🎹',
    formats: ['wav'],
  }));
  await api.finished(job);
});
afterAll(() => system?.stop());

/** What comes back for bytes as they are, until the server closes. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(system.url).port), '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

function ask(method: string, path: string, headers = ''): Promise<string> {
  return raw(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`);
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const log = (): string[] => readFileSync(join(system.folder, 'data/logs/gateway.log'), 'utf8').split('\n');

describe('hostile HTTP', () => {
  it('no path leaves the folder by any parameter of any operation, and each is logged at most twice', async () => {
    const { paths } = await api.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const good: Record<string, string> = { song, job, number: '1', track: 'drums', name: 'mix.wav' };
    const wrong: string[] = [];
    let asked = 0;
    for (const [path, operations] of Object.entries(paths)) {
      for (const [, parameter = ''] of path.matchAll(/\{(\w+)\}/g)) {
        for (const traversal of TRAVERSALS) {
          const target = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
            name === parameter ? traversal : (good[name] ?? 'nobody'),
          );
          for (const method of Object.keys(operations)) {
            const id = `traversal-${asked++}`;
            const answer = await ask(method.toUpperCase(), target, `X-Request-Id: ${id}\r\n`);
            if (![400, 404, 405].includes(statusOf(answer))) wrong.push(`${method} ${target}: ${answer.slice(0, 200)}`);
            expect(answer).not.toContain('root:');
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(300);
    const lines = log().filter((line) => line.includes('"traversal-'));
    const logged = Array.from({ length: asked }, (_, index) =>
      lines.filter((line) => line.includes(`"traversal-${index}"`)),
    );
    // Paths that are no UTF-8 are refused before there is a request to log.
    expect(logged.filter(({ length }) => length > 0).length).toBeGreaterThan(asked / 2);
    // Once for the answer, and once where its connection was cut before the answer was whole.
    for (const each of logged) expect(each.slice(2)).toEqual([]);
  });

  it('line breaks split no header: in values that are sent, and in names that come back', async () => {
    for (const smuggled of ['a\rInjected: yes', 'a\nb\r\n c', 'a\0b'])
      expect(statusOf(await ask('GET', '/v1/songs', `X-Request-Id: ${smuggled}\r\n`))).toBe(400);
    for (const path of [`/v1/songs/${song}%0d%0aInjected:%20yes`, `/v1/jobs?song=x%0d%0aInjected:%20yes`]) {
      const answer = await ask('GET', path);
      expect(statusOf(answer)).toBe(400);
      expect(answer.split('\r\n\r\n')[0]).not.toMatch(/^Injected/im);
    }
    const title = await api.post('/v1/songs', { prompt: 'house', title: 'a\r\nInjected: yes' });
    expect(title.status).toBe(400);
    for (const path of ['revisions/1/audio?format=wav', 'revisions/1/assets/score.json', 'export']) {
      const answer = await api.request(`/v1/songs/${song}/${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toMatch(/^(inline|attachment); filename="[\w.-]+"$/);
      await answer.body?.cancel();
    }
  });

  it('headers above 16 KiB are 431, which the log tells once at most', async () => {
    const before = log().length;
    for (let count = 0; count < 5; count++)
      expect(statusOf(await ask('GET', '/v1/songs', `X-Large: ${'x'.repeat(20_000)}\r\n`))).toBe(431);
    expect(log().length - before).toBeLessThanOrEqual(5);
  });

  it('headers and bodies that come a byte at a time end in 408 or a cut, and others are served meanwhile', async () => {
    const drip = (head: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(system.url).port), '127.0.0.1', () => socket.write(head));
        const timer = setInterval(() => socket.write('a'), 500);
        let text = '';
        socket.on('data', (data) => (text += String(data)));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(timer);
          resolve(text);
        });
      });
    const slow = Promise.all([
      drip('GET /v1/songs HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
      drip(
        'POST /v1/songs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"',
      ),
    ]);
    expect((await api.request('/v1/songs')).status).toBe(200);
    for (const answer of await slow) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });
});
