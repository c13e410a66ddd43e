import { types } from 'node:util';
import { DomainError } from '@beatbot/service-kit';

const { isNativeError } = types;

const RETRY_AFTER_MS = 1000;

/** What node and pg say, in words only, when a connection is lost or cannot be had. */
const CONNECTION_WORDS =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client was closed|Cannot use a pool after calling end/;
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** PostgreSQL's error codes (Appendix A of its manual) after which the same call may succeed later. */
const AWAY_CLASSES = /^(08|57P|53)/;
const TIMEOUT_CODES = new Set(['57014', '55P03', '25P03', '25P04']);
const CONFLICT_CODES = new Set(['40001', '40P01']);
const BAD_TEXT_CODES = new Set(['22021', '22P05']);

/** The error of pg below drizzle's wrapping. */
export function rootCause(error: unknown): unknown {
  let inner = error;
  while (isNativeError(inner) && !(inner instanceof DomainError) && inner.cause !== undefined) inner = inner.cause;
  // A host with several addresses fails once for each.
  if (isNativeError(inner) && 'errors' in inner && Array.isArray(inner.errors) && inner.errors.length > 0) {
    return inner.errors[0] as unknown;
  }
  return inner;
}

function codeOf(error: unknown): string {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True where the connection is of no further use. */
export function isConnectionError(error: unknown): boolean {
  const cause = rootCause(error);
  if (!isNativeError(cause) || cause instanceof DomainError) return false;
  const code = codeOf(cause);
  return CONNECTION_CODES.has(code) || /^(08|57P)/.test(code) || CONNECTION_WORDS.test(cause.message);
}

/** True where the transaction lost against another one and may be run again. */
export function isConflict(error: unknown): boolean {
  return CONFLICT_CODES.has(codeOf(rootCause(error)));
}

/** True where a row would have had what must be unique by this constraint. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  const cause = rootCause(error);
  return codeOf(cause) === '23505' && (cause as { constraint?: unknown }).constraint === constraint;
}

/** What a caller learns of a failure of the database; other errors stay as they are. */
export function toDatabaseDomainError(error: unknown): unknown {
  const cause = rootCause(error);
  if (cause instanceof DomainError) return cause;
  const code = codeOf(cause);
  if (isConnectionError(cause) || AWAY_CLASSES.test(code)) {
    return new DomainError('UNAVAILABLE', 'the database is away; try again', { retryAfterMs: RETRY_AFTER_MS, cause });
  }
  if (TIMEOUT_CODES.has(code)) {
    return new DomainError('UNAVAILABLE', 'the database took too long; try again', {
      retryAfterMs: RETRY_AFTER_MS,
      cause,
    });
  }
  if (CONFLICT_CODES.has(code)) {
    return new DomainError('ABORTED', 'the call lost against another one; try again', {
      retryAfterMs: RETRY_AFTER_MS,
      cause,
    });
  }
  if (BAD_TEXT_CODES.has(code)) {
    return new DomainError('INVALID_ARGUMENT', 'a text holds a character that cannot be stored', { cause });
  }
  return cause;
}
