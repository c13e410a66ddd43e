// What a voice is in the kernel's memory: the place of each field, counted in 8 bytes. All are f64 but where said otherwise.
// This file is compiled twice, by tsc and by asc: plain constants only.

/** The address of the interpolation table in the memory, in bytes: behind the directory of sounds. */
export const TABLE_ADDRESS = 524_288;

/** Frames between two looks at envelopes and oscillators: 1.45 ms at 44.1 kHz. */
export const STEP_FRAMES = 64;
/** Attenuation in centibels at which an envelope is silent: 96 dB, the range of the EMU8000 and of all its followers. */
export const SILENT_CENTIBELS = 960;

/** Cutoff frequencies in absolute cents: the lowest that a filter has, and the highest, at which it is open (8.1.2, generator 8). */
export const LOWEST_CUTOFF_CENTS = 1500;
export const HIGHEST_CUTOFF_CENTS = 13500;

// Sample: address of frame 0 in bytes; the frame at which it wraps or ends; how far it wraps, 0 for none.
export const SAMPLE = 0;
export const LIMIT = 1;
export const WRAP = 2;
/** The sample that plays on after the release of loop mode 3, 0 for none, and where that ends. */
export const TAIL_SAMPLE = 3;
export const TAIL_LIMIT = 4;

/** Sample frames per output frame at 0 cents of PITCH. */
export const RATE = 5;
export const PITCH_CENTS = 6;
export const ATTENUATION_CENTIBELS = 7;
/** Linear gains of the two channels at no attenuation. */
export const GAIN_LEFT = 8;
export const GAIN_RIGHT = 9;

/** 1 where the voice has a filter; without one, 0. */
export const FILTERED = 10;
export const CUTOFF_CENTS = 11;
/** Reciprocal of the filter's quality factor, and its gain at 0 Hz. */
export const DAMPING = 12;
export const FILTER_GAIN = 13;

// Volume envelope: ends of its stages in frames from the start, its slopes in centibels per frame.
export const VOLUME_DELAY_END = 14;
export const VOLUME_ATTACK_END = 15;
export const VOLUME_HOLD_END = 16;
export const VOLUME_DECAY = 17;
export const VOLUME_SUSTAIN = 18;
export const VOLUME_RELEASE = 19;
/** Attenuation of the envelope at which the voice is over. */
export const VOLUME_END = 20;

// Modulation envelope, 0 to 1, slopes per frame.
export const MODULATION_DELAY_END = 21;
export const MODULATION_ATTACK_END = 22;
export const MODULATION_HOLD_END = 23;
export const MODULATION_DECAY = 24;
export const MODULATION_SUSTAIN = 25;
export const MODULATION_RELEASE = 26;

// Triangle oscillators: delay in frames, turns per frame.
export const MODULATION_LFO_DELAY = 27;
export const MODULATION_LFO_RATE = 28;
export const VIBRATO_LFO_DELAY = 29;
export const VIBRATO_LFO_RATE = 30;

export const MODULATION_LFO_TO_PITCH = 31;
export const VIBRATO_LFO_TO_PITCH = 32;
export const MODULATION_ENVELOPE_TO_PITCH = 33;
export const MODULATION_LFO_TO_CUTOFF = 34;
export const MODULATION_ENVELOPE_TO_CUTOFF = 35;
/** Centibels. */
export const MODULATION_LFO_TO_VOLUME = 36;

/** The frame of the track from which on the voice is released; `Infinity` while it is held. */
export const RELEASE_FRAME = 37;

/** From here on the kernel alone writes; all is 0 at the start of a voice, but for POSITION. */
export const STATE = 38;
/** Place in the sample in 2^-32 frames (u64). */
export const POSITION = 38;
/** Sample frames per output frame in 2^-32 (u64), and the cents they belong to. */
export const INCREMENT = 39;
export const INCREMENT_CENTS = 40;
/** Frames since the start. */
export const TIME = 41;
/** The frame of release, 0 while held, and what the envelopes were then. */
export const RELEASED_AT = 42;
export const RELEASED_CENTIBELS = 43;
export const RELEASED_MODULATION = 44;
export const MODULATION_LFO_TURN = 45;
export const VIBRATO_LFO_TURN = 46;
/** Gain of the envelope at the end of the last step, for each channel. */
export const LEVEL_LEFT = 47;
export const LEVEL_RIGHT = 48;
/** The attenuation that AMPLITUDE belongs to. */
export const AMPLITUDE_CENTIBELS = 49;
export const AMPLITUDE = 50;
/** The cutoff and damping that the coefficients belong to; 0 where none were computed. */
export const FILTER_CUTOFF_CENTS = 51;
export const FILTER_DAMPING = 52;
/** Nine coefficient vectors of 16 bytes (f32x4), then the state vector of the filter. */
export const FILTER_COEFFICIENTS = 54;
export const FILTER_STATE = 72;
export const VOICE_FIELDS = 74;
