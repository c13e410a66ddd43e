import { Encoder } from '@evan/opus/wasm/index.js';
import { StereoBlock, stereoBlock } from '../stereo-block';
import { AudioEncoder, AudioShape } from './audio-encoder';
import { r128Gain } from './audio-tags';
import { oggChecksum, OggPages } from './ogg-pages';
import { Upsampler, upsampledFrames } from './upsampler';
import { vorbisComment } from './vorbis-comment';
import { toInteger } from './wav-encoder';

/** Variable, around this: above what listening tests find transparent for music (128 kbit/s). */
export const OPUS_KILOBITS = 160;

const OPUS_RATE = 48_000;
const CHANNELS = 2;
/** 20 ms. */
const PACKET_FRAMES = 960;
/** A second of sound. */
const PACKETS_PER_PAGE = 50;
const SCALE = 2 ** 15;

// Requests of opus_defines.h.
const SET_BITRATE = 4002;
const SET_COMPLEXITY = 4010;
const SET_SIGNAL = 4024;
const GET_LOOKAHEAD = 4027;
const SIGNAL_MUSIC = 3002;
const COMPLEXITY = 10;

/**
 * Ogg Opus (RFC 7845) by libopus, compiled to WebAssembly. Opus knows 48 kHz only: audio of 44.1 kHz is brought there. The
 * delay of the codec is told as pre-skip and the end as the last position, so that a player gives as many frames as came.
 */
export class OpusEncoder implements AudioEncoder {
  private readonly opus: Encoder;
  private readonly upsampler: Upsampler | undefined;
  private readonly pages: OggPages;
  private readonly tags: Uint8Array;
  /** Frames at 48 kHz of the whole, and those before its beginning that a decoder drops. */
  private readonly frames: number;
  private readonly preSkip: number;
  private readonly packet = new Int16Array(PACKET_FRAMES * CHANNELS);
  private filled = 0;
  private packets = 0;
  private written = 0;

  /** @throws RangeError for a sample rate other than 44.1 and 48 kHz */
  constructor(private readonly shape: AudioShape) {
    const { sampleRate, frames, tags } = shape;
    if (sampleRate !== 44_100 && sampleRate !== OPUS_RATE)
      throw new RangeError(`sampleRate ${sampleRate} is not allowed: 44100 or 48000`);
    this.upsampler = sampleRate === OPUS_RATE ? undefined : new Upsampler();
    this.frames = this.upsampler ? upsampledFrames(frames) : frames;
    this.tags = Buffer.concat([Buffer.from('OpusTags', 'latin1'), vorbisComment(tags, tags ? r128Gain(tags) : [])]);
    // Streams that are put one behind the other must differ in their serial number, and equal ones must be equal.
    this.pages = new OggPages(oggChecksum(this.tags));
    this.opus = new Encoder({ channels: CHANNELS, sample_rate: OPUS_RATE, application: 'audio' });
    this.opus.ctl(SET_BITRATE, OPUS_KILOBITS * 1000);
    this.opus.ctl(SET_COMPLEXITY, COMPLEXITY);
    this.opus.ctl(SET_SIGNAL, SIGNAL_MUSIC);
    this.preSkip = this.opus.ctl(GET_LOOKAHEAD);
  }

  encode(block: StereoBlock): Uint8Array {
    const header = this.written === 0 ? this.header() : [];
    this.written += block.left.length;
    return Buffer.concat([...header, ...this.samples(this.upsampler ? this.upsampler.process(block) : block)]);
  }

  finish(): Uint8Array {
    if (this.written !== this.shape.frames)
      throw new RangeError(`${this.written} frames were encoded where ${this.shape.frames} were announced`);
    const parts = this.written === 0 ? this.header() : [];
    if (this.upsampler) parts.push(...this.samples(this.upsampler.finish()));
    // Silence brings out what the codec still holds, to the end of a packet.
    const missing = this.packetCount() * PACKET_FRAMES - this.packets * PACKET_FRAMES - this.filled;
    parts.push(...this.samples(stereoBlock(missing)));
    return Buffer.concat(parts);
  }

  close(): void {
    this.opus.drop();
  }

  private packetCount(): number {
    return Math.ceil((this.frames + this.preSkip) / PACKET_FRAMES);
  }

  /** The identification and the comments, each on a page of its own. */
  private header(): Uint8Array[] {
    const head = Buffer.alloc(19);
    head.write('OpusHead', 'latin1');
    head[8] = 1;
    head[9] = CHANNELS;
    head.writeUInt16LE(this.preSkip, 10);
    head.writeUInt32LE(this.shape.sampleRate, 12);
    this.pages.add(head, 0);
    const first = this.pages.page(false);
    this.pages.add(this.tags, 0);
    return [first, this.pages.page(false)];
  }

  private samples({ left, right }: StereoBlock): Uint8Array[] {
    const pages: Uint8Array[] = [];
    for (let i = 0; i < left.length; i++) {
      this.packet[this.filled * CHANNELS] = toInteger(left[i]!, SCALE);
      this.packet[this.filled * CHANNELS + 1] = toInteger(right[i]!, SCALE);
      if (++this.filled === PACKET_FRAMES) pages.push(...this.flush());
    }
    return pages;
  }

  private flush(): Uint8Array[] {
    this.filled = 0;
    const last = ++this.packets === this.packetCount();
    const position = last ? this.preSkip + this.frames : this.packets * PACKET_FRAMES;
    const full = this.pages.add(this.opus.encode(this.packet), position);
    const ends = last || this.packets % PACKETS_PER_PAGE === 0;
    return ends ? [full, this.pages.page(last)] : [full];
  }
}
