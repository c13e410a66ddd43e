/** A source of sound; levels are amplitudes, 1 for a full wave. */
export interface Oscillator {
  wave: 'saw' | 'pulse' | 'triangle' | 'sine' | 'fm' | 'noise' | 'string';
  level: number;
  /** Above the note. */
  cents?: number;
  /** Of a pulse: its share of the period, 0.5 where nothing is said. */
  width?: number;
  /** Of an FM pair: the modulator's frequency by the carrier's, and the phase modulation in radians. */
  ratio?: number;
  index?: number;
  /** Copies side by side (1 where nothing is said): the outermost `detune` cents away, at `spread` of the way to the sides. */
  unison?: number;
  detune?: number;
  spread?: number;
}

/** Seconds of the attack (even in amplitude), of 60 dB of decay and of 60 dB of release; the level held, 0 to 1. */
export interface Envelope {
  attack: number;
  decay: number;
  sustain: number;
  release: number;
}

/** One voice of the synthesiser. */
export interface Patch {
  /** At most 10, with their copies. */
  oscillators: readonly Oscillator[];
  amplifier: Envelope;
  /** A second envelope: cents of pitch and cutoff, and radians of phase modulation, at its top. */
  modulation?: Envelope & { pitch?: number; cutoff?: number; index?: number };
  filter?: {
    kind: 'low' | 'band' | 'high';
    /** Cutoff at middle C. */
    hertz: number;
    /** 12 or 24 dB an octave. */
    poles: 2 | 4;
    /** Q; 0.71 is flat. */
    resonance: number;
    /** How much of the way from middle C the cutoff goes with the pitch, 0 to 1. */
    track: number;
    /** Cents that the softest note has less than the hardest. */
    velocity?: number;
  };
  /** A sine from the note's start: its rate in Hz or its period in beats, seconds to come in; depths in cents, cents, shares. */
  lfo?: {
    hertz?: number;
    beats?: number;
    fade?: number;
    pitch?: number;
    cutoff?: number;
    level?: number;
    width?: number;
  };
  /** Gain into a soft saturation. */
  drive?: number;
  /** How often the attack is struck again, and after how many seconds each time. */
  bursts?: { count: number; seconds: number };
  /** Of a string: seconds of 60 dB, how soft and where it is plucked, how much its high partials are damped; all 0 to 1. */
  string?: { seconds: number; softness: number; place: number; damping: number };
}

/** A sound that melodies play. */
export interface Preset {
  /** Sound together. */
  patches: readonly Patch[];
  /** One note at a time; seconds of 90 % of the way from a note that is still held to the next. */
  glideSeconds?: number;
}

/** A sound of a drum machine. */
export interface Drum {
  patches: readonly Patch[];
  /** Pitch of its oscillators in Hz. */
  hertz: number;
  level: number;
  /** A stroke ends all others of its group. */
  group?: number;
}

/** By percussion key. */
export type DrumMachine = ReadonlyMap<number, Drum>;
