import { StereoBlock } from '../stereo-block';
import { AudioEncoder, AudioShape } from './audio-encoder';
import { AudioTags, ENCODED_BY } from './audio-tags';
import { id3Tag } from './id3-tag';

/** Sample formats of a WAV file: 16 and 24 bit integers, 32 bit IEEE float. */
export const WAV_DEPTHS = [16, 24, 32] as const;
export type WavDepth = (typeof WAV_DEPTHS)[number];

const CHANNELS = 2;
const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;

/** The largest RIFF file that its 32 bit sizes can tell. */
const MAX_BYTES = 2 ** 32 - 1;

/** Writes RIFF WAVE (Microsoft/IBM, 1991; rev. 3, 1994) without dither: equal samples give equal bytes. Tags stand behind the audio, where a reader that knows none never comes. Values beyond full scale are clipped at 16 and 24 bit. */
export class WavEncoder implements AudioEncoder {
  private readonly bytesPerFrame: number;
  private readonly tags: Uint8Array;
  private written = 0;

  constructor(
    private readonly shape: AudioShape,
    private readonly depth: WavDepth = 24,
  ) {
    this.bytesPerFrame = (CHANNELS * depth) / 8;
    this.tags = shape.tags ? tagChunks(shape.tags) : new Uint8Array(0);
    if (shape.frames * this.bytesPerFrame + this.tags.length + 64 > MAX_BYTES)
      throw new RangeError(`frames ${shape.frames} is not allowed: a WAV file holds at most 4 GiB`);
  }

  encode(block: StereoBlock): Uint8Array {
    const frames = block.left.length;
    const header = this.written === 0 ? this.header() : new Uint8Array(0);
    const bytes = new Uint8Array(header.length + frames * this.bytesPerFrame);
    bytes.set(header);
    const view = new DataView(bytes.buffer, header.length);
    if (this.depth === 32) writeFloats(view, block);
    else writeIntegers(view, block, this.depth);
    this.written += frames;
    return bytes;
  }

  finish(): Uint8Array {
    if (this.written !== this.shape.frames)
      throw new RangeError(`${this.written} frames were encoded where ${this.shape.frames} were announced`);
    return this.written === 0 ? Buffer.concat([this.header(), this.tags]) : this.tags;
  }

  close(): void {}

  private header(): Uint8Array {
    const { sampleRate, frames } = this.shape;
    const float = this.depth === 32;
    const dataBytes = frames * this.bytesPerFrame;
    // A float file carries the size of its format extension and a fact chunk.
    const formatBytes = float ? 18 : 16;
    const headerBytes = 12 + 8 + formatBytes + (float ? 12 : 0) + 8;
    const view = new DataView(new ArrayBuffer(headerBytes));
    let at = 0;
    const tag = (text: string): void => {
      for (const letter of text) view.setUint8(at++, letter.charCodeAt(0));
    };
    const uint16 = (value: number): void => {
      view.setUint16(at, value, true);
      at += 2;
    };
    const uint32 = (value: number): void => {
      view.setUint32(at, value, true);
      at += 4;
    };
    tag('RIFF');
    uint32(headerBytes - 8 + dataBytes + this.tags.length);
    tag('WAVEfmt ');
    uint32(formatBytes);
    uint16(float ? FORMAT_FLOAT : FORMAT_PCM);
    uint16(CHANNELS);
    uint32(sampleRate);
    uint32(sampleRate * this.bytesPerFrame);
    uint16(this.bytesPerFrame);
    uint16(this.depth);
    if (float) {
      uint16(0);
      tag('fact');
      uint32(4);
      uint32(frames);
    }
    tag('data');
    uint32(dataBytes);
    return new Uint8Array(view.buffer);
  }
}

/** Title and program as LIST INFO, and all tags as ID3, which has fields for tempo and key. */
function tagChunks(tags: AudioTags): Uint8Array {
  const text = (id: string, value: string): Uint8Array => chunk(id, new TextEncoder().encode(`${value}\0`));
  const info = [Buffer.from('INFO', 'latin1'), text('INAM', tags.title), text('ISFT', ENCODED_BY)];
  return Buffer.concat([chunk('LIST', Buffer.concat(info)), chunk('id3 ', id3Tag(tags))]);
}

/** A chunk of RIFF: identifier, length, content, and a byte more where the length is odd. */
function chunk(id: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, new Uint8Array(content.length % 2)]);
}

function writeFloats(view: DataView, block: StereoBlock): void {
  for (let i = 0; i < block.left.length; i++) {
    view.setFloat32(i * 8, block.left[i]!, true);
    view.setFloat32(i * 8 + 4, block.right[i]!, true);
  }
}

function writeIntegers(view: DataView, block: StereoBlock, depth: 16 | 24): void {
  const scale = 2 ** (depth - 1);
  const write =
    depth === 16
      ? (at: number, value: number) => view.setInt16(at, value, true)
      : (at: number, value: number) => write24(view, at, value);
  const bytes = depth / 8;
  for (let i = 0; i < block.left.length; i++) {
    write(i * 2 * bytes, toInteger(block.left[i]!, scale));
    write((i * 2 + 1) * bytes, toInteger(block.right[i]!, scale));
  }
}

function write24(view: DataView, at: number, value: number): void {
  view.setInt16(at, value & 0xffff, true);
  view.setInt8(at + 2, value >> 16);
}

/** Rounds a sample to an integer of that scale, clipped to what fits. */
export function toInteger(sample: number, scale: number): number {
  return Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale)));
}
