import { Control, INSTRUMENTS, Note, TrackMix } from '@beatbot/music';
import fc from 'fast-check';
import { createSamplerEngine, Engine, StemRenderer, StereoBlock } from '../src';
import { concat, rmsDb } from '../src/testing/signals';
import { testScore, track } from '../src/testing/score';
import { soundFont } from './testing/sound-font';

const RATE = 44_100;
/** Two bars. */
const END = 3840;

const mixes: fc.Arbitrary<TrackMix> = fc.record({
  gainCentibels: fc.integer({ min: -600, max: 0 }),
  pan: fc.integer({ min: -100, max: 100 }),
  reverbSend: fc.nat(127),
  delaySend: fc.nat(127),
  chorusSend: fc.nat(127),
  muted: fc.constant(false),
});

const controls: fc.Arbitrary<Control[]> = fc.array(
  fc.oneof(
    fc.record({ tick: fc.nat(END), controller: fc.constant(-1), value: fc.integer({ min: -8192, max: 8191 }) }),
    // Those that mean something come often: bends and tunings by registered parameters, pedals, volumes, resets.
    fc.record({
      tick: fc.nat(END),
      controller: fc.constantFrom(1, 6, 7, 10, 11, 38, 64, 66, 67, 71, 74, 91, 93, 98, 99, 100, 101, 120, 121, 123),
      value: fc.nat(127),
    }),
    fc.record({ tick: fc.nat(END), controller: fc.nat(127), value: fc.nat(127) }),
  ),
  { maxLength: 40 },
);

const SAMPLED = INSTRUMENTS.filter(({ isSynth }) => !isSynth);

const tracks = fc.constantFrom(...SAMPLED).chain(({ id, lowestPitch, highestPitch }) =>
  fc.record({
    id: fc.constant('random'),
    instrument: fc.constant(id),
    notes: fc.array(
      fc.record<Note>({
        startTick: fc.nat(END - 1),
        durationTicks: fc.integer({ min: 1, max: END }),
        pitch: fc.integer({ min: lowestPitch, max: highestPitch }),
        velocity: fc.integer({ min: 1, max: 127 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    controls,
    mix: mixes,
  }),
);

describe('any track', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createSamplerEngine(soundFont(), RATE);
  });

  function render(random: Parameters<typeof track>[0]): { sound: StereoBlock; clipped: number } {
    const score = testScore({ tracks: [track(random)] });
    const renderer = new StemRenderer(engine, score, score.tracks[0]!);
    const blocks: StereoBlock[] = [];
    for (let block = renderer.next(); block.left.length > 0; block = renderer.next())
      blocks.push({ left: block.left.slice(), right: block.right.slice() });
    return { sound: concat(blocks), clipped: renderer.clippedSamples };
  }

  it('is finite, of a level that its notes account for, and silent at its end', () => {
    fc.assert(
      fc.property(tracks, (random) => {
        const { sound, clipped } = render(random);
        const { left, right } = sound;
        expect([left, right].every((channel) => channel.every(Number.isFinite))).toBe(true);
        // Eight voices of full scale, were they ever at one peak, clip; a level that runs away would do so throughout.
        expect(clipped).toBeLessThan(left.length / 10);
        expect(rmsDb(sound)).toBeLessThan(-6);
        expect(rmsDb(sound, left.length - 50)).toBeLessThan(-60);
      }),
      { numRuns: 25 },
    );
  });
});
