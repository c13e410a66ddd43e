import type { Preset } from '../patch';

const HELD = { attack: 0.005, decay: 0.4, sustain: 0.8, release: 0.25 };
const VIBRATO = { hertz: 5.4, fade: 0.5, pitch: 9 };

export const LEADS: Readonly<Record<string, Preset>> = {
  // Seven sawtooths, as the Roland JP-8000 has them (A. Szabo, How to Emulate the Super Saw, 2010).
  'supersaw-lead': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.8, unison: 7, detune: 19, spread: 0.85 },
          { wave: 'saw', level: 0.2, cents: 1200 },
        ],
        amplifier: { attack: 0.004, decay: 0.6, sustain: 0.85, release: 0.35 },
        filter: { kind: 'low', hertz: 7500, poles: 2, resonance: 0.71, track: 0.4, velocity: 1200 },
      },
    ],
  },
  'mono-saw-lead': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6 },
          { wave: 'saw', level: 0.5, cents: 7 },
          { wave: 'pulse', level: 0.3, cents: -1200 },
        ],
        amplifier: HELD,
        modulation: { attack: 0.002, decay: 0.5, sustain: 0.3, release: 0.3, cutoff: 2400 },
        filter: { kind: 'low', hertz: 1400, poles: 4, resonance: 1.8, track: 0.7, velocity: 900 },
        lfo: VIBRATO,
      },
    ],
    glideSeconds: 0.06,
  },
  'pulse-lead': {
    patches: [
      {
        oscillators: [
          { wave: 'pulse', level: 0.7, width: 0.4 },
          { wave: 'pulse', level: 0.3, width: 0.3, cents: 1194 },
        ],
        amplifier: HELD,
        filter: { kind: 'low', hertz: 4200, poles: 2, resonance: 1, track: 0.5, velocity: 1200 },
        lfo: { hertz: 0.7, width: 0.16 },
      },
    ],
  },
  // Detuned pulses in octaves, which fall into place: the alpha Juno's "What the...?".
  'hoover-lead': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.5, unison: 3, detune: 22, spread: 0.7 },
          { wave: 'pulse', level: 0.5, cents: -1200, width: 0.35, unison: 3, detune: 16, spread: 0.5 },
          { wave: 'pulse', level: 0.2, cents: 1200, width: 0.25 },
        ],
        amplifier: { attack: 0.02, decay: 0.5, sustain: 0.85, release: 0.25 },
        modulation: { attack: 0.001, decay: 0.22, sustain: 0, release: 0.2, pitch: -700 },
        filter: { kind: 'low', hertz: 5200, poles: 2, resonance: 0.9, track: 0.2 },
        lfo: { hertz: 3.1, width: 0.14, pitch: 12 },
      },
    ],
    glideSeconds: 0.12,
  },
  'fm-lead': {
    patches: [
      {
        oscillators: [
          { wave: 'fm', level: 0.7, ratio: 1, index: 0.8 },
          { wave: 'fm', level: 0.3, ratio: 3, index: 0.3, cents: 4 },
        ],
        amplifier: HELD,
        modulation: { attack: 0.003, decay: 0.7, sustain: 0.35, release: 0.3, index: 2 },
        lfo: VIBRATO,
      },
    ],
  },
};
