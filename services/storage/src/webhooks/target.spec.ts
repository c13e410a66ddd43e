import fc from 'fast-check';
import { isPublic, readTargetUrl, resolveTarget } from './target';

/** IANA's special-purpose registries (RFC 6890 and what came after), and multicast. */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4'],
  ...['240.0.0.0/4'],
];

describe('isPublic', () => {
  it.each(NOT_PUBLIC)('is true of no address in %s, also when it is written within IPv6', (range) => {
    const [base = '', bits] = range.split('/');
    const start = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    fc.assert(
      fc.property(fc.nat({ max: 2 ** (32 - Number(bits)) - 1 }), (offset) => {
        const value = start + offset;
        const address = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
        expect([address, isPublic(address)]).toEqual([address, false]);
        expect(isPublic(`::ffff:${address}`)).toBe(false);
        expect(isPublic(`64:ff9b::${address}`)).toBe(false);
      }),
    );
  });

  it('is true of addresses of the internet, and of nothing that is no address', () => {
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])
      expect(isPublic(address)).toBe(true);
    for (const address of [
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'ff02::1',
      '2002:7f00:1::',
      '2001:db8::1',
      '168.63.129.16',
      '::7f00:1',
      '::a9fe:a9fe',
      '::ffff:0:127.0.0.1',
      '4000::1',
    ])
      expect([address, isPublic(address)]).toEqual([address, false]);
    fc.assert(fc.property(fc.string(), (text) => (!/^[\d.]+$|:/.test(text) ? !isPublic(text) : true)));
  });
});

describe('resolveTarget', () => {
  const url = readTargetUrl('https://hooks.example/x', []);

  it('answers the one address that was checked', async () => {
    const resolve = async () => [{ address: '93.184.216.34', family: 4 }];
    expect(await resolveTarget(url, [], resolve)).toEqual({ url, address: '93.184.216.34', family: 4 });
  });

  it('refuses a name of which any address is inside, whatever the others are', async () => {
    for (const inside of ['127.0.0.1', '10.1.2.3', '::1', '169.254.169.254']) {
      const both = [
        { address: '93.184.216.34', family: 4 },
        { address: inside, family: 4 },
      ];
      await expect(resolveTarget(url, [], async () => both)).rejects.toThrow('not on a public address');
      await expect(resolveTarget(url, [], async () => both.reverse())).rejects.toThrow('not on a public address');
    }
    await expect(resolveTarget(url, [], async () => [])).rejects.toThrow('no address');
  });

  it('asks once: a name that leads elsewhere at the second time leads nowhere', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const target = await resolveTarget(url, [], async () => [{ address: answers.shift() ?? '', family: 4 }]);
    expect(target.address).toBe('93.184.216.34');
    expect(answers).toEqual(['127.0.0.1']);
  });

  it('lets through what is listed, at its port only', async () => {
    const allowed = ['receiver.internal:8443', '127.0.0.1:9000'];
    const inside = async () => [{ address: '10.0.0.7', family: 4 }];
    expect(
      (await resolveTarget(readTargetUrl('https://receiver.internal:8443/', allowed), allowed, inside)).address,
    ).toBe('10.0.0.7');
    await expect(
      resolveTarget(readTargetUrl('https://receiver.internal/', allowed), allowed, inside),
    ).rejects.toThrow();
    expect((await resolveTarget(readTargetUrl('http://127.0.0.1:9000/', allowed), allowed)).address).toBe('127.0.0.1');
    expect(() => readTargetUrl('http://127.0.0.1:9001/', allowed)).toThrow('not https');
  });
});
