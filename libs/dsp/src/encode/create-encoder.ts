import { AudioEncoder, AudioFormat, AudioShape } from './audio-encoder';
import { FlacEncoder } from './flac-encoder';
import { Mp3Encoder } from './mp3-encoder';
import { OpusEncoder } from './opus-encoder';
import { WavEncoder } from './wav-encoder';

/** An encoder of that format: WAV and FLAC of 24 bit, MP3 of MP3_KILOBITS, Opus of OPUS_KILOBITS. */
export async function createEncoder(format: AudioFormat, shape: AudioShape): Promise<AudioEncoder> {
  switch (format) {
    case 'wav':
      return new WavEncoder(shape, 24);
    case 'mp3':
      return Mp3Encoder.create(shape);
    case 'flac':
      return FlacEncoder.create(shape);
    case 'opus':
      return new OpusEncoder(shape);
  }
}
