import { KernelFunctions } from '../kernel/kernel';
import * as Field from '../kernel/voice-layout';
import { Generator as G } from '../sound-font/generators';

/** Frequency of 0 absolute cents in Hz: key number 0. */
const ZERO_CENTS_HZ = 8.175_798_915_643_707;
/** The time in timecents that stands for none (SoundFont 2.04, 8.1.3). */
const NO_TIME = -12_000;
/** Shorter releases would click: 16 ms. */
const SHORTEST_RELEASE = -7200;
/** Timecents in which a voice dies away that another of its exclusive class cuts off: 0.26 s for 96 dB. */
const CUT_RELEASE = -2320;
/** The key at which the keys leave hold and decay times as they are (8.1.2, generators 31, 32, 39, 40). */
const MIDDLE_KEY = 60;
/** log2(10) / 200 and / 20: centibels and decibels of amplitude to powers of two. */
const OCTAVES_PER_CENTIBEL = 0.016_609_640_474_436_812;
const OCTAVES_PER_DECIBEL = 10 * OCTAVES_PER_CENTIBEL;
/** Resonance counts from the peak of a filter that has none: at 0 the quality factor is 1 / sqrt(2) (8.1.2, generator 9). */
const FLAT_DECIBELS = 3.010_299_956_639_812;
/** Quieter than this under full scale, whatever its envelope says, a voice is not kept: 96 dB. */
const LEAST_END = 300;

/** What of a voice does not change while it sounds. */
export interface VoiceSetting {
  /** MIDI key, after a zone's override. */
  key: number;
  rootKey: number;
  correctionCents: number;
  sampleRate: number;
}

/** Turns generator values into what the kernel takes. */
export class VoiceParameters {
  constructor(
    private readonly kernel: KernelFunctions,
    private readonly outputRate: number,
    private readonly outputGain: number,
  ) {}

  /**
   * Writes all parameters of a voice.
   * @param values generators with modulation, each within its range
   * @param tuningCents the channel's tuning
   * @param lastingCentibels what of the attenuation no controller can take back
   */
  write(
    fields: Float64Array,
    setting: VoiceSetting,
    values: Float64Array,
    tuningCents: number,
    lastingCentibels: number,
  ): void {
    const { kernel } = this;
    const value = (generator: number): number => values[generator]!;
    fields[Field.RATE] = setting.sampleRate / this.outputRate;
    fields[Field.PITCH_CENTS] =
      (setting.key - setting.rootKey) * value(G.SCALE_TUNING) +
      value(G.COARSE_TUNE) * 100 +
      value(G.FINE_TUNE) +
      setting.correctionCents +
      tuningCents;
    fields[Field.ATTENUATION_CENTIBELS] = value(G.ATTENUATION);
    // Equal power: at the middle both channels are 3 dB down.
    fields[Field.GAIN_LEFT] = this.outputGain * kernel.sinPi((500 - value(G.PAN)) / 2000);
    fields[Field.GAIN_RIGHT] = this.outputGain * kernel.sinPi((500 + value(G.PAN)) / 2000);
    this.writeFilter(fields, values);
    this.writeVolume(fields, values, setting.key, lastingCentibels);
    this.writeModulation(fields, values, setting.key);
    fields[Field.MODULATION_LFO_TO_PITCH] = value(G.MODULATION_LFO_TO_PITCH);
    fields[Field.VIBRATO_LFO_TO_PITCH] = value(G.VIBRATO_LFO_TO_PITCH);
    fields[Field.MODULATION_ENVELOPE_TO_PITCH] = value(G.MODULATION_ENVELOPE_TO_PITCH);
    fields[Field.MODULATION_LFO_TO_VOLUME] = value(G.MODULATION_LFO_TO_VOLUME);
  }

  /** Has a voice die away quickly, unless it does so anyway. */
  writeCut(fields: Float64Array): void {
    fields[Field.VOLUME_RELEASE] = Math.max(
      fields[Field.VOLUME_RELEASE]!,
      Field.SILENT_CENTIBELS / this.frames(CUT_RELEASE),
    );
  }

  private writeFilter(fields: Float64Array, values: Float64Array): void {
    const { kernel } = this;
    const resonance = values[G.FILTER_Q]!;
    const byLfo = values[G.MODULATION_LFO_TO_CUTOFF]!;
    const byEnvelope = values[G.MODULATION_ENVELOPE_TO_CUTOFF]!;
    const cutoff = values[G.FILTER_CUTOFF]!;
    // A filter stays once it is there, for it remembers. An envelope that opens further what is open has none.
    if (cutoff < Field.HIGHEST_CUTOFF_CENTS || resonance > 0 || byLfo !== 0 || byEnvelope < 0)
      fields[Field.FILTERED] = 1;
    fields[Field.CUTOFF_CENTS] = cutoff;
    fields[Field.DAMPING] = kernel.exp2((FLAT_DECIBELS - resonance / 10) * OCTAVES_PER_DECIBEL);
    // The peak is raised by the resonance and all is lowered by half of it.
    fields[Field.FILTER_GAIN] = kernel.exp2((-resonance / 2) * OCTAVES_PER_CENTIBEL);
    fields[Field.MODULATION_LFO_TO_CUTOFF] = byLfo;
    fields[Field.MODULATION_ENVELOPE_TO_CUTOFF] = byEnvelope;
  }

  private writeVolume(fields: Float64Array, values: Float64Array, key: number, lastingCentibels: number): void {
    const delayEnd = this.framesOrNone(values[G.VOLUME_DELAY]!);
    const attackEnd = delayEnd + this.frames(values[G.VOLUME_ATTACK]!);
    const hold = values[G.VOLUME_HOLD]! + (MIDDLE_KEY - key) * values[G.KEY_TO_VOLUME_HOLD]!;
    const decay = values[G.VOLUME_DECAY]! + (MIDDLE_KEY - key) * values[G.KEY_TO_VOLUME_DECAY]!;
    fields[Field.VOLUME_DELAY_END] = delayEnd;
    fields[Field.VOLUME_ATTACK_END] = attackEnd;
    fields[Field.VOLUME_HOLD_END] = attackEnd + this.framesOrNone(hold);
    fields[Field.VOLUME_DECAY] = Field.SILENT_CENTIBELS / this.frames(decay);
    fields[Field.VOLUME_SUSTAIN] = values[G.VOLUME_SUSTAIN]!;
    fields[Field.VOLUME_RELEASE] =
      Field.SILENT_CENTIBELS / this.frames(Math.max(SHORTEST_RELEASE, values[G.VOLUME_RELEASE]!));
    fields[Field.VOLUME_END] = Math.max(LEAST_END, Field.SILENT_CENTIBELS - lastingCentibels);
  }

  private writeModulation(fields: Float64Array, values: Float64Array, key: number): void {
    const { kernel, outputRate } = this;
    const delayEnd = this.framesOrNone(values[G.MODULATION_DELAY]!);
    const attackEnd = delayEnd + this.framesOrNone(values[G.MODULATION_ATTACK]!);
    const hold = values[G.MODULATION_HOLD]! + (MIDDLE_KEY - key) * values[G.KEY_TO_MODULATION_HOLD]!;
    const decay = values[G.MODULATION_DECAY]! + (MIDDLE_KEY - key) * values[G.KEY_TO_MODULATION_DECAY]!;
    fields[Field.MODULATION_DELAY_END] = delayEnd;
    fields[Field.MODULATION_ATTACK_END] = attackEnd;
    fields[Field.MODULATION_HOLD_END] = attackEnd + this.framesOrNone(hold);
    fields[Field.MODULATION_DECAY] = 1 / this.frames(decay);
    fields[Field.MODULATION_SUSTAIN] = 1 - values[G.MODULATION_SUSTAIN]! / 1000;
    fields[Field.MODULATION_RELEASE] = 1 / this.frames(Math.max(SHORTEST_RELEASE, values[G.MODULATION_RELEASE]!));
    const turnsPerFrame = (cents: number): number => (ZERO_CENTS_HZ * kernel.exp2(cents / 1200)) / outputRate;
    fields[Field.MODULATION_LFO_DELAY] = this.framesOrNone(values[G.MODULATION_LFO_DELAY]!);
    fields[Field.MODULATION_LFO_RATE] = turnsPerFrame(values[G.MODULATION_LFO_FREQUENCY]!);
    fields[Field.VIBRATO_LFO_DELAY] = this.framesOrNone(values[G.VIBRATO_LFO_DELAY]!);
    fields[Field.VIBRATO_LFO_RATE] = turnsPerFrame(values[G.VIBRATO_LFO_FREQUENCY]!);
  }

  private frames(timecents: number): number {
    return this.kernel.exp2(Math.max(NO_TIME, timecents) / 1200) * this.outputRate;
  }

  private framesOrNone(timecents: number): number {
    return timecents <= NO_TIME ? 0 : this.frames(timecents);
  }
}
