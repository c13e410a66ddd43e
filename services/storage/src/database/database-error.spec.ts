import { DomainError } from '@beatbot/service-kit';
import { isConflict, isConnectionError, toDatabaseDomainError } from './database-error';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const wrapped = (cause: unknown) => new Error('Failed query', { cause });

describe('toDatabaseDomainError', () => {
  it.each([
    [withCode('ECONNREFUSED'), 'UNAVAILABLE'],
    [withCode('57P01'), 'UNAVAILABLE'],
    [withCode('57P03'), 'UNAVAILABLE'],
    [withCode('08006'), 'UNAVAILABLE'],
    [withCode('53300'), 'UNAVAILABLE'],
    [withCode('57014'), 'UNAVAILABLE'],
    [withCode('55P03'), 'UNAVAILABLE'],
    [withCode('40P01'), 'ABORTED'],
    [new Error('Connection terminated unexpectedly'), 'UNAVAILABLE'],
    [new Error('timeout exceeded when trying to connect'), 'UNAVAILABLE'],
    [new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]), 'UNAVAILABLE'],
  ])('of %p, also wrapped, is %s with a time to retry', (error, reason) => {
    for (const thrown of [error, wrapped(wrapped(error))]) {
      expect(toDatabaseDomainError(thrown)).toMatchObject({ reason, retryAfterMs: 1000 });
    }
  });

  it('leaves what the caller must know, and what is our fault, as they are', () => {
    const known = new DomainError('NOT_FOUND', 'x', { cause: withCode('ECONNREFUSED') });
    expect(toDatabaseDomainError(known)).toBe(known);
    const fault = withCode('23505');
    expect(toDatabaseDomainError(wrapped(fault))).toBe(fault);
    expect(isConnectionError(fault)).toBe(false);
    expect(isConflict(wrapped(withCode('40001')))).toBe(true);
  });
});
