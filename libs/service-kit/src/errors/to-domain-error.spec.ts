import { status } from '@grpc/grpc-js';
import { DomainError } from './domain-error';
import { domainErrorFromGrpc, toGrpcStatus } from './grpc-status';
import { type Reason, REASONS, reasonOfCode } from './reasons';
import { toDomainError } from './to-domain-error';

describe('toDomainError', () => {
  it.each([
    [new DomainError('NOT_FOUND', 'no song'), 'NOT_FOUND'],
    [new Error('wrapped', { cause: new DomainError('STALE_FENCING_NUMBER', 'late') }), 'STALE_FENCING_NUMBER'],
    [AbortSignal.abort().reason, 'CANCELLED'],
    [new DOMException('late', 'TimeoutError'), 'DEADLINE_EXCEEDED'],
    [Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), 'UNAVAILABLE'],
    [new Error('Command timed out'), 'UNAVAILABLE'],
    [new Error('LOADING Redis is loading the dataset in memory'), 'UNAVAILABLE'],
    [new TypeError('x is not a function'), 'INTERNAL'],
    ['text', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('reads %p as %s', (error: unknown, reason) => {
    expect(toDomainError(error).reason).toBe(reason);
  });
});

describe('the table of reasons', () => {
  it.each(Object.keys(REASONS) as Reason[])('%s survives the wire', (reason) => {
    const sent = new DomainError(reason, 'why', {
      fields: [{ field: 'a.b', value: { c: 1 }, allowed: 'less' }],
      metadata: { id: '7' },
      retryAfterMs: 1234,
    });
    const { message, fields, metadata, retryAfterMs, httpStatus } = domainErrorFromGrpc(toGrpcStatus(sent));
    expect({ message, fields, metadata, retryAfterMs, httpStatus }).toEqual({
      message: 'why',
      fields: sent.fields,
      metadata: { id: '7' },
      retryAfterMs: 1234,
      httpStatus: REASONS[reason].http,
    });
  });

  it('has a reason for every status code', () => {
    for (const code of Object.values(status)) {
      if (typeof code !== 'number' || code === status.OK) continue;
      expect(REASONS[reasonOfCode(code)].grpc).toBe(code === status.UNKNOWN ? status.INTERNAL : code);
    }
  });

  it('bounds what it sends, whatever it is given', () => {
    const fields = Array.from({ length: 500 }, (_, index) => ({
      field: `f${index}`.repeat(100),
      value: 'x'.repeat(100_000),
      allowed: 'z'.repeat(100_000),
    }));
    const { details, metadata } = toGrpcStatus(new DomainError('INVALID_ARGUMENT', 'y'.repeat(100_000), { fields }));
    const bytes = metadata?.get('grpc-status-details-bin')[0];
    expect(details.length).toBeLessThanOrEqual(1000);
    // Node's HTTP/2 takes 16 KiB of headers at most (http.maxHeaderSize).
    expect((bytes as Buffer).length * 1.34).toBeLessThan(14_000);
  });
});
