import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Asset, Job, JobEvent, Revision, Song } from '../src';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An HTTP server that answers as each test tells it to. */
export class FakeServer {
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = [];
  private readonly handlers: { method: string; path: RegExp; handler: Handler }[] = [];
  private server?: Server;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    this.server = undefined;
  }

  /** Handlers told of later come first. */
  on(method: string, path: RegExp, handler: Handler): void {
    this.handlers.unshift({ method, path, handler });
  }

  onJson(method: string, path: RegExp, value: unknown, status = 200): void {
    this.on(method, path, (_request, response) => sendJson(response, status, value));
  }

  reset(): void {
    this.handlers.length = 0;
    this.requests.length = 0;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', headers } = request;
    this.requests.push({ method, path, headers, body });
    const found = this.handlers.find((candidate) => candidate.method === method && candidate.path.test(path));
    if (found) found.handler(request, response, body);
    else sendProblem(response, 404, 'NOT_FOUND', `there is nothing at ${path}`);
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

export function sendProblem(
  response: ServerResponse,
  status: number,
  reason: string,
  detail: string,
  errors: object[] = [],
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(
    JSON.stringify({
      type: 'about:blank',
      title: 'x',
      status,
      detail,
      instance: '/',
      reason,
      requestId: 'request-1',
      errors,
    }),
  );
}

export const SONG: Song = {
  id: 'song-1',
  title: 'Rain on Rhodes',
  tags: ['demo'],
  style: 'lo-fi',
  prompt: 'dusty',
  latestRevision: 1,
  createTime: '2026-11-24T12:00:00.000Z',
  updateTime: null,
};

// prettier-ignore
export const JOB: Job = {
  id: 'job-1', songId: 'song-1', kind: 'create', revision: 1, state: 'succeeded', stage: 'done', percent: 100, queuePosition: 0, attempts: 1, error: null, plan: null,
  planApproved: false, cancelRequested: false, lastEventSeq: 3, createTime: null, updateTime: null, startTime: null, endTime: null,
};

export function event(seq: number, change: Partial<JobEvent> = {}): JobEvent {
  return {
    type: 'progress',
    job: 'job-1',
    seq,
    state: 'running',
    stage: 'compose',
    percent: seq * 10,
    agent: 'melody',
    detail: 'verse-1',
    time: null,
    ...change,
  };
}

export const DONE = event(3, { type: 'state', state: 'succeeded', stage: 'done', percent: 100, agent: '', detail: '' });

export function writeEvents(response: ServerResponse, events: JobEvent[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const one of events) response.write(`id: ${one.seq}\ndata: ${JSON.stringify(one)}\n\n`);
}

export const FILES: Record<string, Buffer> = {
  'mix.mp3': Buffer.alloc(50_000, 'mp3'),
  'mix.wav': Buffer.alloc(400_000, 'wave'),
  'song.mid': Buffer.from('MThd'),
  'song.musicxml': Buffer.from('<score-partwise/>'),
  'score.json': Buffer.from('{}'),
  'stems/bass.wav': Buffer.alloc(100_000, 'bass'),
  'peaks.json': Buffer.from('[]'),
};

const KINDS: Record<string, Asset['kind']> = { mp3: 'mix', wav: 'mix', mid: 'midi', musicxml: 'musicxml' };

export function assetOf(name: string): Asset {
  const bytes = FILES[name] ?? Buffer.alloc(0);
  const extension = name.split('.').at(-1) ?? '';
  const kind = name.startsWith('stems/')
    ? 'stem'
    : name === 'score.json'
      ? 'score'
      : name === 'peaks.json'
        ? 'peaks'
        : (KINDS[extension] ?? 'mix');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    name,
    kind,
    format: extension,
    trackId: '',
    contentType: 'x/y',
    size: bytes.length,
    sha256,
    url: `/v1/songs/song-1/revisions/1/assets/${name}`,
  };
}

// prettier-ignore
export const REVISION: Revision = {
  songId: 'song-1', number: 1, baseRevision: 0, jobId: 'job-1', scoreHash: 'ab', durationMs: 94_000, brief: null, edits: [], trackHashes: {}, sectionHashes: {}, createTime: null,
  plan: {
    title: 'Rain on Rhodes',
    sections: [{ id: 'verse-1', name: 'verse', startBar: 0, bars: 8, energy: 50 }],
    tracks: [{ id: 'bass', name: 'Bass', role: 'bass', instrument: 'acoustic-bass', sectionIds: ['verse-1'] }],
  },
  receipt: {
    demands: [
      { demand: 'tempo', source: 'stated', asked: '82 bpm', measured: '82 bpm', how: 'tempo map', met: true },
      { demand: 'key', source: 'stated', asked: 'D minor', measured: 'F major', how: 'notes', met: false },
    ],
    measures: [], repairs: [], notUnderstood: ['dusty'], remarks: ['upright bass is played by acoustic-bass'],
    explanations: [{ agent: 'harmony', text: 'i iv V in C minor, as asked.' }],
  },
  assets: Object.keys(FILES).map(assetOf),
};

/** A server on which everything goes well. */
export function answerWell(server: FakeServer): void {
  server.onJson(
    'POST',
    /^\/v1\/songs$/,
    { song: { ...SONG, latestRevision: 0 }, job: { ...JOB, state: 'queued', revision: 0 } },
    202,
  );
  server.onJson('GET', /^\/v1\/songs\?/, { songs: [SONG], nextPageToken: '' });
  server.onJson('GET', /^\/v1\/songs\/song-1$/, SONG);
  server.onJson('GET', /^\/v1\/songs\/song-1\/revisions\/1$/, REVISION);
  server.onJson('POST', /^\/v1\/songs\/song-1\/revisions$/, { job: { ...JOB, state: 'queued', kind: 'revise' } }, 202);
  server.onJson('GET', /^\/v1\/jobs\/job-1$/, JOB);
  server.onJson('GET', /^\/v1\/styles/, {
    styles: [
      {
        id: 'lo-fi',
        name: 'Lo-fi',
        description: 'Dusty drums',
        aliases: ['lofi'],
        minTempoBpm: 60,
        maxTempoBpm: 95,
        defaultTempoBpm: 80,
      },
    ],
    nextPageToken: '',
  });
  server.onJson('GET', /^\/v1\/capabilities$/, {
    rendererVersion: '0.1.0',
    mixFormats: ['wav', 'mp3'],
    stemFormats: ['wav'],
    sampleRates: [44_100],
    slots: 2,
    maxDurationSeconds: 1800,
    maxTracks: 32,
    maxNotes: 1,
    soundFont: 'FluidR3Mono',
  });
  server.onJson('GET', /^\/openapi\.json$/, { info: { version: '0.1.0' } });
  server.onJson('GET', /^\/readyz$/, { ready: true, checks: { orchestrator: 'ok', storage: 'ok' } });
  server.on('GET', /^\/v1\/jobs\/job-1\/events$/, (_request, response) => {
    writeEvents(response, [event(1, { stage: 'interpret', agent: 'interpreter', detail: '' }), event(2), DONE]);
    response.end();
  });
  server.on('GET', /^\/v1\/songs\/song-1\/revisions\/1\/assets\//, (request, response) => {
    const name = (request.url ?? '').split('/assets/')[1] ?? '';
    const bytes = FILES[name] ?? Buffer.alloc(0);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { etag: `"${assetOf(name).sha256}"` }).end(bytes.subarray(from));
  });
}
