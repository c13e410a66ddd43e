// The memory of the synthesiser's kernel, and a voice in it. This file is compiled twice, by tsc and by asc: plain constants only.

/** How often envelopes and oscillators of control are looked at, in frames, counted from a voice's start. */
export const SYNTH_STEP = 64;
/** Frames that are rendered at a time; a voice's last step may reach as far as a step beyond. */
export const SYNTH_CHUNK = 2048;
export const SYNTH_OUTPUT = 2112;

/** Addresses in bytes: the voice at work, its step before gains (two channels of f32), the line of a string (f32), the sum of all voices. */
export const SYNTH_VOICE = 0;
export const STEP_LEFT = 2048;
export const STEP_RIGHT = 2304;
export const LINE = 4096;
export const LINE_FRAMES = 2048;
export const SYNTH_LEFT = 16384;
export const SYNTH_RIGHT = 25088;
/** One turn of a sine (f64), from which the tables are made. */
export const SINE = 40960;
/** Band-limited sawtooths, then triangles: WAVE_TABLES of each, WAVE_FRAMES frames with WAVE_GUARD before and behind (f32). */
export const WAVES = 73728;
export const WAVE_FRAMES = 4096;
export const WAVE_GUARD = 4;
export const WAVE_TABLES = 28;
export const MOST_HARMONICS = 512;

// Fields of a voice, f64 each. Rates and shares are per step.

/** Gains of the channels. */
export const GAIN_LEFT = 0;
export const GAIN_RIGHT = 1;
/** Pitch in absolute cents (6900 is A at 440 Hz), and the share of the way to it that is gone in a step. */
export const PITCH = 2;
export const GLIDE = 3;
/** Envelopes: what the attack adds, what the decay keeps, the level it ends at, what the release keeps. */
export const AMPLIFIER = 4;
export const MODULATION = 8;
/** What an envelope is made of. */
export const ATTACK = 0;
export const DECAY = 1;
export const SUSTAIN = 2;
export const RELEASE = 3;
/** Cents, and radians of phase modulation, at the modulation envelope's top. */
export const MODULATION_TO_PITCH = 12;
export const MODULATION_TO_CUTOFF = 13;
export const MODULATION_TO_INDEX = 14;
/** A sine: turns per step, steps in which it comes in; cents, cents, share of the level, share of a pulse's period. */
export const LFO_RATE = 15;
export const LFO_FADE = 16;
export const LFO_TO_PITCH = 17;
export const LFO_TO_CUTOFF = 18;
export const LFO_TO_LEVEL = 19;
export const LFO_TO_WIDTH = 20;
/** Filter: stages of second order (0 to 2), cutoff in absolute cents at key 60, how much of the way from key 60 it follows, 1/Q, and the shares of its outputs. */
export const STAGES = 21;
export const CUTOFF = 22;
export const KEY_TRACK = 23;
export const DAMPING = 24;
export const LOW = 25;
export const BAND = 26;
export const HIGH = 27;
/** Gain into the saturation; 0 for none. */
export const DRIVE = 28;
/** How often the amplifier's envelope begins anew, and after how many steps each time. */
export const BURSTS = 29;
export const BURST_STEPS = 30;
export const OSCILLATORS = 31;
/** 1 where the channels differ before their gains. */
export const STEREO = 32;
/** 0 held, 1 released, 2 cut off. */
export const RELEASED = 33;

/** From here on only the kernel writes. */
export const CURRENT_PITCH = 34;
export const AMPLIFIER_STATE = 35;
export const MODULATION_STATE = 37;
/** Level and stage. */
export const LEVEL = 0;
export const STAGE = 1;
export const STEPS = 39;
export const LFO_TURN = 40;
export const LEVEL_LEFT = 41;
export const LEVEL_RIGHT = 42;
/** The filter's coefficient at the end of the last step. */
export const WARPED = 43;
/** What the LFO did to widths at the end of the last step. */
export const WIDTH_MOVED = 44;
/** State of the noise: four words of 32 bits, none of them 0. */
export const NOISE = 46;
/** Two states of each stage, both channels. */
export const FILTER_STATE = 48;

/** Oscillators follow, each of OSCILLATOR_FIELDS. */
export const FIRST_OSCILLATOR = 56;
export const OSCILLATOR_FIELDS = 12;
export const MOST_OSCILLATORS = 10;
export const SYNTH_VOICE_FIELDS = 176;

export const WAVE = 0;
/** Cents above the voice's pitch. */
export const DETUNE = 1;
export const LEFT = 2;
export const RIGHT = 3;
/** A pulse's width as a share of its period; the share of a string's frame that is averaged with its neighbours, a damping of high partials. */
export const WIDTH = 4;
/** Modulator's frequency by the carrier's. */
export const RATIO = 5;
/** Radians of phase modulation; what a string keeps from period to period. */
export const INDEX = 6;
/** Places in 2^-32 turns; a string's next frame in its line, and its last two frames. */
export const PHASE = 7;
export const MODULATOR_PHASE = 8;
/** Turns in 2^-32 per frame, or the string's length in frames, at the end of the last step; negative before the first. */
export const INCREMENT = 9;
export const INDEX_NOW = 10;

/** Kinds of WAVE. */
export const SAW = 0;
export const PULSE = 1;
export const TRIANGLE = 2;
export const SINE_WAVE = 3;
export const PHASE_MODULATION = 4;
export const WHITE_NOISE = 5;
export const STRING = 6;
