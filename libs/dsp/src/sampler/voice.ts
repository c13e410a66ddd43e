import { KernelFunctions } from '../kernel/kernel';
import * as Field from '../kernel/voice-layout';
import { Generator as G, GENERATOR_COUNT, limitGenerators } from '../sound-font/generators';
import { dependsOn, modulation, Source, SourceValues } from '../sound-font/modulator';
import { Region } from '../sound-font/sound-font';
import { Channel } from './channel';
import { PlacedSound, SampleBank } from './sample-bank';
import { VoiceParameters, VoiceSetting } from './voice-parameters';

/** No note is shorter than this, in seconds: it could not be heard. */
const SHORTEST_NOTE_SECONDS = 0.01;
const COARSE_OFFSET = 32_768;

/** What all voices of an engine use. */
export interface VoiceTools {
  kernel: KernelFunctions;
  bank: SampleBank;
  parameters: VoiceParameters;
  sampleRate: number;
}

/** A sample that a key has started. Its state is in `fields`, which the kernel works on. */
export class Voice {
  readonly fields = new Float64Array(Field.VOICE_FIELDS);
  readonly exclusiveClass: number;
  /** The frame of the sample to begin at. */
  readonly position: number;
  /** True until the kernel has begun it. */
  isNew = true;
  /** Held by the pedals, with its key up already. */
  pedalled = false;
  /** Held by the sostenuto pedal, which was pressed while its key was down. */
  sostenuto = false;
  private isCut = false;
  private readonly setting: VoiceSetting;
  private readonly velocity: number;
  private readonly lastingCentibels: number;
  private readonly values = new Float64Array(GENERATOR_COUNT);

  /**
   * @param note names the note that began it, and the voices that began with it
   * @param startFrame where on the track it begins
   */
  constructor(
    private readonly tools: VoiceTools,
    private readonly region: Region,
    private readonly channel: Channel,
    readonly note: number,
    key: number,
    velocity: number,
    readonly startFrame: number,
  ) {
    const { sample, generators } = region;
    const forced = (generator: number, value: number): number =>
      generators[generator]! >= 0 ? Math.min(127, generators[generator]!) : value;
    this.velocity = forced(G.VELOCITY, velocity);
    this.setting = {
      key: forced(G.KEY, key),
      rootKey: forced(G.ROOT_KEY, sample.rootKey),
      correctionCents: sample.correctionCents,
      sampleRate: sample.sampleRate,
    };
    this.exclusiveClass = generators[G.EXCLUSIVE_CLASS]!;
    this.lastingCentibels = this.attenuationByNote();
    this.update();
    this.fields[Field.RELEASE_FRAME] = Infinity;
    this.position = this.placeSound();
  }

  get isReleased(): boolean {
    return this.fields[Field.RELEASE_FRAME]! < Infinity;
  }

  /** Whether the voice follows a controller (or, with false, another source). */
  follows(isController: boolean, index: number): boolean {
    return this.region.modulators.some((modulator) => dependsOn(modulator, isController, index));
  }

  /** Brings all parameters up to date with the channel. */
  update(): void {
    const { values, region, tools, sources } = this;
    values.set(region.generators);
    for (const modulator of region.modulators)
      values[modulator.generator]! += modulation(modulator, sources, tools.kernel);
    limitGenerators(values);
    tools.parameters.write(this.fields, this.setting, values, this.channel.tuningCents, this.lastingCentibels);
    if (this.isCut) tools.parameters.writeCut(this.fields);
  }

  /** Lets the voice go from a frame on. */
  release(frame: number): void {
    const shortest = Math.ceil(SHORTEST_NOTE_SECONDS * this.tools.sampleRate);
    this.fields[Field.RELEASE_FRAME] = Math.min(
      this.fields[Field.RELEASE_FRAME]!,
      Math.max(frame, this.startFrame + shortest),
    );
  }

  /** Lets the voice go quickly, for another of its exclusive class begins. */
  cut(frame: number): void {
    this.release(frame);
    this.isCut = true;
    this.tools.parameters.writeCut(this.fields);
  }

  private readonly sources: SourceValues = {
    controller: (index) => this.channel.controller(index),
    general: (index) => {
      if (index === Source.VELOCITY) return this.velocity;
      if (index === Source.KEY) return this.setting.key;
      return this.channel.general(index);
    },
  };

  /** The attenuation that comes from the zone, the key and the velocity alone. */
  private attenuationByNote(): number {
    const { region, tools, sources } = this;
    let centibels = Math.max(0, region.generators[G.ATTENUATION]!);
    for (const modulator of region.modulators) {
      const { source, secondary, generator } = modulator;
      const byNote =
        !source.isController &&
        (source.index === Source.VELOCITY || source.index === Source.KEY) &&
        secondary.index === 0;
      if (generator === G.ATTENUATION && byNote) centibels += modulation(modulator, sources, tools.kernel);
    }
    return Math.max(0, centibels);
  }

  /** Writes where the sound lies; the frame to begin at. */
  private placeSound(): number {
    const { values, fields, region, tools } = this;
    const { sample } = region;
    const offset = (fine: number, coarse: number): number =>
      Math.round(values[fine]! + values[coarse]! * COARSE_OFFSET);
    const mode = values[G.SAMPLE_MODES]!;
    const looped =
      mode === 1 || mode === 3
        ? tools.bank.looped(
            sample,
            sample.loopStart + offset(G.LOOP_START_OFFSET, G.LOOP_START_COARSE_OFFSET),
            sample.loopEnd + offset(G.LOOP_END_OFFSET, G.LOOP_END_COARSE_OFFSET),
          )
        : undefined;
    const ends = (): PlacedSound => tools.bank.oneShot(sample, offset(G.END_OFFSET, G.END_COARSE_OFFSET));
    const sound = looped ?? ends();
    fields[Field.SAMPLE] = sound.address;
    fields[Field.LIMIT] = sound.limit;
    fields[Field.WRAP] = sound.wrap;
    if (looped && mode === 3) {
      const tail = ends();
      fields[Field.TAIL_SAMPLE] = tail.address;
      fields[Field.TAIL_LIMIT] = tail.limit;
    }
    return Math.max(0, Math.min(sound.limit - 1, offset(G.START_OFFSET, G.START_COARSE_OFFSET)));
  }
}
