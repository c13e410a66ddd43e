import { setTimeout as sleep } from 'node:timers/promises';

export interface Job {
  id: string;
  songId: string;
  state: string;
  stage: string;
  percent: number;
  revision: number;
  attempts: number;
  lastEventSeq: number;
  error: { reason: string; message: string } | null;
}

export interface JobEvent {
  seq: number;
  state: string;
  stage: string;
  percent: number;
  agent: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  reason: string;
  requestId: string;
  errors?: { field: string; value?: unknown; allowed: string }[];
}

const FINAL_STATES = ['succeeded', 'failed', 'cancelled'];

/** The REST interface, by plain fetch, so that these tests do not trust the client library that they check. */
export class Api {
  constructor(
    private readonly url: () => string,
    private readonly credentials: Record<string, string> = {},
  ) {}

  request(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url()}${path}`, { ...init, headers: { ...this.credentials, ...Object(init.headers) } });
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.request(path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async bytes(path: string): Promise<Buffer> {
    const response = await this.request(path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Asks for a song, as often as it takes while services are away; the key makes that one song. */
  async createSong(body: unknown, idempotencyKey = crypto.randomUUID()): Promise<Job> {
    for (;;) {
      const response = await this.post('/v1/songs', body, { 'idempotency-key': idempotencyKey }).catch(() => undefined);
      if (response?.status === 202) return ((await response.json()) as { job: Job }).job;
      if (response && response.status < 500 && response.status !== 429) {
        throw new Error(`POST /v1/songs: ${response.status} ${await response.text()}`);
      }
      await sleep(200);
    }
  }

  /** Reads a job until `done`, through all unavailability of services; throws after `timeoutMs`. */
  async waitFor(jobId: string, done: (job: Job) => boolean, timeoutMs = 120_000): Promise<Job> {
    const until = Date.now() + timeoutMs;
    let last: unknown;
    while (Date.now() < until) {
      try {
        const job = await this.get<Job>(`/v1/jobs/${jobId}`);
        if (done(job)) return job;
        last = job;
      } catch (error) {
        last = error;
      }
      await sleep(50);
    }
    throw new Error(
      `job ${jobId} did not get there in ${timeoutMs} ms: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
    );
  }

  finished(jobId: string, timeoutMs?: number): Promise<Job> {
    return this.waitFor(jobId, (job) => FINAL_STATES.includes(job.state), timeoutMs);
  }

  /** Events by SSE from `after` on, until the last one, the end of the connection, or `enough`. */
  async events(jobId: string, after: number, enough: (event: JobEvent) => boolean = () => false): Promise<JobEvent[]> {
    const abort = new AbortController();
    const response = await this.request(`/v1/jobs/${jobId}/events`, {
      headers: { 'last-event-id': String(after), accept: 'text/event-stream' },
      signal: abort.signal,
    });
    if (!response.ok) throw new Error(`events: ${response.status} ${await response.text()}`);
    const events: JobEvent[] = [];
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data:'));
        if (!data) continue;
        const event = JSON.parse(data.slice(5)) as JobEvent;
        events.push(event);
        if (enough(event)) {
          abort.abort();
          return events;
        }
      }
    }
    return events;
  }
}
