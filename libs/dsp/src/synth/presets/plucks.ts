import type { Preset } from '../patch';

export const PLUCKS: Readonly<Record<string, Preset>> = {
  'synth-pluck': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6, unison: 3, detune: 8, spread: 0.6 },
          { wave: 'pulse', level: 0.4, cents: -1200 },
        ],
        amplifier: { attack: 0.002, decay: 0.9, sustain: 0, release: 0.35 },
        modulation: { attack: 0.001, decay: 0.35, sustain: 0, release: 0.3, cutoff: 3800 },
        filter: { kind: 'low', hertz: 500, poles: 4, resonance: 1.1, track: 0.6, velocity: 1400 },
      },
    ],
  },
  'supersaw-pluck': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.8, unison: 7, detune: 16, spread: 0.9 },
          { wave: 'saw', level: 0.25, cents: 1200 },
        ],
        amplifier: { attack: 0.002, decay: 0.7, sustain: 0, release: 0.4 },
        modulation: { attack: 0.001, decay: 0.4, sustain: 0, release: 0.3, cutoff: 2600 },
        filter: { kind: 'low', hertz: 1500, poles: 2, resonance: 0.9, track: 0.5, velocity: 1200 },
      },
    ],
  },
  'plucked-string-synth': {
    patches: [
      {
        oscillators: [{ wave: 'string', level: 1 }],
        amplifier: { attack: 0.001, decay: 6, sustain: 1, release: 0.3 },
        string: { seconds: 5, softness: 0.4, place: 0.18, damping: 0.2 },
      },
    ],
  },
  'fm-bell-synth': {
    patches: [
      {
        oscillators: [
          { wave: 'fm', level: 0.6, ratio: 3.5, index: 0.2 },
          { wave: 'fm', level: 0.25, cents: 1902, ratio: 1.41, index: 0.2 },
        ],
        amplifier: { attack: 0.001, decay: 3.2, sustain: 0, release: 1.4 },
        modulation: { attack: 0.001, decay: 2, sustain: 0, release: 1, index: 1.8 },
      },
    ],
  },
  'fm-keys': {
    patches: [
      {
        oscillators: [
          { wave: 'fm', level: 0.6, ratio: 1, index: 0.3 },
          { wave: 'fm', level: 0.15, ratio: 14, index: 0 },
        ],
        amplifier: { attack: 0.001, decay: 4, sustain: 0.15, release: 0.35 },
        modulation: { attack: 0.001, decay: 0.9, sustain: 0, release: 0.3, index: 1.1 },
      },
    ],
  },
  'rave-stab': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.5, unison: 3, detune: 13, spread: 0.7 },
          { wave: 'pulse', level: 0.4, width: 0.3, cents: 702 },
          { wave: 'saw', level: 0.3, cents: -1200 },
        ],
        amplifier: { attack: 0.002, decay: 1.2, sustain: 0.4, release: 0.2 },
        modulation: { attack: 0.001, decay: 0.6, sustain: 0.1, release: 0.2, cutoff: 2200 },
        filter: { kind: 'low', hertz: 1300, poles: 2, resonance: 1.6, track: 0.3, velocity: 900 },
      },
    ],
  },
  'noise-riser': {
    patches: [
      {
        oscillators: [{ wave: 'noise', level: 0.8 }],
        amplifier: { attack: 2.5, decay: 1, sustain: 1, release: 0.5 },
        modulation: { attack: 3, decay: 1, sustain: 1, release: 0.5, cutoff: 3600 },
        filter: { kind: 'band', hertz: 700, poles: 2, resonance: 1.8, track: 0.2 },
      },
    ],
  },
};
