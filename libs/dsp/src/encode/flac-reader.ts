import { StereoBlock } from '../stereo-block';
import { loadFlacLibrary } from './flac-library';

const END_OF_STREAM = 4;
/** libflacjs hands over samples of 24 bit as integers of 32. */
const FULL_SCALE = 2 ** 23;

/** Reads a FLAC file of 24 bit stereo, block by block. @throws RangeError where the bytes are not that. */
export async function readFlac24(bytes: Uint8Array): Promise<Generator<StereoBlock>> {
  const library = await loadFlacLibrary();
  return (function* () {
    let position = 0;
    let decoded: StereoBlock[] = [];
    let fault: string | undefined;
    const handle = library.create_libflac_decoder(false);
    try {
      library.init_decoder_stream(
        handle,
        (length) => {
          const buffer = new Uint8Array(bytes.subarray(position, position + length));
          position += buffer.length;
          return { buffer, readDataLength: buffer.length, error: false };
        },
        (channels, info) => {
          const [left, right] = channels;
          if (!left || !right || channels.length !== 2 || info.bitsPerSample !== 24)
            fault = `${channels.length} channels of ${info.bitsPerSample} bit`;
          else decoded.push(toBlock(left, right));
        },
        (code, description) => {
          fault = `${description} (${code})`;
        },
      );
      do {
        if (!library.FLAC__stream_decoder_process_single(handle))
          fault ??= `state ${library.FLAC__stream_decoder_get_state(handle)}`;
        if (fault) throw new RangeError(`not a FLAC file of 24 bit stereo: ${fault}`);
        yield* decoded;
        decoded = [];
      } while (library.FLAC__stream_decoder_get_state(handle) !== END_OF_STREAM);
    } finally {
      library.FLAC__stream_decoder_delete(handle);
    }
  })();
}

function toBlock(left: Uint8Array, right: Uint8Array): StereoBlock {
  return { left: toSamples(left), right: toSamples(right) };
}

function toSamples(bytes: Uint8Array): Float32Array {
  return Float32Array.from(
    new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4),
    (value) => value / FULL_SCALE,
  );
}
