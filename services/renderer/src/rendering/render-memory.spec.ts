import type { SampleRate } from '@beatbot/dsp';
import { Config } from '../config';
import { RenderMemory } from './render-memory';

const MIB = 2 ** 20;
const memory = (mib: number) => new RenderMemory({ RENDER_MEMORY_BYTES: mib * MIB } as Config);
const plan = (seconds: number, sampleRate: SampleRate = 48_000) => ({
  sampleRate,
  frames: seconds * sampleRate,
  musicSeconds: seconds,
  tracks: [],
  tags: { title: '', bpm: 120, key: { tonic: 'C', mode: 'major' as const } },
  loudnessLufs: -14,
  truePeakDb: -1,
});
const FILES = { stems: true, mixes: 2 };

describe('RenderMemory', () => {
  it('lets as many lanes work as fit, and no more than there are', () => {
    // 100 s take 109.9 MiB for each lane: a mix, and two stems.
    expect(memory(1024).lanes(plan(100), 4, FILES)).toBe(4);
    expect(memory(1024).lanes(plan(100), 64, FILES)).toBe(9);
    expect(memory(230).lanes(plan(100), 64, FILES)).toBe(2);
    expect(memory(110).lanes(plan(100), 64, FILES)).toBe(1);
  });

  it('counts files of the mix where they are more than the stems', () => {
    expect(memory(110).lanes(plan(100), 64, { stems: false, mixes: 0 })).toBe(3);
    expect(memory(110).lanes(plan(100), 64, { stems: false, mixes: 1 })).toBe(2);
  });

  it('refuses what does not fit in one lane, and says what does', () => {
    expect(() => memory(110).lanes(plan(101), 64, FILES)).toThrow(
      'score.sections "101 s of music" is not allowed: at most 100 s, with what sounds on after the end, in these formats',
    );
  });
});
