import { HttpException } from '@nestjs/common';
import { DomainError, type Reason, toDomainError } from '@beatbot/service-kit';

export const BODY_LIMIT_BYTES = 256 * 1024;

/** What the body parser throws (http-errors with a stable `type`). */
interface ParserError extends Error {
  type: string;
  length?: number;
  encoding?: string;
  charset?: string;
}

const BY_STATUS: Record<number, Reason> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  406: 'NOT_ACCEPTABLE',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
};

/** Any error of the HTTP edge as a DomainError: our own, the body parser's, the router's, Nest's. */
export function errorOfHttp(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof URIError)
    return new DomainError('MALFORMED_REQUEST', 'the path is not valid percent-encoding', { cause: error });
  if (error instanceof Error && 'type' in error && typeof error.type === 'string')
    return parserError(error as ParserError);
  const status = statusOf(error);
  const reason = status === undefined ? undefined : BY_STATUS[status];
  if (reason !== undefined && error instanceof Error) return new DomainError(reason, error.message, { cause: error });
  return toDomainError(error);
}

function parserError(error: ParserError): DomainError {
  const bad = (reason: Reason, field: string, value: unknown, allowed: string) =>
    new DomainError(reason, `${field} is not allowed: ${allowed}`, {
      fields: [{ field, value, allowed }],
      cause: error,
    });
  switch (error.type) {
    case 'entity.too.large':
      return bad('PAYLOAD_TOO_LARGE', 'the body', error.length, `at most ${BODY_LIMIT_BYTES} bytes`);
    case 'entity.parse.failed':
      return new DomainError('MALFORMED_REQUEST', `the body is not JSON: ${error.message}`, { cause: error });
    case 'encoding.unsupported':
      return bad('UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding', error.encoding, 'gzip, deflate, br or none');
    case 'charset.unsupported':
      return bad('UNSUPPORTED_MEDIA_TYPE', 'the charset of Content-Type', error.charset, 'utf-8');
    case 'request.size.invalid':
    case 'request.aborted':
      return new DomainError('MALFORMED_REQUEST', 'the body ended before its Content-Length', { cause: error });
    default:
      return statusOf(error) === 400
        ? new DomainError('MALFORMED_REQUEST', `the body cannot be read: ${error.message}`, { cause: error })
        : toDomainError(error);
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
