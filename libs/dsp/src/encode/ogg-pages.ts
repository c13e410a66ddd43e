const HEADER_BYTES = 27;
const MAX_SEGMENTS = 255;
const SEGMENT_BYTES = 255;
const BEGINNING = 2;
const END = 4;

/** CRC-32 of Ogg: polynomial 04c11db7, not reflected, from 0. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

export function oggChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ CRC_TABLE[(sum >>> 24) ^ byte]!;
  return sum >>> 0;
}

/** Packs packets into the pages of one logical Ogg stream (RFC 3533). No packet goes over the end of a page: none may be longer than 65,024 bytes. */
export class OggPages {
  private packets: Uint8Array[] = [];
  private segments = 0;
  private position = 0;
  private pages = 0;

  constructor(private readonly serial: number) {}

  /**
   * Takes a packet; `position` is that of the stream at its end. Gives the page before it where it does not fit into that.
   * @throws RangeError for a packet that no page can hold
   */
  add(packet: Uint8Array, position: number): Uint8Array {
    const segments = Math.floor(packet.length / SEGMENT_BYTES) + 1;
    if (segments > MAX_SEGMENTS) throw new RangeError(`a packet of ${packet.length} bytes does not fit an Ogg page`);
    const full = this.segments + segments > MAX_SEGMENTS ? this.page(false) : new Uint8Array(0);
    this.packets.push(packet);
    this.segments += segments;
    this.position = position;
    return full;
  }

  /** Ends the page, which `last` says is that of the stream. */
  page(last: boolean): Uint8Array {
    const lacing = this.packets.flatMap(({ length }) => [
      ...Array.from({ length: Math.floor(length / SEGMENT_BYTES) }, () => SEGMENT_BYTES),
      length % SEGMENT_BYTES,
    ]);
    const header = new Uint8Array(HEADER_BYTES);
    const view = new DataView(header.buffer);
    header.set(Buffer.from('OggS', 'latin1'));
    header[5] = (this.pages === 0 ? BEGINNING : 0) | (last ? END : 0);
    view.setBigUint64(6, BigInt(this.position), true);
    view.setUint32(14, this.serial, true);
    view.setUint32(18, this.pages, true);
    header[26] = lacing.length;
    const page = Buffer.concat([header, Uint8Array.from(lacing), ...this.packets]);
    page.writeUInt32LE(oggChecksum(page), 22);
    this.packets = [];
    this.segments = 0;
    this.pages++;
    return page;
  }
}
