import { oggChecksum, OggPages } from './ogg-pages';

/** The packets and facts of a page. */
function parse(page: Uint8Array) {
  const bytes = Buffer.from(page);
  const lacing = [...bytes.subarray(27, 27 + bytes[26]!)];
  const packets: number[] = [];
  let length = 0;
  for (const value of lacing) {
    length += value;
    if (value === 255) continue;
    packets.push(length);
    length = 0;
  }
  const sum = bytes.readUInt32LE(22);
  bytes.writeUInt32LE(0, 22);
  return {
    flags: bytes[5],
    position: Number(bytes.readBigUInt64LE(6)),
    number: bytes.readUInt32LE(18),
    packets,
    sound: sum === oggChecksum(bytes),
    bytes: bytes.length - 27 - lacing.length,
  };
}

describe('OggPages', () => {
  it('sums as Ogg does', () => {
    // The check value of CRC-32/MPEG-2 without its initial value: the remainder of these bytes themselves.
    expect(oggChecksum(Buffer.from('123456789', 'latin1'))).toBe(0x89a1897f);
    expect(oggChecksum(new Uint8Array(9))).toBe(0);
  });

  it('marks beginning and end, and laces packets of every length', () => {
    const pages = new OggPages(7);
    const lengths = [0, 1, 254, 255, 256, 510, 2000];
    lengths.forEach((length, i) => expect(pages.add(new Uint8Array(length), i * 960)).toHaveLength(0));
    expect(parse(pages.page(false))).toEqual({
      flags: 2,
      position: 5760,
      number: 0,
      packets: lengths,
      sound: true,
      bytes: 3276,
    });
    pages.add(Uint8Array.of(1), 2 ** 33);
    expect(parse(pages.page(true))).toMatchObject({
      flags: 4,
      position: 2 ** 33,
      number: 1,
      packets: [1],
      sound: true,
    });
  });

  it('begins a page where a packet does not fit the last, with the position of what was whole before', () => {
    const pages = new OggPages(7);
    for (let i = 1; i <= 50; i++)
      expect(pages.add(new Uint8Array(1275), i * 960)).toHaveLength(i === 43 ? 27 + 252 + 42 * 1275 : 0);
    expect(parse(pages.page(true))).toMatchObject({
      position: 48_000,
      number: 1,
      packets: Array(8).fill(1275) as number[],
    });
  });

  it('refuses a packet that no page can hold', () => {
    expect(new OggPages(7).add(new Uint8Array(254 * 255 + 254), 0)).toHaveLength(0);
    expect(() => new OggPages(7).add(new Uint8Array(255 * 255), 0)).toThrow('65025 bytes');
  });
});
