import { createMp3Encoder, WasmMediaEncoder } from 'wasm-media-encoders';
import { StereoBlock } from '../stereo-block';
import { AudioEncoder, AudioShape } from './audio-encoder';

/** Constant, so that a player can seek and tell the length without an index. */
export const MP3_KILOBITS = 256;

/** MPEG-1 layer III by LAME, compiled to WebAssembly. */
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
    this.written += block.left.length;
    // The encoder's answer lies in its own memory and is overwritten by the next call.
    return this.lame.encode([block.left, block.right]).slice();
  }

  finish(): Uint8Array {
    if (this.written !== this.shape.frames)
      throw new RangeError(`${this.written} frames were encoded where ${this.shape.frames} were announced`);
    return this.lame.finalize().slice();
  }

  /** The garbage collector frees the WebAssembly instance. */
  close(): void {}
}
