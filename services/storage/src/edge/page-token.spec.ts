import fc from 'fast-check';
import { readPageToken, writePageToken } from './page-token';

const query = { order: 'title', text: 'rain' };
const refused = expect.objectContaining({ reason: 'INVALID_ARGUMENT' });

describe('page tokens', () => {
  it('come back as they were written, for their own query only', () => {
    const place = fc.record({ value: fc.string({ unit: 'grapheme', maxLength: 200 }), id: fc.uuid() });
    fc.assert(
      fc.property(place, (written) => {
        const token = writePageToken(query, written);
        expect(readPageToken(query, token)).toEqual(written);
        expect(() => readPageToken({ ...query, text: 'snow' }, token)).toThrow(refused);
      }),
    );
  });

  it('that are none of ours are refused', () => {
    const base64 = fc.json().map((text) => Buffer.from(text).toString('base64url'));
    const deep = Buffer.from('['.repeat(1_000)).toString('base64url');
    const token = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      base64,
      fc.constantFrom(deep, 'x'.repeat(100_000)),
    );
    fc.assert(
      fc.property(token, (text) => {
        expect(() => readPageToken(query, text)).toThrow(refused);
      }),
    );
  });
});
