import { DomainError } from '@beatbot/service-kit';
import { errorCode } from './file-system-error';

/** Codes of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and of other servers. */
const FULL = new Set(['QuotaExceeded', 'InsufficientStorage', 'StorageFull', 'XMinioStorageFull', 'EntityTooLarge']);
const REFUSED = new Set([
  'AccessDenied',
  'AccountProblem',
  'AllAccessDisabled',
  'ExpiredToken',
  'Forbidden',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
const ELSEWHERE = new Set(['AuthorizationHeaderMalformed', 'PermanentRedirect', 'IllegalLocationConstraintException']);
const WITHOUT_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
const AWAY = new Set([
  'AbortError',
  'InternalError',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'TimeoutError',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** HTTP status of an answer of S3; 0 for any other error. */
export function statusOf(error: unknown): number {
  const metadata = typeof error === 'object' && error !== null && '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : 0;
}

/** The code that S3 gave, or that of the failed connection. */
export function s3Code(error: unknown): string {
  return errorCode(error) || (error instanceof Error ? error.name : '');
}

/**
 * What a caller learns of a failure of S3; other errors stay as they are. To be called where an object that is not
 * there has been dealt with: a 404 is the bucket's.
 */
export function toS3DomainError(error: unknown, bucket: string): unknown {
  if (error instanceof DomainError) return error;
  const [code, status] = [s3Code(error), statusOf(error)];
  const unavailable = (message: string) =>
    new DomainError('UNAVAILABLE', `the object store cannot be used: ${message}`, { retryAfterMs: 5000, cause: error });
  if (FULL.has(code) || status === 507) {
    return new DomainError('RESOURCE_EXHAUSTED', `the object store has no space left (${code})`, {
      retryAfterMs: 60_000,
      cause: error,
    });
  }
  if (code === 'NoSuchBucket' || status === 404) return unavailable(`there is no bucket ${bucket} (S3_BUCKET)`);
  if (ELSEWHERE.has(code) || status === 301)
    return unavailable(`bucket ${bucket} is in another region (S3_REGION, ${code})`);
  if (REFUSED.has(code) || status === 401 || status === 403)
    return unavailable(`S3 refuses access to bucket ${bucket} (${code})`);
  if (WITHOUT_CREDENTIALS.has(code))
    return unavailable('there are no credentials for S3 (AWS_ACCESS_KEY_ID or a role)');
  if (AWAY.has(code) || TLS.test(code) || status >= 500 || status === 429)
    return unavailable(`S3 does not answer (${code})`);
  return error;
}
