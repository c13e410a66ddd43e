import { BLOCK_FRAMES, sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { concat, noise, sameBits, sine } from '../testing/signals';
import { AUDIO_FORMATS, AudioFormat } from './audio-encoder';
import { AudioTags } from './audio-tags';
import { createEncoder } from './create-encoder';
import { readFlac24 } from './flac-reader';
import { MP3_KILOBITS } from './mp3-encoder';
import { WavEncoder } from './wav-encoder';
import { readWav24 } from './wav-reader';

const RATE = 44_100;

async function encode(format: AudioFormat, block: StereoBlock, tags?: AudioTags): Promise<Uint8Array> {
  const encoder = await createEncoder(format, { sampleRate: RATE, frames: block.left.length, tags });
  const parts: Uint8Array[] = [];
  for (let at = 0; at < block.left.length; at += BLOCK_FRAMES)
    parts.push(encoder.encode(sliceBlock(block, at, Math.min(block.left.length, at + BLOCK_FRAMES))));
  parts.push(encoder.finish());
  encoder.close();
  return Buffer.concat(parts);
}

/** Noise in steps of 24 bits, full scale included. */
function exact(frames: number): StereoBlock {
  const block = noise(frames, 0);
  for (const channel of [block.left, block.right])
    channel.forEach((sample, i) => (channel[i] = Math.round(sample * 2 ** 22) / 2 ** 23));
  block.left[0] = -1;
  block.right[1] = 1 - 2 ** -23;
  return block;
}

describe('WavEncoder', () => {
  it.each([
    [16, 44, 1],
    [24, 44, 1],
    [32, 58, 3],
  ] as const)('writes %i bit with a header of %i bytes', (depth, headerBytes, format) => {
    const encoder = new WavEncoder({ sampleRate: RATE, frames: 3 }, depth);
    const block = stereoBlock(3);
    block.left.set([0.5, -1, 2]);
    const bytes = Buffer.concat([encoder.encode(block), encoder.finish()]);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt16LE(20)).toBe(format);
    expect(bytes.readUInt16LE(22)).toBe(2);
    expect(bytes.readUInt32LE(24)).toBe(RATE);
    expect(bytes.readUInt16LE(32)).toBe((2 * depth) / 8);
    expect(bytes.readUInt16LE(34)).toBe(depth);
    expect(bytes.toString('latin1', headerBytes - 8, headerBytes - 4)).toBe('data');
    expect(bytes.readUInt32LE(headerBytes - 4)).toBe(bytes.length - headerBytes);
    const frame = (index: number) => headerBytes + (index * 2 * depth) / 8;
    const left = [0, 1, 2].map((index) =>
      depth === 32 ? bytes.readFloatLE(frame(index)) : bytes.readIntLE(frame(index), depth / 8) / 2 ** (depth - 1),
    );
    expect(left).toEqual(depth === 32 ? [0.5, -1, 2] : [0.5, -1, 1 - 2 ** (1 - depth)]);
  });

  it('refuses what a WAV file cannot hold', () => {
    expect(() => new WavEncoder({ sampleRate: RATE, frames: 2 ** 30 }, 24)).toThrow('at most 4 GiB');
  });
});

describe.each([
  ['wav', async (bytes: Uint8Array) => readWav24(bytes)],
  ['flac', readFlac24],
] as const)('%s of 24 bit', (format, read) => {
  it.each([undefined, { title: 'Tags of odd length', bpm: 120, key: { tonic: 'C', mode: 'major' as const } }])(
    'gives back every sample, with tags %p',
    async (tags) => {
      const block = exact(30_011);
      expect(sameBits(concat([...(await read(await encode(format, block, tags)))]), block)).toBe(true);
    },
  );

  it('refuses other bytes', async () => {
    await expect((async () => [...(await read(new Uint8Array(100)))])()).rejects.toThrow(RangeError);
    const cut = (await encode(format, exact(5000))).subarray(0, 9000);
    if (format === 'wav') await expect((async () => [...(await read(cut))])()).rejects.toThrow(RangeError);
  });
});

describe('Mp3Encoder', () => {
  it('writes frames of a constant bit rate that cover the audio', async () => {
    const bytes = await encode('mp3', sine(RATE, 2, 440, -6));
    const frameBytes = (padding: number) => Math.floor((144 * MP3_KILOBITS * 1000) / RATE) + padding;
    let [at, frames] = [0, 0];
    while (at + 4 <= bytes.length) {
      // MPEG-1 layer III: sync, version, layer; then bit rate index 13 (256 kbit/s) and rate index 0 (44.1 kHz).
      expect([bytes[at], bytes[at + 1]! & 0xfe, bytes[at + 2]! & 0xfc]).toEqual([0xff, 0xfa, 0xd0]);
      at += frameBytes((bytes[at + 2]! >> 1) & 1);
      frames++;
    }
    expect(at).toBe(bytes.length);
    expect(frames * 1152).toBeGreaterThanOrEqual(2 * RATE);
    expect(frames * 1152).toBeLessThan(2 * RATE + 4 * 1152);
  });
});

describe.each(AUDIO_FORMATS)('createEncoder(%s)', (format) => {
  it('gives equal bytes for equal audio', async () => {
    expect(Buffer.compare(await encode(format, noise(20_000, -6)), await encode(format, noise(20_000, -6)))).toBe(0);
  });

  it('refuses an end before the announced one', async () => {
    const encoder = await createEncoder(format, { sampleRate: RATE, frames: 100 });
    encoder.encode(stereoBlock(99));
    expect(() => encoder.finish()).toThrow('99 frames were encoded where 100 were announced');
    encoder.close();
  });

  it('takes several files at a time', async () => {
    const [a, b] = [noise(9000, -6, 1), noise(9000, -6, 2)];
    const encoders = await Promise.all([a, b].map(() => createEncoder(format, { sampleRate: RATE, frames: 9000 })));
    const parts: Uint8Array[][] = [[], []];
    for (let at = 0; at < 9000; at += 3000)
      [a, b].forEach((block, i) => parts[i]!.push(encoders[i]!.encode(sliceBlock(block, at, at + 3000))));
    encoders.forEach((encoder, i) => {
      parts[i]!.push(encoder.finish());
      encoder.close();
    });
    expect(Buffer.concat(parts[0]!).equals(Buffer.concat(parts[1]!))).toBe(false);
    expect(Buffer.concat(parts[1]!).length).toBe((await encode(format, b)).length);
  });
});
