import type { Preset } from '../patch';

const SLOW = { attack: 0.35, decay: 2, sustain: 0.85, release: 1.6 };

export const PADS: Readonly<Record<string, Preset>> = {
  'analog-warm-pad': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6, unison: 5, detune: 11, spread: 0.9 },
          { wave: 'triangle', level: 0.4, cents: -1200 },
        ],
        amplifier: SLOW,
        modulation: { attack: 1.2, decay: 4, sustain: 0.6, release: 1.5, cutoff: 900 },
        filter: { kind: 'low', hertz: 750, poles: 4, resonance: 0.8, track: 0.5, velocity: 700 },
      },
    ],
  },
  'supersaw-pad': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.8, unison: 7, detune: 16, spread: 1 },
          { wave: 'saw', level: 0.2, cents: 1205 },
        ],
        amplifier: { attack: 0.12, decay: 2, sustain: 0.9, release: 1.2 },
        filter: { kind: 'low', hertz: 3600, poles: 2, resonance: 0.71, track: 0.4, velocity: 1000 },
      },
    ],
  },
  'string-machine': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.5, unison: 3, detune: 7, spread: 0.9 },
          { wave: 'saw', level: 0.35, cents: 1200, unison: 3, detune: 8, spread: 0.9 },
        ],
        amplifier: { attack: 0.16, decay: 1, sustain: 0.9, release: 0.9 },
        filter: { kind: 'band', hertz: 1900, poles: 2, resonance: 0.5, track: 0.4 },
        lfo: { hertz: 5.9, fade: 0.4, pitch: 5 },
      },
    ],
  },
  'glass-fm-pad': {
    patches: [
      {
        oscillators: [
          { wave: 'fm', level: 0.5, ratio: 2, index: 0.5, unison: 2, detune: 5, spread: 0.8 },
          { wave: 'fm', level: 0.3, cents: 1203, ratio: 3, index: 0.4, unison: 2, detune: 4, spread: 0.8 },
        ],
        amplifier: { attack: 0.45, decay: 3, sustain: 0.8, release: 2.2 },
        modulation: { attack: 1.6, decay: 4, sustain: 0.4, release: 2, index: 0.9 },
      },
    ],
  },
  'filter-sweep-pad': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6, unison: 4, detune: 12, spread: 0.9 },
          { wave: 'pulse', level: 0.4, width: 0.4, cents: -1200 },
        ],
        amplifier: { attack: 0.2, decay: 2, sustain: 0.9, release: 1.4 },
        modulation: { attack: 3, decay: 5, sustain: 0.2, release: 1.5, cutoff: 3600 },
        filter: { kind: 'low', hertz: 420, poles: 4, resonance: 2.2, track: 0.4 },
      },
    ],
  },
  'dark-drone-pad': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6, cents: -1200, unison: 3, detune: 14, spread: 0.8 },
          { wave: 'sine', level: 0.4, cents: -1200 },
          { wave: 'noise', level: 0.05 },
        ],
        amplifier: { attack: 0.7, decay: 3, sustain: 0.9, release: 2.4 },
        filter: { kind: 'low', hertz: 480, poles: 2, resonance: 1.1, track: 0.3 },
        lfo: { hertz: 0.21, cutoff: 700 },
      },
    ],
  },
};
