import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  AUDIO_FORMATS,
  AudioFormat,
  AudioShape,
  AudioTags,
  BLOCK_FRAMES,
  CONTENT_TYPES,
  createEncoder,
} from '../../src';
import { sliceBlock, StereoBlock } from '../../src/stereo-block';
import { levelAt, sine } from '../../src/testing/signals';

interface Found {
  title?: string;
  bpm?: number;
  key?: string;
  gainDb?: number;
  peak?: number;
  seconds: number;
  container: string;
  codec: string;
  tags: Record<string, unknown>;
  /** Of Opus: base64 of 32 bit floats at 48 kHz. */
  left?: string;
}

const TAGS: AudioTags = {
  title: 'Größe = 漢字 "𝄞"',
  bpm: 127.6,
  key: { tonic: 'F#', mode: 'dorian' },
  level: { loudnessLufs: -14.02, truePeakDb: -1.03 },
};

async function encode(format: AudioFormat, block: StereoBlock, shape: Partial<AudioShape>): Promise<Buffer> {
  const frames = block.left.length;
  const encoder = await createEncoder(format, { sampleRate: 44_100, frames, ...shape });
  const parts: Uint8Array[] = [];
  for (let at = 0; at < frames; at += BLOCK_FRAMES)
    parts.push(encoder.encode(sliceBlock(block, at, Math.min(frames, at + BLOCK_FRAMES))));
  parts.push(encoder.finish());
  encoder.close();
  return Buffer.concat(parts);
}

function read(format: AudioFormat, bytes: Buffer): Found {
  const output = execFileSync(process.execPath, [join(__dirname, 'read-audio.mjs'), CONTENT_TYPES[format]], {
    input: bytes,
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output.toString()) as Found;
}

function samples({ left }: Found): Float32Array {
  const bytes = Buffer.from(left!, 'base64');
  return new Float32Array(new Uint8Array(bytes).buffer);
}

describe.each(AUDIO_FORMATS)('readers of others find in %s', (format) => {
  it('title, tempo, key and gain', async () => {
    const found = read(format, await encode(format, sine(44_100, 1.5, 440, -6), { tags: TAGS }));
    expect(found).toMatchObject({ title: TAGS.title, bpm: 128, key: 'F#m' });
    if (format === 'opus') expect(found.tags['R128_TRACK_GAIN']).toBe(String(Math.round(256 * (-23 + 14.02))));
    else expect([found.gainDb, found.peak]).toEqual([-3.98, 0.888178].map((value) => expect.closeTo(value, 5)));
    expect(Math.abs(found.seconds - 1.5)).toBeLessThan(format === 'mp3' ? 0.06 : 0.000_03);
  });

  it('no gain where the level is not known, and nothing where there are no tags', async () => {
    const stem = read(
      format,
      await encode(format, sine(44_100, 0.3, 440, -6), { tags: { ...TAGS, level: undefined } }),
    );
    expect([stem.title, stem.gainDb, stem.tags['R128_TRACK_GAIN']]).toEqual([TAGS.title, undefined, undefined]);
    const bare = read(format, await encode(format, sine(44_100, 0.3, 440, -6), {}));
    expect([bare.title, bare.bpm, bare.gainDb]).toEqual([undefined, undefined, undefined]);
  });
});

describe('Ogg Opus, decoded by others', () => {
  it.each([
    [44_100, 44_100 * 2 + 777],
    [48_000, 48_000 * 2 + 777],
    [48_000, 960 * 100 - 312],
    [48_000, 960 * 100 - 311],
  ])('has at %i Hz and %i frames the same length and sound', async (sampleRate, frames) => {
    const block = sine(sampleRate, frames / sampleRate, 997, -6);
    const decoded = samples(read('opus', await encode('opus', block, { sampleRate, tags: TAGS })));
    expect(decoded.length).toBe(Math.round((frames * 48_000) / sampleRate));
    const wanted = sine(48_000, decoded.length / 48_000, 997, -6).left;
    let [error, signal] = [0, 0];
    for (let i = 2400; i < decoded.length - 2400; i++) {
      error += (decoded[i]! - wanted[i]!) ** 2;
      signal += wanted[i]! ** 2;
    }
    // Sound by sound in its place: a frame too early or late would leave 17 dB.
    expect(10 * Math.log10(signal / error)).toBeGreaterThan(35);
  });

  it.each([1, 648, 649, 959, 47_688, 47_689])('tells its length at %i frames', async (frames) => {
    const block = sine(48_000, frames / 48_000, 997, -6);
    expect(read('opus', await encode('opus', block, { sampleRate: 48_000 })).seconds).toBeCloseTo(frames / 48_000, 9);
  });

  it('keeps what people hear', async () => {
    const decoded = samples(read('opus', await encode('opus', sine(44_100, 2, 15_000, -20), {})));
    expect(levelAt(decoded, 48_000, 15_000, 4800, 91_200)).toBeCloseTo(-20, 0);
  });
});
