import { DomainError } from '@beatbot/service-kit';
import { toS3DomainError } from './s3-error';

/** As the SDK throws it for an answer. */
function answer(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

/** As Node throws it for a connection. */
function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('toS3DomainError', () => {
  it.each([
    [answer('NoSuchBucket', 404), 'there is no bucket songs (S3_BUCKET)'],
    [answer('NotFound', 404), 'there is no bucket songs (S3_BUCKET)'],
    [answer('AccessDenied', 403), 'S3 refuses access to bucket songs (AccessDenied)'],
    [answer('SignatureDoesNotMatch', 403), 'S3 refuses access to bucket songs (SignatureDoesNotMatch)'],
    [answer('ExpiredToken', 400), 'S3 refuses access to bucket songs (ExpiredToken)'],
    [answer('403', 403), 'S3 refuses access to bucket songs (403)'],
    [answer('PermanentRedirect', 301), 'bucket songs is in another region (S3_REGION, PermanentRedirect)'],
    [answer('AuthorizationHeaderMalformed', 400), 'bucket songs is in another region'],
    [answer('CredentialsProviderError', 0), 'there are no credentials for S3'],
    [answer('SlowDown', 503), 'S3 does not answer (SlowDown)'],
    [answer('Whatever', 500), 'S3 does not answer (Whatever)'],
    [answer('TimeoutError', 0), 'S3 does not answer (TimeoutError)'],
    [failure('ECONNREFUSED'), 'S3 does not answer (ECONNREFUSED)'],
    [failure('ENOTFOUND'), 'S3 does not answer (ENOTFOUND)'],
    [failure('SELF_SIGNED_CERT_IN_CHAIN'), 'S3 does not answer (SELF_SIGNED_CERT_IN_CHAIN)'],
  ])('says what %s means', (error, message) => {
    expect(toS3DomainError(error, 'songs')).toMatchObject({
      reason: 'UNAVAILABLE',
      message: expect.stringContaining(message),
      retryAfterMs: 5000,
      cause: error,
    });
  });

  it.each([answer('QuotaExceeded', 403), answer('InsufficientStorage', 507), answer('XMinioStorageFull', 507)])(
    'says that there is no space for %s',
    (error) => {
      expect(toS3DomainError(error, 'songs')).toMatchObject({ reason: 'RESOURCE_EXHAUSTED', retryAfterMs: 60_000 });
    },
  );

  it('leaves what it does not know', () => {
    for (const error of [answer('InvalidArgument', 400), failure('EWHATEVER'), new Error('ours'), 'text']) {
      expect(toS3DomainError(error, 'songs')).toBe(error);
    }
    const known = new DomainError('DATA_LOSS', 'gone');
    expect(toS3DomainError(known, 'songs')).toBe(known);
  });
});
