import { DomainError } from './domain-error';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What ioredis says when Redis cannot be reached, and what Redis says while it cannot serve. */
const REDIS_AWAY =
  /^(Connection is closed|Command timed out|Stream isn't writeable|Reached the max retries per request|LOADING |MASTERDOWN |READONLY |CLUSTERDOWN |TRYAGAIN )/;

const RETRY_AFTER_MS = 1000;

/**
 * Any thrown value as a DomainError: what is one already stays; an abort becomes CANCELLED (or the signal's own DomainError),
 * a lost connection becomes UNAVAILABLE with a time to retry, and all else INTERNAL, whose message tells the caller nothing of the inside.
 */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isErrorLike(error)) {
    if (error.cause instanceof DomainError) return error.cause;
    if (error.name === 'AbortError') return new DomainError('CANCELLED', 'the call was cancelled', { cause: error });
    if (error.name === 'TimeoutError')
      return new DomainError('DEADLINE_EXCEEDED', 'the time allowed has passed', { cause: error });
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (CONNECTION_CODES.has(code) || REDIS_AWAY.test(error.message)) {
      return new DomainError('UNAVAILABLE', 'a service this request needs is away; try again', {
        retryAfterMs: RETRY_AFTER_MS,
        cause: error,
      });
    }
  }
  return new DomainError('INTERNAL', 'internal error', { cause: error });
}

/** An abort's DOMException is no Error in every realm. */
function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
}
