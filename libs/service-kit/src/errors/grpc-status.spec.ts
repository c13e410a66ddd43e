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
        const status = toGrpcStatus(
          new DomainError('INVALID_ARGUMENT', message, { fields: [{ field, allowed: message }] }),
        );
        expect(status.details.length).toBeLessThanOrEqual(1000);
        expect(() => encodeURI(status.details)).not.toThrow();
        expect(domainErrorFromGrpc(status).fields).toHaveLength(1);
      }),
    );
  });

  it('stays small enough for one header frame, whatever the value', () => {
    const status = toGrpcStatus(invalidArgument('漢'.repeat(10_000), '漢'.repeat(100_000), '漢'.repeat(10_000)));
    const bytes = (status.metadata?.get('grpc-status-details-bin')[0] as Buffer).length;
    expect(encodeURI(status.details).length + bytes).toBeLessThan(16_000);
  });
});
