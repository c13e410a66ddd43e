import fc from 'fast-check';
import { UrlSigner } from './url-signer';

const signer = new UrlSigner('a secret of the tests', 'https://storage.example/base/');
const read = {
  owner: 'ann@example.org',
  key: 'mixes/a b.mp3',
  fileName: 'Grüße "1".mp3',
  expireTime: new Date(Date.now() + 60_000),
};

function signatureOf(url: string): string {
  return new URL(url).searchParams.get('signature') ?? '';
}

describe('UrlSigner', () => {
  it('writes a URL below the public one and knows it again', () => {
    const url = new URL(signer.sign(read));
    expect(url.origin + url.pathname).toBe('https://storage.example/base/objects/ann%40example.org/mixes/a%20b.mp3');
    expect(url.searchParams.get('name')).toBe(read.fileName);
    signer.check(read, signatureOf(url.href));
  });

  it('refuses any other owner, key, name, time, secret or signature', () => {
    const signature = signatureOf(signer.sign(read));
    const others = [
      { ...read, owner: 'bob' },
      { ...read, key: 'mixes/b.mp3' },
      { ...read, fileName: '' },
      { ...read, expireTime: new Date(read.expireTime.getTime() + 1000) },
    ];
    for (const other of others) expect(() => signer.check(other, signature)).toThrow('does not fit');
    expect(() => new UrlSigner('another secret of the tests', '').check(read, signature)).toThrow('does not fit');
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(text !== signature);
        expect(() => signer.check(read, text)).toThrow('does not fit');
      }),
    );
  });

  it('refuses an expired URL', () => {
    const expired = { ...read, expireTime: new Date(Date.now() - 1000) };
    const refusal = () => signer.check(expired, signatureOf(signer.sign(expired)));
    expect(refusal).toThrow('expired');
    expect(refusal).toThrow(expect.objectContaining({ reason: 'PERMISSION_DENIED' }));
  });

  it('cannot be tricked by moving text between owner and key', () => {
    const a = signatureOf(signer.sign({ ...read, owner: 'a', key: 'b/c' }));
    const b = signatureOf(signer.sign({ ...read, owner: 'a/b', key: 'c' }));
    expect(a).not.toBe(b);
  });
});
