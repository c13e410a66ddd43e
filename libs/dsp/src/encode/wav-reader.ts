import { BLOCK_FRAMES, StereoBlock, stereoBlock } from '../stereo-block';

const HEADER_BYTES = 44;
const FRAME_BYTES = 6;

/** Reads a stereo WAV file of 24 bit integers as WavEncoder writes it, block by block. @throws RangeError where the bytes are not that. */
export function* readWav24(bytes: Uint8Array): Generator<StereoBlock> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format =
    bytes.length >= HEADER_BYTES ? [view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)] : [];
  if (format.join() !== '1,2,24') throw new RangeError('not a WAV file of 24 bit stereo integers');
  const dataBytes = view.getUint32(40, true);
  const end = HEADER_BYTES + dataBytes;
  if (end > bytes.length)
    throw new RangeError(`a WAV file of ${bytes.length} bytes announces ${dataBytes} bytes of audio`);
  for (let at = HEADER_BYTES; at < end; at += BLOCK_FRAMES * FRAME_BYTES) {
    const block = stereoBlock(Math.min(BLOCK_FRAMES, (end - at) / FRAME_BYTES));
    for (let i = 0; i < block.left.length; i++) {
      block.left[i] = read24(view, at + i * FRAME_BYTES);
      block.right[i] = read24(view, at + i * FRAME_BYTES + 3);
    }
    yield block;
  }
}

/** The sample of three bytes, least significant first, as a share of full scale. */
function read24(view: DataView, at: number): number {
  return ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23;
}
