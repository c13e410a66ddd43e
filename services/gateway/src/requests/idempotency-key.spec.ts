import fc from 'fast-check';
import type { Request } from 'express';
import { readIdempotencyKey } from './idempotency-key';

function request(key: string | undefined): Request {
  return { header: () => key } as unknown as Request;
}

describe('readIdempotencyKey', () => {
  it('takes 1 to 128 visible ASCII characters as they are, and refuses all else', () => {
    const keys = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 140 }),
      fc.string({ unit: 'binary-ascii', maxLength: 140 }),
    );
    fc.assert(
      fc.property(keys, (key) => {
        const fine = key.length >= 1 && key.length <= 128 && [...key].every((sign) => sign > ' ' && sign <= '~');
        if (fine) expect(readIdempotencyKey(request(key))).toBe(key);
        else
          expect(() => readIdempotencyKey(request(key))).toThrow(
            expect.objectContaining({ reason: 'INVALID_ARGUMENT' }),
          );
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives a request without one a key of its own', () => {
    expect(readIdempotencyKey(request(undefined))).not.toBe(readIdempotencyKey(request(undefined)));
  });
});
