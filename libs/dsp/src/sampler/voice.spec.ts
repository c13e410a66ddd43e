import fc from 'fast-check';
import { allocateSounds } from '../kernel/sound-memory';
import { STEP_FRAMES } from '../kernel/voice-layout';
import { Generator as G, initialGenerators } from '../sound-font/generators';
import { DEFAULT_MODULATORS } from '../sound-font/modulator';
import { Sample } from '../sound-font/sound-font';
import { StereoBlock, stereoBlock } from '../stereo-block';
import { sineSample } from '../testing/sine-sample';
import { Channel } from './channel';
import { CHUNK_FRAMES, SamplerTools } from './sampler-tools';
import { Voice } from './voice';

const RATE = 44_100;
const tools = new SamplerTools(allocateSounds(), RATE);

/** Plays one voice with generators beside the usual ones; `controls` come before it. */
function play(
  sample: Sample,
  generators: Partial<Record<number, number>>,
  seconds: number,
  { releaseSeconds = Infinity, key = 60, velocity = 127, startFrame = 0, channel = new Channel() } = {},
): StereoBlock & { voice: Voice; endedAt?: number } {
  const values = initialGenerators();
  for (const [generator, value] of Object.entries(generators)) values[Number(generator)] = value!;
  const voice = new Voice(
    tools,
    { sample, generators: values, modulators: DEFAULT_MODULATORS },
    channel,
    1,
    key,
    velocity,
    startFrame,
  );
  if (releaseSeconds < Infinity) voice.release(Math.round(releaseSeconds * RATE));
  const chunks = Math.ceil((seconds * RATE) / CHUNK_FRAMES);
  const sound = stereoBlock(chunks * CHUNK_FRAMES);
  const chunk = stereoBlock(CHUNK_FRAMES);
  let endedAt: number | undefined;
  for (let i = 0; i < chunks && endedAt === undefined; i++) {
    tools.clearChunk();
    if (!tools.render(voice, i * CHUNK_FRAMES, 0, CHUNK_FRAMES / STEP_FRAMES)) endedAt = (i + 1) * CHUNK_FRAMES;
    tools.readChunk(chunk);
    sound.left.set(chunk.left, i * CHUNK_FRAMES);
    sound.right.set(chunk.right, i * CHUNK_FRAMES);
  }
  return { ...sound, voice, endedAt };
}

/** Signal to all else in dB: what is left of a sound when the best fitting sine of a frequency is taken away. */
function signalToNoiseDb(samples: Float32Array, hertz: number, start: number, end: number): number {
  const turn = (2 * Math.PI * hertz) / RATE;
  let [cc, ss, cs, xc, xs] = [0, 0, 0, 0, 0];
  for (let i = start; i < end; i++) {
    const [c, s] = [Math.cos(turn * i), Math.sin(turn * i)];
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += samples[i]! * c;
    xs += samples[i]! * s;
  }
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  let [signal, noise] = [0, 0];
  for (let i = start; i < end; i++) {
    const fit = a * Math.cos(turn * i) + b * Math.sin(turn * i);
    signal += fit * fit;
    noise += (samples[i]! - fit) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** The level of the left channel over a few milliseconds, in dB. */
function levelDb({ left }: StereoBlock, second: number, seconds = 0.01): number {
  const [start, end] = [Math.round(second * RATE), Math.round((second + seconds) * RATE)];
  let sum = 0;
  for (let i = start; i < end; i++) sum += left[i]! ** 2;
  return 10 * Math.log10(sum / (end - start) + 1e-30);
}

const LOOPED = { [G.SAMPLE_MODES]: 1 };

describe('a voice', () => {
  // A sine of 100 turns in 44100 frames has whole turns per loop at every multiple of 100 Hz.
  const sine = (hertz: number) => sineSample(hertz, 44_100);

  it.each([
    // Hz of the sample; signal to noise of 4-point Hermite interpolation there, and of a straight line (both computed).
    [500, 107, 67],
    [2000, 71, 43],
    [5000, 45, 27],
    [10_000, 24, 15],
  ])('interpolates a sine of %i Hz better than a cubic, and by far better than a line', (hertz, cubicDb, lineDb) => {
    for (const cents of [-1200, -713, -101, 199, 702, 1151]) {
      const ratio = 2 ** (cents / 1200);
      const { left } = play(sine(hertz), { ...LOOPED, [G.FINE_TUNE]: cents }, 0.5);
      const measured = signalToNoiseDb(left, hertz * ratio, 4410, 17_640);
      expect(measured).toBeGreaterThanOrEqual(cubicDb);
      expect(measured).toBeGreaterThan(lineDb + 20);
    }
  });

  it('loops without a click, however short the loop', () => {
    for (const frames of [63, 441, 44_100]) {
      const hertz = 44_100 / frames < 101 ? 700 : 44_100 / frames;
      const { left } = play(sineSample(hertz, frames), { ...LOOPED, [G.FINE_TUNE]: 314 }, 1.5);
      expect(signalToNoiseDb(left, hertz * 2 ** (314 / 1200), 4410, 1.4 * RATE)).toBeGreaterThan(85);
    }
  });

  it('ends with a sample that has no loop, and plays on after the loop of mode 3', () => {
    const short = sineSample(700, 6300);
    expect(play(short, {}, 1).endedAt).toBeLessThanOrEqual(6300 + CHUNK_FRAMES);
    expect(play(short, LOOPED, 1).endedAt).toBeUndefined();
    const release = { [G.VOLUME_RELEASE]: 3000 };
    const after = play(short, { ...release, [G.SAMPLE_MODES]: 3 }, 1, { releaseSeconds: 0.4 });
    expect(levelDb(after, 0.35)).toBeGreaterThan(-13);
    expect(after.endedAt).toBeLessThanOrEqual(0.4 * RATE + 6300 + CHUNK_FRAMES);
  });

  it('begins on its own frame', () => {
    for (const startFrame of [0, 1, 2, 3, 4, 31, 61, 63]) {
      const { left } = play(sine(1000), LOOPED, 0.05, { startFrame });
      expect(left.findIndex((sample) => sample !== 0)).toBe(startFrame + 1);
    }
  });

  it('goes through its envelope: delay, attack, hold, decay, sustain, release', () => {
    const timecents = (seconds: number) => 1200 * Math.log2(seconds);
    const sound = play(
      sine(1000),
      {
        ...LOOPED,
        [G.VOLUME_DELAY]: timecents(0.1),
        [G.VOLUME_ATTACK]: timecents(0.2),
        [G.VOLUME_HOLD]: timecents(0.1),
        [G.VOLUME_DECAY]: timecents(0.96),
        [G.VOLUME_SUSTAIN]: 200,
        [G.VOLUME_RELEASE]: timecents(0.96),
      },
      2,
      { releaseSeconds: 1 },
    );
    const peak = levelDb(sound, 0.35);
    expect(levelDb(sound, 0.05)).toBe(-300);
    // The attack rises evenly in amplitude: half of it is 6 dB down.
    expect(levelDb(sound, 0.195) - peak).toBeCloseTo(-6, 0);
    // Decay and release fall by 96 dB in their time, here 1 dB in 10 ms.
    expect(levelDb(sound, 0.495) - peak).toBeCloseTo(-10, 0);
    expect(levelDb(sound, 0.9) - peak).toBeCloseTo(-20, 1);
    expect(levelDb(sound, 1.095) - peak).toBeCloseTo(-30, 0);
    expect(sound.endedAt).toBeLessThan(1.9 * RATE);
  });

  it('filters with 12 dB an octave, and resonates', () => {
    const at = (hertz: number, generators: object) =>
      levelDb(play(sine(hertz), { ...LOOPED, ...generators }, 0.3), 0.2, 0.05);
    const cutoff = { [G.FILTER_CUTOFF]: 6900 + 1200 };
    expect(at(880, cutoff) - at(880, {})).toBeCloseTo(-3, 0);
    expect(at(7000, cutoff) - at(7000, {})).toBeCloseTo(-36, -1);
    const resonant = { ...cutoff, [G.FILTER_Q]: 200 };
    // The peak rises by the resonance less half of it, beside what is far below.
    expect(at(880, resonant) - at(880, cutoff)).toBeCloseTo(10, 0);
    expect(at(100, resonant) - at(100, cutoff)).toBeCloseTo(-10, 0);
  });

  it('bends its pitch by channel, oscillators and envelope', () => {
    const channel = new Channel();
    channel.control(101, 0);
    channel.control(100, 0);
    channel.control(6, 12);
    channel.bend(16_383);
    const bent = play(sine(500), LOOPED, 0.5, { channel });
    expect(signalToNoiseDb(bent.left, 1000, 4410, 17_640)).toBeGreaterThan(60);
    const risen = play(sine(500), { ...LOOPED, [G.MODULATION_ENVELOPE_TO_PITCH]: 1200 }, 0.5);
    expect(signalToNoiseDb(risen.left, 1000, 8820, 17_640)).toBeGreaterThan(60);
    const vibrato = play(sine(500), { ...LOOPED, [G.VIBRATO_LFO_TO_PITCH]: 100 }, 0.5);
    expect(signalToNoiseDb(vibrato.left, 500, 4410, 17_640)).toBeLessThan(10);
  });

  it('never is infinite or runs away, whatever its generators', () => {
    const any = fc.dictionary(
      fc.constantFrom(...Object.values(G).map(String)),
      fc.integer({ min: -32_768, max: 32_767 }),
      { maxKeys: 12 },
    );
    const sample = sine(700);
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 0, max: 127 }),
        fc.integer({ min: 1, max: 127 }),
        fc.integer({ min: 0, max: 4000 }),
        (generators, key, velocity, release) => {
          const sound = play(sample, { ...LOOPED, ...generators }, 0.3, {
            key,
            velocity,
            releaseSeconds: release / RATE,
          });
          const { left } = sound;
          expect(left.every(Number.isFinite)).toBe(true);
          const loudest = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          // Full resonance raises a peak by 48 dB less 24, tremolo by 96; without them a voice is never above full scale.
          const bounded = (generators[G.FILTER_Q] ?? 0) <= 0 && (generators[G.MODULATION_LFO_TO_VOLUME] ?? 0) === 0;
          expect(loudest).toBeLessThan(bounded ? 1.5 : 1e7);
        },
      ),
      { numRuns: 60 },
    );
  });
});
