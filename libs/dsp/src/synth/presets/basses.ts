import type { Preset } from '../patch';

const SHORT = { attack: 0.003, decay: 0.8, sustain: 0.7, release: 0.12 };

export const BASSES: Readonly<Record<string, Preset>> = {
  // The bass drum of the TR-808 with its decay drawn out: a sine that falls onto its pitch, saturated.
  '808-bass': {
    patches: [
      {
        oscillators: [{ wave: 'sine', level: 1 }],
        amplifier: { attack: 0.001, decay: 4.5, sustain: 0, release: 0.25 },
        modulation: { attack: 0.001, decay: 0.12, sustain: 0, release: 0.1, pitch: 2400 },
        drive: 1.9,
      },
    ],
    glideSeconds: 0.09,
  },
  'sub-bass': {
    patches: [
      {
        oscillators: [
          { wave: 'sine', level: 0.9 },
          { wave: 'triangle', level: 0.12, cents: 1200 },
        ],
        amplifier: { attack: 0.006, decay: 1, sustain: 0.9, release: 0.12 },
      },
    ],
    glideSeconds: 0.05,
  },
  // The TB-303: one oscillator into a resonant low-pass that each note opens.
  'acid-bass': {
    patches: [
      {
        oscillators: [{ wave: 'saw', level: 0.8 }],
        amplifier: { attack: 0.002, decay: 1.8, sustain: 0.3, release: 0.06 },
        modulation: { attack: 0.001, decay: 0.55, sustain: 0, release: 0.1, cutoff: 3900 },
        filter: { kind: 'low', hertz: 420, poles: 4, resonance: 7, track: 0.3, velocity: 2000 },
        drive: 1.3,
      },
    ],
    glideSeconds: 0.06,
  },
  // Sawtooths that beat against each other (K. Saunderson, "Just Want Another Chance", 1988, as Reese).
  'reese-bass': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.7, unison: 3, detune: 24, spread: 0.35 },
          { wave: 'sine', level: 0.5 },
        ],
        amplifier: { attack: 0.01, decay: 1, sustain: 0.9, release: 0.15 },
        filter: { kind: 'low', hertz: 900, poles: 4, resonance: 1.2, track: 0.3 },
        lfo: { hertz: 0.35, cutoff: 500 },
        drive: 1.2,
      },
    ],
    glideSeconds: 0.06,
  },
  'wobble-bass': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6, unison: 2, detune: 9 },
          { wave: 'pulse', level: 0.4, cents: -1200 },
        ],
        amplifier: { attack: 0.004, decay: 1, sustain: 0.95, release: 0.1 },
        filter: { kind: 'low', hertz: 900, poles: 4, resonance: 2.6, track: 0.2 },
        lfo: { beats: 0.5, cutoff: 2100 },
        drive: 1.8,
      },
    ],
    glideSeconds: 0.05,
  },
  'analog-saw-bass': {
    patches: [
      {
        oscillators: [
          { wave: 'saw', level: 0.6 },
          { wave: 'saw', level: 0.4, cents: 8 },
          { wave: 'pulse', level: 0.35, cents: -1200 },
        ],
        amplifier: SHORT,
        modulation: { attack: 0.001, decay: 0.5, sustain: 0.15, release: 0.1, cutoff: 2600 },
        filter: { kind: 'low', hertz: 380, poles: 4, resonance: 1.3, track: 0.4, velocity: 1200 },
      },
    ],
  },
  'fm-bass': {
    patches: [
      {
        oscillators: [
          { wave: 'fm', level: 0.8, ratio: 1, index: 0.5 },
          { wave: 'sine', level: 0.3, cents: -1200 },
        ],
        amplifier: SHORT,
        modulation: { attack: 0.001, decay: 0.4, sustain: 0.1, release: 0.1, index: 4 },
      },
    ],
  },
  // The log drum of amapiano: an FM stroke that falls onto a sine.
  'log-drum-bass': {
    patches: [
      {
        oscillators: [{ wave: 'fm', level: 0.9, ratio: 1.5, index: 0.2 }],
        amplifier: { attack: 0.001, decay: 1.4, sustain: 0, release: 0.2 },
        modulation: { attack: 0.001, decay: 0.15, sustain: 0, release: 0.1, pitch: 500, index: 2.5 },
        drive: 1.6,
      },
    ],
  },
};
