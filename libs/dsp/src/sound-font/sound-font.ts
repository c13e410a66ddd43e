import { InputError } from '@beatbot/music/score';
import { BasicPreset, BasicSample, BasicSoundBank, BasicZone, SoundBankLoader } from 'spessasynth_core';
import { StbVorbis } from 'stb-vorbis';
import { Generator as G, initialGenerators, INSTRUMENT_ONLY } from './generators';
import { DEFAULT_MODULATORS, Modulator, modulatorSource, sameModulator } from './modulator';

/** One voice that a key starts: a sample with the generators and modulators of all zones that lead to it. */
export interface Region {
  sample: Sample;
  generators: Float64Array;
  modulators: readonly Modulator[];
}

export interface Sample {
  /** Its place in the file. */
  index: number;
  name: string;
  sampleRate: number;
  rootKey: number;
  correctionCents: number;
  /** Frames. */
  loopStart: number;
  loopEnd: number;
  /** Decodes it anew. @throws InputError where its data are broken */
  decode(): Float32Array;
}

/** Attenuation of zones counts for 0.4 of what is written: so did the EMU8000 that SoundFonts were made by ear on, and so do all its followers. */
const ATTENUATION_SCALE = 0.4;
const PERCUSSION_BANK = 128;

/** A SoundFont 2 or 3: what is played by which key. The file is read by spessasynth_core. */
export class SoundFont {
  private readonly presets = new Map<string, BasicPreset>();
  private readonly samples = new Map<BasicSample, Sample>();
  private readonly regions = new Map<string, Region[]>();

  private constructor(bank: BasicSoundBank) {
    for (const preset of bank.presets)
      this.presets.set(presetKey(preset.isGMGSDrum ? PERCUSSION_BANK : preset.bankMSB, preset.program), preset);
    bank.samples.forEach((sample, index) => this.samples.set(sample, toSample(sample, index)));
  }

  /** @throws InputError where the bytes are no SoundFont */
  static async read(bytes: Uint8Array): Promise<SoundFont> {
    await StbVorbis.ready;
    try {
      return new SoundFont(SoundBankLoader.fromArrayBuffer(wholeBuffer(bytes)));
    } catch (cause) {
      throw new InputError('soundFont', `${bytes.length} bytes`, `a SoundFont 2 or 3 file (${String(cause)})`);
    }
  }

  /** Whether there is such a preset; drum kits are in bank 128. */
  has(bank: number, program: number): boolean {
    return this.presets.has(presetKey(bank, program));
  }

  /** What a key plays at a velocity, in the order of the file. */
  regionsOf(bank: number, program: number, key: number, velocity: number): readonly Region[] {
    const preset = this.presets.get(presetKey(bank, program));
    if (!preset) throw new RangeError(`no preset ${program} in bank ${bank}`);
    const id = `${presetKey(bank, program)}:${key}:${velocity}`;
    let regions = this.regions.get(id);
    if (!regions) {
      regions = [...this.findRegions(preset, key, velocity)];
      this.regions.set(id, regions);
    }
    return regions;
  }

  private *findRegions(preset: BasicPreset, key: number, velocity: number): Iterable<Region> {
    for (const zone of preset.zones) {
      if (!covers(zone, preset.globalZone, key, velocity)) continue;
      const { instrument } = zone;
      const offsets = new Float64Array(initialGenerators().length);
      for (const { type, value } of [...preset.globalZone.generators, ...zone.generators])
        if (type < offsets.length && !INSTRUMENT_ONLY.has(type)) offsets[type] = value;
      const added = override(modulatorsOf(zone), modulatorsOf(preset.globalZone));
      for (const inner of instrument.zones) {
        if (!covers(inner, instrument.globalZone, key, velocity)) continue;
        const generators = initialGenerators();
        for (const { type, value } of [...instrument.globalZone.generators, ...inner.generators])
          if (type < generators.length) generators[type] = value;
        for (let i = 0; i < generators.length; i++) generators[i]! += offsets[i]!;
        generators[G.ATTENUATION]! *= ATTENUATION_SCALE;
        const own = override(modulatorsOf(inner), modulatorsOf(instrument.globalZone), DEFAULT_MODULATORS);
        yield { sample: this.samples.get(inner.sample)!, generators, modulators: add(own, added) };
      }
    }
  }
}

/** The buffer of bytes that fill it; a copy of others. */
function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? buffer
    : new Uint8Array(bytes).buffer;
}

function presetKey(bank: number, program: number): string {
  return `${bank}:${program}`;
}

/** Whether a zone plays a key at a velocity; where it has no range of its own, its global zone's holds (7.3, 7.7). */
function covers(zone: BasicZone, globalZone: BasicZone, key: number, velocity: number): boolean {
  const keys = zone.hasKeyRange ? zone.keyRange : globalZone.keyRange;
  const velocities = zone.hasVelRange ? zone.velRange : globalZone.velRange;
  return key >= keys.min && key <= keys.max && velocity >= velocities.min && velocity <= velocities.max;
}

/** The modulators of a zone; those that lead to another modulator or to nowhere have no effect (8.2.1, 9.5.4). */
function modulatorsOf(zone: BasicZone): Modulator[] {
  return zone.modulators
    .filter(({ destination }) => destination >= 0 && destination < initialGenerators().length)
    .map((modulator) => ({
      source: modulatorSource(modulator.primarySource.toSourceEnum()),
      secondary: modulatorSource(modulator.secondarySource.toSourceEnum()),
      generator: modulator.destination,
      amount: modulator.transformAmount,
      absolute: modulator.transformType === 2,
    }));
}

/** Modulators of several levels, the most local first: each takes the place of the same one further out. */
function override(...levels: (readonly Modulator[])[]): Modulator[] {
  const kept: Modulator[] = [];
  for (const level of levels)
    kept.push(...level.filter((candidate) => !kept.some((other) => sameModulator(candidate, other))));
  return kept;
}

/** A preset's modulators add to the same ones of the instrument (9.5.1). */
function add(own: readonly Modulator[], added: readonly Modulator[]): Modulator[] {
  const sums = [...own];
  for (const modulator of added) {
    const index = sums.findIndex((other) => sameModulator(other, modulator));
    if (index < 0) sums.push(modulator);
    else sums[index] = { ...modulator, amount: sums[index]!.amount + modulator.amount };
  }
  return sums.filter(({ amount }) => amount !== 0);
}

function toSample(sample: BasicSample, index: number): Sample {
  const { name, sampleRate, originalKey, pitchCorrection, loopStart, loopEnd } = sample;
  return {
    index,
    name,
    sampleRate,
    rootKey: originalKey,
    correctionCents: pitchCorrection,
    loopStart,
    loopEnd,
    decode: () => decode(sample),
  };
}

function decode(sample: BasicSample): Float32Array {
  const bytes = sample.getRawData(true);
  if (sample.isCompressed) {
    try {
      const [samples] = StbVorbis.decode(bytes).channels;
      if (!samples || samples.length === 0) throw new Error('it is empty');
      return samples;
    } catch (cause) {
      throw new InputError('soundFont', `sample "${sample.name}"`, `Ogg Vorbis data (${String(cause)})`);
    }
  }
  const pcm = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(bytes.byteLength >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = pcm.getInt16(2 * i, true) / 32_768;
  return samples;
}
