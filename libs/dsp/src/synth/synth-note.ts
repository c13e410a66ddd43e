import { exp2, log2 } from '../kernel/mathematics';
import * as F from '../kernel/synth-layout';
import type { Envelope, Oscillator, Patch } from './patch';

const WAVES = {
  saw: F.SAW,
  pulse: F.PULSE,
  triangle: F.TRIANGLE,
  sine: F.SINE_WAVE,
  fm: F.PHASE_MODULATION,
  noise: F.WHITE_NOISE,
  string: F.STRING,
} as const;
/** log2 of what 60 dB of decay leave, and of the tenth of the way that a glide still has to go. */
const OCTAVES_OF_60_DB = 9.965_784_284_662_087;
const OCTAVES_OF_TENTH = 3.321_928_094_887_362_3;
const MIDDLE_C_CENTS = 6000;
const MIDDLE_C_HERTZ = 261.625_565_300_598_6;
/** Vibrato of the modulation wheel where the preset has no LFO, in Hz. */
const WHEEL_HERTZ = 5.5;

/** Absolute cents of a frequency (6900 is 440 Hz). */
export function centsOf(hertz: number): number {
  return MIDDLE_C_CENTS + 1200 * log2(hertz / MIDDLE_C_HERTZ);
}

/** What decides how a note begins. */
export interface NoteStart {
  /** The key, where the pitch follows it. */
  key: number;
  /** Absolute cents at its start: where a glide begins, else its own. */
  fromCents: number;
  cents: number;
  velocity: number;
  /** The frame of the track on which it begins. */
  frame: number;
  /** Beats a second then. */
  beatsPerSecond: number;
  glideSeconds: number;
  /** Ends others of its group; 0 for none. */
  group: number;
  level: number;
}

/** One voice of a note. Its state is in `fields` (and `line`), which the kernel works on. */
export class SynthNote {
  readonly fields = new Float64Array(F.SYNTH_VOICE_FIELDS);
  readonly line: Float32Array | undefined;
  /** The frame of the track at which its next step begins. */
  next: number;
  key: number;
  isHeld = true;
  readonly group: number;
  /** Amplitude by patch and velocity. */
  readonly level: number;
  private readonly lfoCents: number;

  constructor(
    readonly patch: Patch,
    readonly start: NoteStart,
    readonly seed: number,
    private readonly sampleRate: number,
  ) {
    const { fields } = this;
    this.next = start.frame;
    this.key = start.key;
    this.group = start.group;
    // Velocity moves the level as a SoundFont's default modulator does: 40 log10 of its share.
    this.level = start.level * (start.velocity / 127) ** 2;
    fields[F.PITCH] = start.cents;
    fields[F.CURRENT_PITCH] = start.fromCents;
    fields[F.GLIDE] =
      start.glideSeconds > 0 ? 1 - exp2((-OCTAVES_OF_TENTH * this.stepSeconds) / start.glideSeconds) : 1;
    this.writeEnvelope(F.AMPLIFIER, patch.amplifier);
    this.writeModulation();
    this.lfoCents = patch.lfo?.pitch ?? 0;
    this.writeLfo();
    this.writeFilter();
    fields[F.DRIVE] = patch.drive ?? 0;
    if (patch.bursts) {
      fields[F.BURSTS] = patch.bursts.count;
      fields[F.BURST_STEPS] = Math.max(1, Math.round(patch.bursts.seconds / this.stepSeconds));
    }
    this.writeOscillators();
    this.line = patch.string ? new Float32Array(F.LINE_FRAMES) : undefined;
  }

  private get stepSeconds(): number {
    return F.SYNTH_STEP / this.sampleRate;
  }

  get isReleased(): boolean {
    return this.fields[F.RELEASED]! > 0;
  }

  release(): void {
    this.fields[F.RELEASED] = Math.max(1, this.fields[F.RELEASED]!);
  }

  /** Ends it within 25 ms. */
  cut(): void {
    this.fields[F.RELEASED] = 2;
  }

  /** Moves it to another pitch, by a glide where the preset has one. */
  move(cents: number): void {
    this.fields[F.PITCH] = cents;
  }

  /** Gains of both channels, and cents of vibrato by the modulation wheel. */
  follow(left: number, right: number, wheelCents: number): void {
    this.fields[F.GAIN_LEFT] = this.level * left;
    this.fields[F.GAIN_RIGHT] = this.level * right;
    this.fields[F.LFO_TO_PITCH] = this.lfoCents + wheelCents;
  }

  private writeEnvelope(at: number, { attack, decay, sustain, release }: Envelope): void {
    const kept = (seconds: number) =>
      exp2((-OCTAVES_OF_60_DB * this.stepSeconds) / Math.max(seconds, this.stepSeconds));
    this.fields[at + F.ATTACK] = Math.min(1, this.stepSeconds / Math.max(attack, this.stepSeconds));
    this.fields[at + F.DECAY] = kept(decay);
    this.fields[at + F.SUSTAIN] = sustain;
    this.fields[at + F.RELEASE] = kept(release);
  }

  private writeModulation(): void {
    const { modulation } = this.patch;
    if (!modulation) return;
    this.writeEnvelope(F.MODULATION, modulation);
    this.fields[F.MODULATION_TO_PITCH] = modulation.pitch ?? 0;
    this.fields[F.MODULATION_TO_CUTOFF] = modulation.cutoff ?? 0;
    this.fields[F.MODULATION_TO_INDEX] = (modulation.index ?? 0) * (this.start.velocity / 127);
  }

  private writeLfo(): void {
    const { lfo = {} } = this.patch;
    const { fields } = this;
    const hertz = lfo.beats === undefined ? (lfo.hertz ?? WHEEL_HERTZ) : this.start.beatsPerSecond / lfo.beats;
    fields[F.LFO_RATE] = Math.min(0.5, hertz * this.stepSeconds);
    fields[F.LFO_FADE] = (lfo.fade ?? 0) / this.stepSeconds;
    fields[F.LFO_TO_CUTOFF] = lfo.cutoff ?? 0;
    fields[F.LFO_TO_LEVEL] = lfo.level ?? 0;
    fields[F.LFO_TO_WIDTH] = lfo.width ?? 0;
  }

  private writeFilter(): void {
    const { filter } = this.patch;
    if (!filter) return;
    const { fields } = this;
    fields[F.STAGES] = filter.poles / 2;
    fields[F.CUTOFF] = centsOf(filter.hertz) - (filter.velocity ?? 0) * (1 - this.start.velocity / 127);
    fields[F.KEY_TRACK] = filter.track;
    fields[F.DAMPING] = 1 / filter.resonance;
    fields[F.LOW] = filter.kind === 'low' ? 1 : 0;
    fields[F.BAND] = filter.kind === 'band' ? 1 : 0;
    fields[F.HIGH] = filter.kind === 'high' ? 1 : 0;
  }

  private writeOscillators(): void {
    let count = 0;
    for (const oscillator of this.patch.oscillators) {
      const copies = oscillator.unison ?? 1;
      for (let copy = 0; copy < copies; copy++) {
        if (count === F.MOST_OSCILLATORS) throw new RangeError(`a patch has at most ${F.MOST_OSCILLATORS} oscillators`);
        this.writeOscillator(count++, oscillator, copy, copies);
      }
    }
    this.fields[F.OSCILLATORS] = count;
    const words = new Uint32Array(this.fields.buffer, F.NOISE * 8, 4);
    for (let lane = 0; lane < 4; lane++) words[lane] = scrambled(this.seed, 100 + lane) | 1;
  }

  private writeOscillator(index: number, oscillator: Oscillator, copy: number, copies: number): void {
    const { fields, patch } = this;
    const at = F.FIRST_OSCILLATOR + index * F.OSCILLATOR_FIELDS;
    const place = copies > 1 ? (2 * copy) / (copies - 1) - 1 : 0;
    // What is out of tune to one side lies by turns left and right.
    const side = (copy % 2 === 0) === place < 0 ? -1 : 1;
    const pan = (oscillator.spread ?? 0) * Math.abs(place) * side;
    const level = oscillator.level / Math.sqrt(copies);
    fields[at + F.WAVE] = WAVES[oscillator.wave];
    fields[at + F.DETUNE] = (oscillator.cents ?? 0) + place * (oscillator.detune ?? 0);
    fields[at + F.LEFT] = level * Math.sqrt(1 - pan);
    fields[at + F.RIGHT] = level * Math.sqrt(1 + pan);
    if (pan !== 0) fields[F.STEREO] = 1;
    fields[at + F.WIDTH] = patch.string ? patch.string.damping : (oscillator.width ?? 0.5);
    fields[at + F.RATIO] = oscillator.ratio ?? 1;
    fields[at + F.INDEX] = patch.string ? this.keptOfPeriod(patch.string.seconds) : (oscillator.index ?? 0);
    // Copies run free of each other, as those of an analogue synthesiser do.
    fields[at + F.PHASE] = copies > 1 ? scrambled(this.seed, index) : 0;
    fields[at + F.INCREMENT] = -1;
  }

  /** What a string keeps from period to period, to lose 60 dB in so many seconds. */
  private keptOfPeriod(seconds: number): number {
    return exp2((-OCTAVES_OF_60_DB * this.periodFrames) / (seconds * this.sampleRate));
  }

  /** Frames of a period at its start. */
  get periodFrames(): number {
    return this.sampleRate / (MIDDLE_C_HERTZ * exp2((this.start.fromCents - MIDDLE_C_CENTS) / 1200));
  }
}

/** A pseudo-random word of 32 bits (the finaliser of MurmurHash3, A. Appleby). */
export function scrambled(seed: number, salt: number): number {
  let word = (seed ^ Math.imul(salt + 1, 0x9e37_79b1)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2_ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
