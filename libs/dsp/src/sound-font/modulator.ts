import { KernelFunctions } from '../kernel/kernel';
import { Generator } from './generators';

/** Sources that are no MIDI controllers (SoundFont 2.04, 8.2.1). */
export const Source = {
  NONE: 0,
  VELOCITY: 2,
  KEY: 3,
  POLY_PRESSURE: 10,
  CHANNEL_PRESSURE: 13,
  PITCH_WHEEL: 14,
  PITCH_WHEEL_RANGE: 16,
} as const;

/** Where a modulator takes a value from, and how it bends it to -1 to 1 or 0 to 1 (8.2). */
export interface ModulatorSource {
  isController: boolean;
  index: number;
  curve: 'linear' | 'concave' | 'convex' | 'switch';
  bipolar: boolean;
  negative: boolean;
}

/** Adds `amount` times its two sources to a generator (9.5). */
export interface Modulator {
  source: ModulatorSource;
  secondary: ModulatorSource;
  generator: number;
  amount: number;
  absolute: boolean;
}

/** Values of controllers and other sources, 0 to 127, with fractions; the pitch wheel and its range too are on this scale. */
export interface SourceValues {
  controller(index: number): number;
  general(index: number): number;
}

const CURVES = ['linear', 'concave', 'convex', 'switch'] as const;
const CONTROLLER_FLAG = 0x80;

/** Reads the number of a source (8.2). */
export function modulatorSource(bits: number): ModulatorSource {
  return {
    index: bits & 0x7f,
    isController: (bits & CONTROLLER_FLAG) !== 0,
    negative: (bits & 0x100) !== 0,
    bipolar: (bits & 0x200) !== 0,
    curve: CURVES[(bits >> 10) & 3]!,
  };
}

function modulator(source: number, secondary: number, generator: number, amount: number): Modulator {
  return {
    source: modulatorSource(source),
    secondary: modulatorSource(secondary),
    generator,
    amount,
    absolute: false,
  };
}

/**
 * The modulators that hold unless an instrument has its own (8.4). Three differ from the letter, as they do in fluidsynth and
 * spessasynth: velocity does not move the filter (8.4.2, which SoundFonts are not made for), pan reaches from side to side
 * (8.4.6: 500 instead of 1000 tenths of a percent to each), and the soft pedal closes the filter by an octave, where the
 * specification has none. The sends to reverb and chorus (8.4.8, 8.4.9) belong to the mix here.
 */
export const DEFAULT_MODULATORS: readonly Modulator[] = [
  modulator(0x0502, 0, Generator.ATTENUATION, 960),
  modulator(0x000d, 0, Generator.VIBRATO_LFO_TO_PITCH, 50),
  modulator(0x0081, 0, Generator.VIBRATO_LFO_TO_PITCH, 50),
  modulator(0x0587, 0, Generator.ATTENUATION, 960),
  modulator(0x028a, 0, Generator.PAN, 500),
  modulator(0x058b, 0, Generator.ATTENUATION, 960),
  modulator(0x020e, 0x0010, Generator.FINE_TUNE, 12_700),
  modulator(0x0cc3, 0, Generator.FILTER_CUTOFF, -1200),
];

/** Modulators that differ in no more than their amount: the more local one takes the place of the other (9.5.1). */
export function sameModulator(a: Modulator, b: Modulator): boolean {
  return (
    a.generator === b.generator &&
    a.absolute === b.absolute &&
    sameSource(a.source, b.source) &&
    sameSource(a.secondary, b.secondary)
  );
}

function sameSource(a: ModulatorSource, b: ModulatorSource): boolean {
  return (
    a.index === b.index &&
    a.isController === b.isController &&
    a.curve === b.curve &&
    a.bipolar === b.bipolar &&
    a.negative === b.negative
  );
}

/** Whether a modulator listens to a source. */
export function dependsOn({ source, secondary }: Modulator, isController: boolean, index: number): boolean {
  return (
    (source.isController === isController && source.index === index) ||
    (secondary.isController === isController && secondary.index === index)
  );
}

/** What a modulator adds to its generator. */
export function modulation(modulator: Modulator, values: SourceValues, kernel: KernelFunctions): number {
  const { source, secondary, amount, absolute } = modulator;
  const product = amount * sourceValue(source, values, kernel) * sourceValue(secondary, values, kernel);
  return absolute ? Math.abs(product) : product;
}

function sourceValue(source: ModulatorSource, values: SourceValues, kernel: KernelFunctions): number {
  if (!source.isController && source.index === Source.NONE) return 1;
  const raw = source.isController ? values.controller(source.index) : values.general(source.index);
  const value = source.negative ? 127 - raw : raw;
  if (!source.bipolar) return curve(source.curve, value / 127, kernel);
  // 64 is the middle (MIDI 1.0, pan and pitch wheel): 63 steps up, 64 down; from the other end where it is negative.
  const centred = raw < 64 ? (raw - 64) / 64 : (raw - 64) / 63;
  const swing = source.negative ? -centred : centred;
  if (source.curve === 'switch') return swing >= 0 ? 1 : -1;
  return swing < 0 ? -curve(source.curve, -swing, kernel) : curve(source.curve, swing, kernel);
}

/** The curves over 0 to 1 (8.2.4): concave is -20/96 log10((1 - x)^2), convex its mirror image. */
function curve(shape: ModulatorSource['curve'], x: number, kernel: KernelFunctions): number {
  switch (shape) {
    case 'linear':
      return x;
    case 'switch':
      return x >= 0.5 ? 1 : 0;
    case 'concave':
      return x >= 1 ? 1 : Math.min(1, -DECIBEL_CURVE * kernel.log2(1 - x));
    case 'convex':
      return x <= 0 ? 0 : Math.max(0, 1 + DECIBEL_CURVE * kernel.log2(x));
  }
}

/** 40/96 log10(2). */
const DECIBEL_CURVE = 0.125_429_164_86;
