import type { FieldProblem, Problem } from './api-types';

/** What the client itself finds, beside the reasons of the server. */
export type ClientReason = 'UNREACHABLE' | 'NOT_BEATBOT' | 'CHECKSUM_MISMATCH';

/** An error that the server told of, or that kept the client from hearing it. */
export class BeatbotError extends Error {
  override readonly name = 'BeatbotError';
  /** Stable; one of the server's reasons or a ClientReason. */
  readonly reason: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly requestId?: string;
  readonly errors: FieldProblem[];
  /** When the server asks to come again. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    details: {
      reason: string;
      status?: number;
      requestId?: string;
      errors?: FieldProblem[];
      retryAfterMs?: number;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = details.reason;
    this.status = details.status ?? 0;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Whether the same request may succeed a little later. */
  get passing(): boolean {
    return this.reason === 'UNREACHABLE' || [429, 502, 503, 504].includes(this.status);
  }
}

/** The error of an answer that is not a success. */
export async function errorOfResponse(response: Response): Promise<BeatbotError> {
  const retryAfterMs = retryAfterOf(response);
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const problem = JSON.parse(text) as Problem;
    const { reason, status, requestId, errors } = problem;
    return new BeatbotError(problem.detail, { reason, status, requestId, errors, retryAfterMs });
  }
  const { status } = response;
  return new BeatbotError(`${response.url} answers ${status} ${response.statusText}, and not as BeatBot does`, {
    reason: 'NOT_BEATBOT',
    status,
    retryAfterMs,
  });
}

/** Retry-After in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
