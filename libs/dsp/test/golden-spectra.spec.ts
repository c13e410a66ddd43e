import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Track } from '@beatbot/music';
import { createSamplerEngine, Engine, stereoBlock } from '../src';
import { Biquad, BiquadCoefficients } from '../src/testing/biquad';
import { note, track } from '../src/testing/score';
import { soundFont } from './testing/sound-font';

const RATE = 44_100;
const SECONDS = 3;
const FILE = join(__dirname, 'golden/spectra.json');
const OCTAVES_HZ = [63, 125, 250, 500, 1000, 2000, 4000, 8000];
/** A band that is this much below the loudest is not compared, in dB. */
const FLOOR_DB = 50;
const TOLERANCE_DB = 0.5;

const chord = (pitches: number[], velocity = 90) => pitches.map((pitch) => note(0, 1900, pitch, velocity));
const TRACKS: Track[] = [
  track({ id: 'piano', instrument: 'acoustic-grand-piano', notes: chord([48, 60, 64, 67]) }),
  track({ id: 'rhodes', instrument: 'electric-piano-1', notes: chord([50, 57, 60, 65], 70) }),
  track({ id: 'bass', instrument: 'acoustic-bass', notes: [28, 33, 36, 40].map((p, i) => note(i * 480, 450, p, 100)) }),
  track({
    id: 'kit',
    instrument: 'standard-kit',
    notes: [36, 42, 38, 42, 36, 36, 38, 46].map((p, i) => note(i * 240, 60, p, 100)),
  }),
  track({ id: '808', instrument: 'tr-808-kit', notes: [36, 42, 39, 42].map((p, i) => note(i * 480, 60, p, 110)) }),
  track({
    id: 'violin',
    instrument: 'violin',
    notes: [note(0, 1900, 69, 90)],
    controls: [
      { tick: 480, controller: 1, value: 127 },
      { tick: 960, controller: 11, value: 60 },
    ],
  }),
  track({ id: 'pad', instrument: 'pad-2-warm', notes: chord([48, 55, 64]) }),
  track({ id: 'lead', instrument: 'lead-2-sawtooth', notes: [note(0, 900, 60), note(960, 900, 67)] }),
  track({
    id: 'flute',
    instrument: 'flute',
    notes: [note(0, 1900, 74)],
    controls: [{ tick: 960, controller: -1, value: 4096 }],
  }),
  track({
    id: 'vibraphone',
    instrument: 'vibraphone',
    notes: [65, 69, 72].map((pitch, i) => note(i * 240, 120, pitch, 100)),
    controls: [
      { tick: 0, controller: 64, value: 127 },
      { tick: 1440, controller: 64, value: 0 },
    ],
  }),
];

describe('ten short tracks', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createSamplerEngine(soundFont(), RATE);
  });
  const golden: Record<string, number[]> = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  // UPDATE_GOLDEN=1 writes them anew, after a change that is meant to be heard.
  const update = process.env['UPDATE_GOLDEN'] === '1';
  afterAll(() => {
    if (update) writeFileSync(FILE, `${JSON.stringify(golden, null, 2)}\n`);
  });

  it.each(TRACKS.map((played) => [played.id, played] as const))(
    '%s sounds as it did, octave by octave',
    (id, played) => {
      const levels = octaveLevels(played);
      if (update) golden[id] = levels;
      const loudest = Math.max(...golden[id]!);
      golden[id]!.forEach((expected, octave) => {
        if (expected > loudest - FLOOR_DB) expect(Math.abs(levels[octave]! - expected)).toBeLessThan(TOLERANCE_DB);
      });
    },
  );

  function octaveLevels(played: Track): number[] {
    const block = stereoBlock(SECONDS * RATE);
    engine.openTrack(played, [{ tick: 0, milliBpm: 120_000 }]).render(block);
    return OCTAVES_HZ.map((hertz) => {
      const filtered = new Float64Array(block.left.length);
      new Biquad(bandPass(hertz)).process(block.left, filtered);
      const meanSquare = filtered.reduce((sum, value) => sum + value * value, 0) / filtered.length;
      return Number((10 * Math.log10(meanSquare + 1e-20)).toFixed(2));
    });
  }
});

/** A band-pass of an octave's width with 0 dB in its middle (R. Bristow-Johnson, Audio EQ Cookbook). */
function bandPass(hertz: number): BiquadCoefficients {
  const w = (2 * Math.PI * hertz) / RATE;
  const alpha = Math.sin(w) / (2 * Math.SQRT2);
  return {
    b0: alpha / (1 + alpha),
    b1: 0,
    b2: -alpha / (1 + alpha),
    a1: (-2 * Math.cos(w)) / (1 + alpha),
    a2: (1 - alpha) / (1 + alpha),
  };
}
