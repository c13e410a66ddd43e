/** Generators by their numbers in SoundFont 2.04, 8.1.2. */
export const Generator = {
  START_OFFSET: 0,
  END_OFFSET: 1,
  LOOP_START_OFFSET: 2,
  LOOP_END_OFFSET: 3,
  START_COARSE_OFFSET: 4,
  MODULATION_LFO_TO_PITCH: 5,
  VIBRATO_LFO_TO_PITCH: 6,
  MODULATION_ENVELOPE_TO_PITCH: 7,
  FILTER_CUTOFF: 8,
  FILTER_Q: 9,
  MODULATION_LFO_TO_CUTOFF: 10,
  MODULATION_ENVELOPE_TO_CUTOFF: 11,
  END_COARSE_OFFSET: 12,
  MODULATION_LFO_TO_VOLUME: 13,
  PAN: 17,
  MODULATION_LFO_DELAY: 21,
  MODULATION_LFO_FREQUENCY: 22,
  VIBRATO_LFO_DELAY: 23,
  VIBRATO_LFO_FREQUENCY: 24,
  MODULATION_DELAY: 25,
  MODULATION_ATTACK: 26,
  MODULATION_HOLD: 27,
  MODULATION_DECAY: 28,
  MODULATION_SUSTAIN: 29,
  MODULATION_RELEASE: 30,
  KEY_TO_MODULATION_HOLD: 31,
  KEY_TO_MODULATION_DECAY: 32,
  VOLUME_DELAY: 33,
  VOLUME_ATTACK: 34,
  VOLUME_HOLD: 35,
  VOLUME_DECAY: 36,
  VOLUME_SUSTAIN: 37,
  VOLUME_RELEASE: 38,
  KEY_TO_VOLUME_HOLD: 39,
  KEY_TO_VOLUME_DECAY: 40,
  LOOP_START_COARSE_OFFSET: 45,
  KEY: 46,
  VELOCITY: 47,
  ATTENUATION: 48,
  LOOP_END_COARSE_OFFSET: 50,
  COARSE_TUNE: 51,
  FINE_TUNE: 52,
  SAMPLE_MODES: 54,
  SCALE_TUNING: 56,
  EXCLUSIVE_CLASS: 57,
  ROOT_KEY: 58,
} as const;

export const GENERATOR_COUNT = 61;

/** Lowest, highest and default value (8.1.3). Tunings reach further than there, for modulators bend them by the pitch wheel. */
const RANGES: readonly (readonly [generator: number, lowest: number, highest: number, initial: number])[] = [
  [Generator.MODULATION_LFO_TO_PITCH, -12_000, 12_000, 0],
  [Generator.VIBRATO_LFO_TO_PITCH, -12_000, 12_000, 0],
  [Generator.MODULATION_ENVELOPE_TO_PITCH, -12_000, 12_000, 0],
  [Generator.FILTER_CUTOFF, 1500, 13_500, 13_500],
  [Generator.FILTER_Q, 0, 960, 0],
  [Generator.MODULATION_LFO_TO_CUTOFF, -12_000, 12_000, 0],
  [Generator.MODULATION_ENVELOPE_TO_CUTOFF, -12_000, 12_000, 0],
  [Generator.MODULATION_LFO_TO_VOLUME, -960, 960, 0],
  [Generator.PAN, -500, 500, 0],
  [Generator.MODULATION_LFO_DELAY, -12_000, 5000, -12_000],
  [Generator.MODULATION_LFO_FREQUENCY, -16_000, 4500, 0],
  [Generator.VIBRATO_LFO_DELAY, -12_000, 5000, -12_000],
  [Generator.VIBRATO_LFO_FREQUENCY, -16_000, 4500, 0],
  [Generator.MODULATION_DELAY, -12_000, 5000, -12_000],
  [Generator.MODULATION_ATTACK, -12_000, 8000, -12_000],
  [Generator.MODULATION_HOLD, -12_000, 5000, -12_000],
  [Generator.MODULATION_DECAY, -12_000, 8000, -12_000],
  [Generator.MODULATION_SUSTAIN, 0, 1000, 0],
  [Generator.MODULATION_RELEASE, -12_000, 8000, -12_000],
  [Generator.KEY_TO_MODULATION_HOLD, -1200, 1200, 0],
  [Generator.KEY_TO_MODULATION_DECAY, -1200, 1200, 0],
  [Generator.VOLUME_DELAY, -12_000, 5000, -12_000],
  [Generator.VOLUME_ATTACK, -12_000, 8000, -12_000],
  [Generator.VOLUME_HOLD, -12_000, 5000, -12_000],
  [Generator.VOLUME_DECAY, -12_000, 8000, -12_000],
  [Generator.VOLUME_SUSTAIN, 0, 1440, 0],
  [Generator.VOLUME_RELEASE, -12_000, 8000, -12_000],
  [Generator.KEY_TO_VOLUME_HOLD, -1200, 1200, 0],
  [Generator.KEY_TO_VOLUME_DECAY, -1200, 1200, 0],
  [Generator.KEY, -1, 127, -1],
  [Generator.VELOCITY, -1, 127, -1],
  [Generator.ATTENUATION, 0, 1440, 0],
  [Generator.COARSE_TUNE, -120, 120, 0],
  [Generator.FINE_TUNE, -12_700, 12_700, 0],
  [Generator.SAMPLE_MODES, 0, 3, 0],
  [Generator.SCALE_TUNING, 0, 1200, 100],
  [Generator.EXCLUSIVE_CLASS, 0, 127, 0],
  [Generator.ROOT_KEY, -1, 127, -1],
];

const LOWEST = new Float64Array(GENERATOR_COUNT).fill(-32_768);
const HIGHEST = new Float64Array(GENERATOR_COUNT).fill(32_767);
const INITIAL = new Float64Array(GENERATOR_COUNT);
for (const [generator, lowest, highest, initial] of RANGES) {
  LOWEST[generator] = lowest;
  HIGHEST[generator] = highest;
  INITIAL[generator] = initial;
}

/** Generators that an instrument alone can set (8.1.2, 8.5): at a preset they are ignored. */
export const INSTRUMENT_ONLY: ReadonlySet<number> = new Set([
  Generator.START_OFFSET,
  Generator.END_OFFSET,
  Generator.LOOP_START_OFFSET,
  Generator.LOOP_END_OFFSET,
  Generator.START_COARSE_OFFSET,
  Generator.END_COARSE_OFFSET,
  Generator.LOOP_START_COARSE_OFFSET,
  Generator.LOOP_END_COARSE_OFFSET,
  Generator.KEY,
  Generator.VELOCITY,
  Generator.SAMPLE_MODES,
  Generator.EXCLUSIVE_CLASS,
  Generator.ROOT_KEY,
]);

/** The values that hold where a zone sets nothing. */
export function initialGenerators(): Float64Array {
  return INITIAL.slice();
}

/** Brings every value into its range, in place. */
export function limitGenerators(values: Float64Array): void {
  for (let i = 0; i < GENERATOR_COUNT; i++) values[i] = Math.min(HIGHEST[i]!, Math.max(LOWEST[i]!, values[i]!));
}
