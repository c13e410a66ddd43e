import { Score } from '@beatbot/music';
import {
  allocateMix,
  createEncoder,
  createSamplerEngine,
  Engine,
  MixBus,
  readFlac24,
  readWav24,
  scoreFrames,
  StemRenderer,
  StereoBlock,
  stereoBlock,
  TAIL_SECONDS,
  closingFade,
} from '../src';
import { concat, peak, rmsDb, sameBits } from '../src/testing/signals';
import { note, testScore, track } from '../src/testing/score';
import { soundFont } from './testing/sound-font';

const RATE = 44_100;

describe('StemRenderer', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createSamplerEngine(soundFont(), RATE);
  });

  function stem(score: Score, index: number): StereoBlock {
    const renderer = new StemRenderer(engine, score, score.tracks[index]!);
    const blocks: StereoBlock[] = [];
    for (;;) {
      const { left, right } = renderer.next();
      if (left.length === 0) break;
      blocks.push({ left: left.slice(), right: right.slice() });
    }
    expect(renderer.clippedSamples).toBe(0);
    return concat(blocks);
  }

  it('is as long as the score, whatever that length is', () => {
    const scores = [97_000, 101_000, 103_000, 107_000].map((milliBpm) =>
      testScore({ tempos: [{ tick: 0, milliBpm }] }),
    );
    const lengths = scores.map((score) => scoreFrames(score, RATE));
    expect(scores.map((score) => stem(score, 0).left.length)).toEqual(lengths);
    // Four frames are worked on at a time.
    expect(new Set(lengths.map((frames) => frames % 4)).size).toBeGreaterThan(1);
  });

  it('makes stems of one length that sum to the mix without any difference, with all sends in use', () => {
    const score = testScore();
    const stems = score.tracks.map((_, index) => stem(score, index));
    const frames = scoreFrames(score, RATE);
    expect(stems.map(({ left }) => left.length)).toEqual(stems.map(() => frames));
    expect(frames).toBe((4 + TAIL_SECONDS) * RATE);
    const bus = new MixBus(allocateMix(frames));
    for (const part of [...stems].reverse()) bus.add(part, 0);
    const mix = stereoBlock(frames);
    MixBus.read([bus], 0, mix);
    const sum = stereoBlock(frames);
    for (let i = 0; i < frames; i++) {
      sum.left[i] = stems.reduce((total, part) => total + part.left[i]!, 0);
      sum.right[i] = stems.reduce((total, part) => total + part.right[i]!, 0);
    }
    for (let i = 0; i < frames; i++) {
      sum.left[i]! -= mix.left[i]!;
      sum.right[i]! -= mix.right[i]!;
    }
    // The null test: -Infinity dBFS.
    expect(rmsDb(sum)).toBe(-Infinity);
    expect(rmsDb(mix)).toBeGreaterThan(-50);
  });

  it.each(['flac', 'wav'] as const)('comes back from %s as it was', async (format) => {
    const whole = stem(testScore(), 0);
    const encoder = await createEncoder(format, { sampleRate: RATE, frames: whole.left.length });
    const bytes = Buffer.concat([encoder.encode(whole), encoder.finish()]);
    encoder.close();
    expect(sameBits(concat([...(format === 'wav' ? readWav24(bytes) : await readFlac24(bytes))]), whole)).toBe(true);
  });

  it('lets the last notes ring out and ends in silence', () => {
    const score = testScore({
      tracks: [
        track({ id: 'v', instrument: 'vibraphone', notes: [note(3360, 480, 72, 110)], mix: { reverbSend: 80 } }),
      ],
    });
    const whole = stem(score, 0);
    const level = (second: number) => rmsDb(whole, Math.round(second * RATE), Math.round((second + 0.1) * RATE));
    expect(level(4.5)).toBeGreaterThan(level(3.6) - 40);
    for (let second = 4; second < 7.5; second += 0.2)
      expect(level(second + 0.2)).toBeLessThan(Math.max(-100, level(second) + 6));
    expect(peak({ left: whole.left.slice(-8), right: whole.right.slice(-8) })).toBeLessThan(1e-5);
  });

  it('has no tail where the master closes with a fade', () => {
    const score = testScore({ master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 1920 } });
    expect(stem(score, 1).left.length).toBe(4 * RATE);
    expect(closingFade(score, RATE)).toEqual({ startFrame: 2 * RATE, endFrame: 4 * RATE });
    expect(closingFade(testScore(), RATE)).toBeUndefined();
  });

  it('is silent for a muted track', () => {
    const score = testScore();
    score.tracks[0]!.mix.muted = true;
    expect(peak(stem(score, 0))).toBe(0);
  });

  it('depends on its own track only', () => {
    const score = testScore();
    const alone = { ...score, tracks: [score.tracks[3]!] };
    expect(sameBits(stem(score, 3), stem(alone, 0))).toBe(true);
  });
});
