import { Metadata, status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { DomainError, invalidArgument } from './domain-error';
import { domainErrorFromGrpc, toGrpcStatus } from './grpc-status';

describe('toGrpcStatus', () => {
  it('can be percent-encoded, wherever a long message is cut', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.integer({ min: 995, max: 1005 }).map((length) => `${'x'.repeat(length)}🎹🎹`),
      fc.constant('\ud800'.repeat(1_500)),
    );
    fc.assert(
      fc.property(text, text, (message, field) => {
        const sent = toGrpcStatus(
          new DomainError('INVALID_ARGUMENT', message, { fields: [{ field, allowed: message }] }),
        );
        expect(sent.details.length).toBeLessThanOrEqual(1000);
        expect(() => encodeURI(sent.details)).not.toThrow();
        expect(domainErrorFromGrpc(sent).fields).toHaveLength(1);
      }),
    );
  });

  it('tells a caller no address of a service that is away or late', () => {
    const details = 'Deadline exceeded after 10.397s,LB pick: 0.001s,remote_addr=10.0.0.7:40597';
    for (const code of [status.DEADLINE_EXCEEDED, status.UNAVAILABLE]) {
      const error = domainErrorFromGrpc({ code, details, metadata: new Metadata() }, 'composer');
      expect(error.reason).toBe(status[code]);
      expect(error.message).toMatch(/^the composer (is away|did not answer in time)$/);
    }
  });

  it('stays small enough for one header frame, whatever the value', () => {
    const sent = toGrpcStatus(invalidArgument('漢'.repeat(10_000), '漢'.repeat(100_000), '漢'.repeat(10_000)));
    const bytes = (sent.metadata?.get('grpc-status-details-bin')[0] as Buffer).length;
    expect(encodeURI(sent.details).length + bytes).toBeLessThan(16_000);
  });
});
