import { setTimeout as sleep } from 'node:timers/promises';
import { BeatbotError, errorOfResponse } from './beatbot-error';

export interface TransportOptions {
  /** Where the server is: http://127.0.0.1:8080 */
  url: string;
  /** API key or token, where the server asks for one. */
  apiKey?: string;
  /** How long passing errors are met with further tries, once the server has answered anything. Default 30 s. */
  patienceMs?: number;
  /** The same before its first answer, since most likely nobody is there. Default 1.5 s. */
  firstPatienceMs?: number;
  /** How long an answer may take to begin. Default 30 s. */
  timeoutMs?: number;
  fetch?: typeof fetch;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Bytes in place of a body, made anew for each try; the answer may take as long as they do. */
  upload?: { contentType: string; bytes: () => AsyncIterable<Uint8Array> };
  headers?: Record<string, string>;
  query?: Record<string, string | number | string[] | undefined>;
  signal?: AbortSignal;
  /** Whether doing it twice does no harm. */
  repeatable: boolean;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3000;

/** Requests with time-outs, and with further tries where they do no harm: after a pause that doubles, or the one the server asks for. */
export class HttpTransport {
  readonly url: string;
  private readonly credentials: Record<string, string>;
  private readonly patienceMs: number;
  private readonly firstPatienceMs: number;
  private heard = false;
  private readonly timeoutMs: number;
  private readonly fetch: typeof fetch;

  constructor(options: TransportOptions) {
    this.url = options.url.replace(/\/+$/, '');
    this.credentials = options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` };
    this.patienceMs = options.patienceMs ?? 30_000;
    this.firstPatienceMs = options.firstPatienceMs ?? 1500;
    this.timeoutMs = options.timeoutMs ?? 30_000;
    this.fetch = options.fetch ?? fetch;
  }

  async json<T>(path: string, options: RequestOptions): Promise<T> {
    const response = await this.request(path, options);
    if (response.status === 204) return undefined as T;
    if (!response.headers.get('content-type')?.startsWith('application/json')) {
      throw new BeatbotError(`${this.url}${path} answers with something that is not JSON`, {
        reason: 'NOT_BEATBOT',
        status: response.status,
      });
    }
    return (await response.json()) as T;
  }

  /** The answer, its body not yet read. Throws BeatbotError unless it is a success. */
  async request(path: string, options: RequestOptions): Promise<Response> {
    const begun = Date.now();
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.attempt(path, options);
      } catch (error) {
        if (!(error instanceof BeatbotError) || !error.passing || !options.repeatable) throw error;
        const waitMs = error.retryAfterMs ?? pauseMs;
        if (Date.now() + waitMs - begun > (this.heard ? this.patienceMs : this.firstPatienceMs)) throw error;
        await sleep(waitMs, undefined, { signal: options.signal });
      }
    }
  }

  private async attempt(
    path: string,
    { method = 'GET', body, upload, headers, query, signal }: RequestOptions,
  ): Promise<Response> {
    const url = new URL(this.url + path);
    for (const [name, value] of Object.entries(query ?? {})) {
      for (const item of Array.isArray(value) ? value : [value])
        if (item !== undefined) url.searchParams.append(name, String(item));
    }
    const late = new AbortController();
    const timer = upload ? undefined : setTimeout(() => late.abort(), this.timeoutMs);
    try {
      const response = await this.fetch(url, {
        method,
        headers: {
          ...this.credentials,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(upload && { 'content-type': upload.contentType }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(upload && { body: upload.bytes(), duplex: 'half' }),
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      });
      this.heard = true;
      if (!response.ok && response.status !== 304) throw await errorOfResponse(response);
      return response;
    } catch (error) {
      if (error instanceof BeatbotError || signal?.aborted) throw error;
      const why = late.signal.aborted ? `no answer within ${this.timeoutMs / 1000} s` : causeOf(error);
      throw new BeatbotError(`no BeatBot answers at ${this.url} (${why})`, { reason: 'UNREACHABLE', cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** fetch hides what happened in the cause of its TypeError. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
