import type { JobState } from './job-states';
import { type Accepted, type Door, Refused, type SeenEvent, type SongWish } from './door';

const CALL_MS = 15_000;
/** Answers that another try may change. */
const PASSING = [408, 425, 429, 499, 500, 502, 503, 504];

/** Through the gateways, by turns, as the owner of a machine without keys. */
export class RestDoor implements Door {
  readonly owner = 'local';
  private turn = 0;

  constructor(
    private readonly urls: readonly string[],
    /** Told of answers that say the fault is ours. */
    private readonly onInternal: (what: string) => void,
  ) {}

  create(key: string, { prompt, bars, instruments, seed, askForPlan }: SongWish): Promise<Accepted> {
    const body = {
      prompt,
      controls: { bars, instruments, exclude: EXCLUDED },
      seed,
      candidates: 1,
      formats: ['wav'],
      ...(askForPlan && { approval: 'plan' }),
    };
    return this.accepted('/v1/songs', key, body);
  }

  revise(key: string, songId: string, tempoBpm: number): Promise<Accepted> {
    return this.accepted(`/v1/songs/${songId}/revisions`, key, { edits: [{ type: 'setTempo', tempoBpm }] });
  }

  async *events(jobId: string, after: number, signal: AbortSignal): AsyncGenerator<SeenEvent> {
    const response = await fetch(`${this.url()}/v1/jobs/${jobId}/events`, {
      headers: { 'last-event-id': String(after), accept: 'text/event-stream' },
      signal,
    });
    await this.assertFine(response, `events of ${jobId} after ${after}`);
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data:'));
        if (!data) continue;
        const event = JSON.parse(data.slice(5)) as { seq: number; state: JobState; stage: string; percent: number };
        const { seq, state, stage, percent } = event;
        yield { seq, state, stage, percent, seenAt: Date.now() };
      }
    }
  }

  async cancel(jobId: string): Promise<void> {
    await this.post(`/v1/jobs/${jobId}:cancel`, {}, {});
  }

  async approve(jobId: string): Promise<void> {
    await this.post(`/v1/jobs/${jobId}:approve`, {}, {});
  }

  private async accepted(path: string, key: string, body: object): Promise<Accepted> {
    const response = await this.post(path, body, { 'idempotency-key': key });
    const answer = (await response.json()) as { job?: { id: string; songId: string }; id?: string; songId?: string };
    const { id: jobId, songId } = (answer.job ?? answer) as { id: string; songId: string };
    return { jobId, songId };
  }

  private async post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
    const response = await fetch(`${this.url()}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(CALL_MS),
    });
    await this.assertFine(response, `POST ${path}`);
    return response;
  }

  private async assertFine(response: Response, what: string): Promise<void> {
    if (response.ok) return;
    const text = await response.text();
    if (response.status === 500) this.onInternal(`${what}: ${text}`);
    if (PASSING.includes(response.status)) throw new Error(`${what}: ${response.status} ${text}`);
    const { reason = String(response.status) } = JSON.parse(text) as { reason?: string };
    throw new Refused(reason, `${what}: ${response.status} ${text}`);
  }

  private url(): string {
    return this.urls[this.turn++ % this.urls.length] as string;
  }
}

/** So that a song is short work. */
export const EXCLUDED = ['drums', 'percussion', 'chords', 'pad', 'lead', 'counter', 'fx'];
