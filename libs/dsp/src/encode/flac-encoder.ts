import { StereoBlock } from '../stereo-block';
import { AudioEncoder, AudioShape } from './audio-encoder';
import { AudioTags, replayGain } from './audio-tags';
import { FlacLibrary, loadFlacLibrary } from './flac-library';
import { vorbisComment } from './vorbis-comment';
import { toInteger } from './wav-encoder';

const BITS = 24;
/** libFLAC's scale of 0 (fast) to 8 (small): above 1 a 24 bit file shrinks by less than 3 % at twice the time. */
const COMPRESSION = 1;
const FLAC_OK = 0;

// Of metadata (RFC 9639, 8.1): four bytes before each block, the first bit of the last block's set, then its type and length.
const MARKER_BYTES = 4;
const BLOCK_HEADER_BYTES = 4;
const LAST_BLOCK = 0x80;
const VORBIS_COMMENT = 4;

/** FLAC (RFC 9639) of 24 bit integers by libFLAC; lossless for samples that are multiples of 2^-23. */
export class FlacEncoder implements AudioEncoder {
  private chunks: Uint8Array[] = [];
  private written = 0;
  private interleaved = new Int32Array(0);

  private constructor(
    private readonly library: FlacLibrary,
    private readonly handle: number,
    private readonly shape: AudioShape,
  ) {
    const status = library.init_encoder_stream(handle, (bytes) => {
      this.chunks.push(bytes.slice());
    });
    if (status !== FLAC_OK) throw new Error(`libFLAC refused to encode at ${shape.sampleRate} Hz: status ${status}`);
    if (shape.tags) this.chunks = [withTags(Buffer.concat(this.chunks), shape.tags)];
  }

  static async create(shape: AudioShape): Promise<FlacEncoder> {
    const library = await loadFlacLibrary();
    const handle = library.create_libflac_encoder(shape.sampleRate, 2, BITS, COMPRESSION, shape.frames, false);
    if (handle === 0) throw new Error(`libFLAC has no encoder for ${shape.sampleRate} Hz`);
    return new FlacEncoder(library, handle, shape);
  }

  encode(block: StereoBlock): Uint8Array {
    const frames = block.left.length;
    const scale = 2 ** (BITS - 1);
    if (this.interleaved.length !== frames * 2) this.interleaved = new Int32Array(frames * 2);
    for (let i = 0; i < frames; i++) {
      this.interleaved[i * 2] = toInteger(block.left[i]!, scale);
      this.interleaved[i * 2 + 1] = toInteger(block.right[i]!, scale);
    }
    if (frames > 0 && !this.library.FLAC__stream_encoder_process_interleaved(this.handle, this.interleaved, frames))
      throw new Error(`libFLAC failed: state ${this.library.FLAC__stream_encoder_get_state(this.handle)}`);
    this.written += frames;
    return this.take();
  }

  finish(): Uint8Array {
    if (this.written !== this.shape.frames)
      throw new RangeError(`${this.written} frames were encoded where ${this.shape.frames} were announced`);
    this.library.FLAC__stream_encoder_finish(this.handle);
    return this.take();
  }

  close(): void {
    this.library.FLAC__stream_encoder_delete(this.handle);
  }

  private take(): Uint8Array {
    const bytes = Buffer.concat(this.chunks);
    this.chunks = [];
    return bytes;
  }
}

/** The beginning of a FLAC file, which libFLAC writes with comments of its own, with ours in their place. */
function withTags(header: Buffer, tags: AudioTags): Uint8Array {
  const parts: Uint8Array[] = [header.subarray(0, MARKER_BYTES)];
  for (let at = MARKER_BYTES; at < header.length;) {
    const end = at + BLOCK_HEADER_BYTES + header.readUIntBE(at + 1, 3);
    const type = header[at]! & ~LAST_BLOCK;
    if (type !== VORBIS_COMMENT) parts.push(Uint8Array.of(type), header.subarray(at + 1, end));
    at = end;
  }
  const comment = vorbisComment(tags, replayGain(tags));
  const length = Buffer.alloc(3);
  length.writeUIntBE(comment.length, 0, 3);
  return Buffer.concat([...parts, Uint8Array.of(LAST_BLOCK | VORBIS_COMMENT), length, comment]);
}
