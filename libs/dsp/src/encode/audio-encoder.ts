import { StereoBlock } from '../stereo-block';
import type { AudioTags } from './audio-tags';

/** The audio file formats. */
export const AUDIO_FORMATS = ['wav', 'mp3', 'flac', 'opus'] as const;
export type AudioFormat = (typeof AUDIO_FORMATS)[number];

/** Media types (RFC 2361, RFC 3003, RFC 9639, RFC 7845). */
export const CONTENT_TYPES: Readonly<Record<AudioFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  opus: 'audio/ogg',
};

/** What an encoder must know beforehand. */
export interface AudioShape {
  sampleRate: number;
  /** Length of the whole, in frames. */
  frames: number;
  /** What the file says of itself; nothing where undefined. */
  tags?: AudioTags;
}

/** Encodes stereo audio piece by piece; the joined bytes are the file. */
export interface AudioEncoder {
  /** The bytes that the next frames give, perhaps none. */
  encode(block: StereoBlock): Uint8Array;
  /** The last bytes, once. @throws RangeError where fewer or more frames came than were announced. */
  finish(): Uint8Array;
  /** Frees what the encoder holds, finished or not; to be called once. */
  close(): void;
}
