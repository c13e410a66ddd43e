import { createMp3Encoder, WasmMediaEncoder } from 'wasm-media-encoders';
import { StereoBlock } from '../stereo-block';
import { AudioEncoder, AudioShape } from './audio-encoder';
import { id3Tag } from './id3-tag';

/** Constant, so that a player can seek and tell the length without an index. */
export const MP3_KILOBITS = 256;

/** MPEG-1 layer III by LAME, compiled to WebAssembly, behind an ID3v2.4 tag. */
export class Mp3Encoder implements AudioEncoder {
  private written = 0;

  private constructor(
    private readonly lame: WasmMediaEncoder<'audio/mpeg'>,
    private readonly shape: AudioShape,
  ) {}

  static async create(shape: AudioShape): Promise<Mp3Encoder> {
    const lame = await createMp3Encoder();
    lame.configure({ sampleRate: shape.sampleRate, channels: 2, bitrate: MP3_KILOBITS });
    return new Mp3Encoder(lame, shape);
  }

  encode(block: StereoBlock): Uint8Array {
    const tag = this.tag();
    this.written += block.left.length;
    // The encoder's answer lies in its own memory and is overwritten by the next call.
    return Buffer.concat([tag, this.lame.encode([block.left, block.right])]);
  }

  finish(): Uint8Array {
    if (this.written !== this.shape.frames)
      throw new RangeError(`${this.written} frames were encoded where ${this.shape.frames} were announced`);
    return Buffer.concat([this.tag(), this.lame.finalize()]);
  }

  /** The garbage collector frees the WebAssembly instance. */
  close(): void {}

  /** Stands before all else. */
  private tag(): Uint8Array {
    return this.shape.tags && this.written === 0 ? id3Tag(this.shape.tags) : new Uint8Array(0);
  }
}
