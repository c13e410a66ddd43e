import { INSTRUMENTS, Track } from '@beatbot/music';
import { allocateSounds, createSamplerEngine, Engine, sliceBlock, StereoBlock, stereoBlock } from '../src';
import { levelAt, peak, rmsDb, sameBits } from '../src/testing/signals';
import { note, testScore, track } from '../src/testing/score';
import { soundFont } from './testing/sound-font';

const RATE = 44_100;
const TEMPOS = [{ tick: 0, milliBpm: 120_000 }];

describe('createSamplerEngine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createSamplerEngine(soundFont(), RATE);
  });

  function render(
    played: Track,
    seconds: number,
    options: { engine?: Engine; blockFrames?: number; startFrame?: number } = {},
  ): StereoBlock {
    const voice = (options.engine ?? engine).openTrack(played, TEMPOS, options.startFrame);
    const sound = stereoBlock(Math.round(seconds * RATE));
    const step = options.blockFrames ?? 8192;
    for (let at = 0; at < sound.left.length; at += step)
      voice.render(sliceBlock(sound, at, Math.min(sound.left.length, at + step)));
    return sound;
  }

  it('gives the same samples for the same track, alone or after others, in blocks of any length, from any engine', async () => {
    const other = await createSamplerEngine(soundFont(), RATE);
    for (const played of testScore().tracks) {
      const alone = render(played, 3, { engine: other });
      expect(sameBits(render(played, 3), alone)).toBe(true);
      expect(sameBits(render(played, 3, { blockFrames: 1000 }), alone)).toBe(true);
    }
  });

  it('shares decoded samples between engines', async () => {
    const sounds = allocateSounds();
    const [first, second] = [
      await createSamplerEngine(soundFont(), RATE, sounds),
      await createSamplerEngine(soundFont(), RATE, sounds),
    ];
    const [piano] = testScore().tracks;
    const alone = render(piano!, 1);
    expect(sameBits(render(piano!, 1, { engine: first }), alone)).toBe(true);
    const bytes = sounds.buffer.byteLength;
    expect(sameBits(render(piano!, 1, { engine: second }), alone)).toBe(true);
    expect(sounds.buffer.byteLength).toBe(bytes);
  });

  it('holds notes by the pedals: sustain, and sostenuto those alone that were down', () => {
    const level = (controls: [tick: number, controller: number, value: number][]) => {
      const held = render(
        track({
          id: 'o',
          instrument: 'church-organ',
          notes: [note(0, 480, 60), note(960, 240, 72)],
          controls: controls.map(([tick, controller, value]) => ({ tick, controller, value })),
        }),
        2,
      );
      const at = (hertz: number) => levelAt(held.left, RATE, hertz, Math.round(1.5 * RATE), Math.round(1.9 * RATE));
      return { first: at(261.63), second: at(523.25) };
    };
    const free = level([]);
    expect(Math.max(free.first, free.second)).toBeLessThan(-80);
    const sustained = level([[0, 64, 127]]);
    expect(Math.min(sustained.first, sustained.second)).toBeGreaterThan(-70);
    const sostenuto = level([[240, 66, 127]]);
    expect(sostenuto.first).toBeGreaterThan(-70);
    expect(
      level([
        [0, 64, 127],
        [1300, 64, 0],
      ]).first,
    ).toBeLessThan(-80);
    expect(
      level([
        [0, 64, 127],
        [1300, 121, 0],
      ]).first,
    ).toBeLessThan(-80);
    expect(
      level([
        [0, 64, 127],
        [1300, 120, 0],
      ]).first,
    ).toBeLessThan(-80);
  });

  it('has a sound for every instrument of the catalogue', () => {
    const silent = INSTRUMENTS.filter(({ id, isDrumKit, lowestPitch, highestPitch }) => {
      const pitch = isDrumKit ? 38 : Math.round((lowestPitch + highestPitch) / 2);
      return peak(render(track({ id, instrument: id, notes: [note(0, 480, pitch, 100)] }), 0.5)) < 0.003;
    });
    expect(silent.map(({ id }) => id)).toEqual([]);
  }, 120_000);

  it('begins a note on its own frame', () => {
    // 101 ticks at 120 bpm are 4639.69 frames, which lie on no grid.
    const frame = Math.round((101 / 960) * RATE);
    const { left } = render(track({ id: 'd', instrument: 'standard-kit', notes: [note(101, 60, 37, 127)] }), 1);
    expect(left.findIndex((sample) => sample !== 0)).toBeGreaterThanOrEqual(frame);
    expect(left.findIndex((sample) => Math.abs(sample) > 1e-4)).toBeLessThan(frame + 64);
  });

  it.each([
    ['flute', 69, 440],
    ['violin', 76, 659.26],
    ['acoustic-grand-piano', 60, 261.63],
    ['synth-bass-1', 45, 110],
  ])('tunes %s', (instrument, pitch, hertz) => {
    const { left } = render(track({ id: 't', instrument, notes: [note(0, 1920, pitch, 90)] }), 2);
    const cents = Array.from({ length: 31 }, (_, i) => 2 * i - 30);
    const levels = cents.map((cent) => levelAt(left, RATE, hertz * 2 ** (cent / 1200), RATE / 2, 1.5 * RATE));
    const best = cents[levels.indexOf(Math.max(...levels))]!;
    // Vibrato and the samples' own tuning stay within what an ear takes for in tune.
    expect(Math.abs(best)).toBeLessThanOrEqual(15);
  });

  it('follows the pitch wheel by two semitones and the volume controller', () => {
    const held = [note(0, 1920, 69, 90)];
    const bent = render(
      track({ id: 'f', instrument: 'flute', notes: held, controls: [{ tick: 0, controller: -1, value: 8191 }] }),
      2,
    );
    const level = (sound: StereoBlock, hertz: number) => levelAt(sound.left, RATE, hertz, RATE / 2, 1.5 * RATE);
    expect(level(bent, 493.88)).toBeGreaterThan(level(bent, 440) + 20);
    const quiet = render(
      track({ id: 'f', instrument: 'flute', notes: held, controls: [{ tick: 0, controller: 7, value: 30 }] }),
      2,
    );
    expect(rmsDb(quiet)).toBeLessThan(rmsDb(render(track({ id: 'f', instrument: 'flute', notes: held }), 2)) - 12);
  });

  it('plays louder at higher velocity, and ends a note', () => {
    const strike = (velocity: number) =>
      render(track({ id: 'p', instrument: 'acoustic-grand-piano', notes: [note(0, 480, 60, velocity)] }), 6);
    expect(rmsDb(strike(110), 0, RATE)).toBeGreaterThan(rmsDb(strike(50), 0, RATE) + 6);
    expect(rmsDb(strike(110), 5 * RATE)).toBeLessThan(-100);
  });

  it('cuts an open hi-hat off by a closed one, which are of one exclusive class', () => {
    const kit = (notes: Track['notes']) => render(track({ id: 'k', instrument: 'standard-kit', notes }), 2);
    const tail = (sound: StereoBlock) => rmsDb(sound, 0.6 * RATE, 0.8 * RATE);
    const open = note(0, 60, 46, 110);
    // The closed one strikes after a quarter of a second; a snare drum is of no class and cuts off nothing.
    expect(tail(kit([open, note(240, 60, 42, 1)]))).toBeLessThan(tail(kit([open])) - 20);
    expect(tail(kit([open, note(240, 60, 38, 1)]))).toBeGreaterThan(tail(kit([open])) - 3);
  });

  it('takes brightness away by the soft pedal', () => {
    const strike = (soft: number) =>
      render(
        track({
          id: 'k',
          instrument: 'standard-kit',
          notes: [note(0, 60, 46, 100)],
          controls: [{ tick: 0, controller: 67, value: soft }],
        }),
        1,
      );
    // Differences of differences, eight times: what lies near half the sample rate.
    const brightness = (sound: StereoBlock) => {
      for (let order = 0; order < 8; order++)
        for (let i = sound.left.length - 1; i > 0; i--) sound.left[i]! -= sound.left[i - 1]!;
      return rmsDb({ left: sound.left.subarray(8), right: sound.left.subarray(8) });
    };
    expect(brightness(strike(127))).toBeLessThan(brightness(strike(0)) - 3);
  });

  it('cuts off no voice, however many sound', () => {
    const chord = (pitches: number[]) =>
      render(
        track({
          id: 'o',
          instrument: 'church-organ',
          notes: pitches.flatMap((pitch) => Array.from({ length: 10 }, (_, i) => note(i * 8, 1900 - i * 8, pitch, 60))),
        }),
        1.5,
      );
    const all = Array.from({ length: 48 }, (_, i) => 36 + i);
    const [whole, lower, upper] = [chord(all), chord(all.slice(0, 24)), chord(all.slice(24))];
    const difference = stereoBlock(whole.left.length);
    for (let i = 0; i < whole.left.length; i++) difference.left[i] = whole.left[i]! - lower.left[i]! - upper.left[i]!;
    expect(rmsDb(difference) - rmsDb(whole)).toBeLessThan(-100);
  });

  it('begins in the middle of a track', () => {
    const played = track({
      id: 'f',
      instrument: 'flute',
      notes: [note(0, 480, 69), note(960, 480, 81)],
      controls: [{ tick: 0, controller: 7, value: 60 }],
    });
    const whole = render(played, 2);
    const part = render(played, 1, { startFrame: RATE });
    expect(rmsDb(part)).toBeCloseTo(rmsDb(whole, RATE), 1);
    expect(part.left.findIndex((sample) => sample !== 0)).toBeLessThan(RATE / 20);
  });

  it('says what is wrong', async () => {
    expect(() => engine.openTrack(track({ id: 'x', instrument: 'kazoo', notes: [] }), TEMPOS)).toThrow(
      'instrument "kazoo" is not allowed',
    );
    await expect(createSamplerEngine(new Uint8Array(1000), RATE)).rejects.toThrow('a SoundFont 2 or 3 file');
    expect((await createSamplerEngine(soundFont(), 48_000)).sampleRate).toBe(48_000);
  });
});
