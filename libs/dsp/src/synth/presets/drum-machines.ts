import { DRUM_KEYS, DrumKeyName } from '@beatbot/music/score';
import { exp2, log2 } from '../../kernel/mathematics';
import type { Drum, DrumMachine, Oscillator, Patch } from '../patch';

/** A stroke that dies away in so many seconds (60 dB). */
const stroke = (decay: number, attack = 0.001) => ({ attack, decay, sustain: 0, release: decay });
/** Cents between two frequencies in Hz, for oscillators that are in no tune. */
const above = (hertz: number, base: number): number => 1200 * log2(hertz / base);
const noise = (level: number): Oscillator => ({ wave: 'noise', level });

/** A skin: a sine that falls by `fall` cents in `bend` seconds onto its pitch. */
const skin = (decay: number, fall: number, bend: number, level = 1, drive?: number): Patch => ({
  oscillators: [{ wave: 'sine', level }],
  amplifier: stroke(decay),
  modulation: { ...stroke(bend), pitch: fall },
  ...(drive !== undefined && { drive }),
});
/** Filtered noise. */
const hiss = (kind: 'band' | 'high', hertz: number, decay: number, level: number, resonance = 0.8): Patch => ({
  oscillators: [noise(level)],
  amplifier: stroke(decay),
  filter: { kind, hertz, poles: 2, resonance, track: 0 },
});

/** The six square waves of the TR-808's hi-hats and cymbal, in Hz, approximately. */
const METAL_HERTZ = [205.3, 304.4, 369.6, 522.7, 540, 800];
const METAL_BASE = 205.3;
const metal = (decay: number, cutoff: number, level: number, scale = 1): Patch => ({
  oscillators: METAL_HERTZ.map((hertz) => ({
    wave: 'pulse',
    level: level / 3,
    cents: above(hertz * scale, METAL_BASE),
  })),
  amplifier: stroke(decay),
  filter: { kind: 'high', hertz: cutoff, poles: 4, resonance: 0.9, track: 0 },
});
const CLAP_BURSTS = { count: 3, seconds: 0.0105 };
const clap = (tail: number): Patch[] => [
  { ...hiss('band', 1100, 0.05, 1.4, 1.4), bursts: CLAP_BURSTS },
  { ...hiss('band', 1050, tail, 0.5, 1.2) },
];

const drum = (hertz: number, level: number, patches: Patch[], group?: number): Drum => ({
  hertz,
  level,
  patches,
  ...(group !== undefined && { group }),
});
const HATS = 1;

/** Drums by name, and what each percussion key without one of its own is played by: a drum, and how many semitones higher. */
type Sounds = Readonly<Record<string, Drum>>;
const KEYS: Readonly<Record<DrumKeyName, readonly [name: string, semitones: number]>> = {
  'high-q': ['clave', 5], slap: ['clap', 0], 'scratch-push': ['maracas', 0], 'scratch-pull': ['maracas', 0],
  sticks: ['rim', 2], 'square-click': ['clave', -3], 'metronome-click': ['clave', 0], 'metronome-bell': ['cowbell', 7],
  'acoustic-kick': ['kick', -1], kick: ['kick', 0], 'side-stick': ['rim', 0], snare: ['snare', 0], clap: ['clap', 0],
  'electric-snare': ['snare', 3], 'low-floor-tom': ['tom', -8], 'closed-hi-hat': ['closed-hat', 0],
  'high-floor-tom': ['tom', -5], 'pedal-hi-hat': ['pedal-hat', 0], 'low-tom': ['tom', -3], 'open-hi-hat': ['open-hat', 0],
  'low-mid-tom': ['tom', 0], 'high-mid-tom': ['tom', 3], crash: ['crash', 0], 'high-tom': ['tom', 6], ride: ['ride', 0],
  china: ['crash', 2], 'ride-bell': ['cowbell', 9], tambourine: ['maracas', 0], splash: ['crash', 5],
  cowbell: ['cowbell', 0], 'crash-2': ['crash', 1], vibraslap: ['maracas', 0], 'ride-2': ['ride', 2],
  'high-bongo': ['conga', 10], 'low-bongo': ['conga', 6], 'muted-high-conga': ['conga', 4], 'open-high-conga': ['conga', 2],
  'low-conga': ['conga', -3], 'high-timbale': ['conga', 8], 'low-timbale': ['conga', 3], 'high-agogo': ['cowbell', 10],
  'low-agogo': ['cowbell', 5], cabasa: ['maracas', 0], maracas: ['maracas', 0], 'short-whistle': ['clave', -2],
  'long-whistle': ['clave', -2], 'short-guiro': ['maracas', 0], 'long-guiro': ['maracas', 0], claves: ['clave', 0],
  'high-wood-block': ['clave', -5], 'low-wood-block': ['clave', -10], 'muted-cuica': ['conga', 12], 'open-cuica': ['conga', 7],
  'muted-triangle': ['closed-hat', 0], 'open-triangle': ['ride', 5], shaker: ['maracas', 0], 'jingle-bell': ['pedal-hat', 0],
  'bell-tree': ['ride', 9], castanets: ['rim', 5], 'muted-surdo': ['tom', -10], 'open-surdo': ['tom', -12],
}; // prettier-ignore

function machine(sounds: Sounds): DrumMachine {
  return new Map(
    Object.entries(KEYS).map(([key, [name, semitones]]) => {
      const sound = sounds[name]!;
      return [DRUM_KEYS[key as DrumKeyName], { ...sound, hertz: sound.hertz * exp2(semitones / 12) }];
    }),
  );
}

/** Roland TR-808 (1980) in outline: falling sines, noise and six square waves; frequencies and times are approximations. */
export const TR_808 = machine({
  kick: drum(49, 1, [skin(1.3, 1900, 0.09, 1, 1.5), hiss('band', 2400, 0.02, 0.12)]),
  snare: drum(180, 0.75, [skin(0.22, 500, 0.03, 0.6), skin(0.16, 1300, 0.02, 0.3), hiss('high', 1600, 0.24, 0.45)]),
  clap: drum(200, 0.8, clap(0.3)),
  rim: drum(1667, 0.5, [skin(0.06, 0, 0.01, 0.7), hiss('band', 455, 0.05, 0.7, 3)]),
  tom: drum(120, 0.8, [skin(0.55, 500, 0.09), hiss('band', 600, 0.1, 0.12)]),
  conga: drum(220, 0.6, [skin(0.28, 200, 0.04)]),
  clave: drum(2500, 0.35, [skin(0.09, 0, 0.01)]),
  maracas: drum(200, 0.5, [hiss('high', 5200, 0.06, 0.6)]),
  cowbell: drum(540, 0.4, [
    {
      oscillators: [
        { wave: 'pulse', level: 0.6 },
        { wave: 'pulse', level: 0.6, cents: above(800, 540) },
      ],
      amplifier: stroke(0.5),
      filter: { kind: 'band', hertz: 2640, poles: 2, resonance: 1.2, track: 0 },
    },
  ]),
  'closed-hat': drum(METAL_BASE, 0.9, [metal(0.09, 7200, 0.9)], HATS),
  'pedal-hat': drum(METAL_BASE, 0.7, [metal(0.06, 7200, 0.9)], HATS),
  'open-hat': drum(METAL_BASE, 0.9, [metal(0.7, 7200, 0.9)], HATS),
  crash: drum(METAL_BASE, 0.8, [metal(1.9, 5200, 0.8), metal(0.5, 2800, 0.35)]),
  ride: drum(METAL_BASE, 0.6, [metal(1.2, 6400, 0.7)]),
});

/** Roland TR-909 (1983) in outline, by approximation; its cymbals, which were samples, by noise and brighter square waves. */
export const TR_909 = machine({
  kick: drum(52, 1, [skin(0.55, 2700, 0.06, 1, 2.1), hiss('band', 3800, 0.012, 0.5)]),
  snare: drum(185, 0.8, [skin(0.18, 900, 0.04, 0.6), skin(0.12, 1500, 0.03, 0.35), hiss('high', 1200, 0.3, 0.5)]),
  clap: drum(200, 0.85, clap(0.42)),
  rim: drum(1050, 0.55, [skin(0.05, 400, 0.01, 0.8), hiss('band', 2300, 0.03, 0.4, 2)]),
  tom: drum(130, 0.85, [skin(0.5, 1100, 0.08), hiss('band', 900, 0.06, 0.2)]),
  conga: drum(240, 0.6, [skin(0.25, 500, 0.04), hiss('band', 1200, 0.03, 0.15)]),
  clave: drum(2300, 0.4, [skin(0.07, 0, 0.01)]),
  maracas: drum(200, 0.5, [hiss('high', 6000, 0.05, 0.6)]),
  cowbell: drum(587, 0.4, [
    {
      oscillators: [
        { wave: 'pulse', level: 0.6, width: 0.35 },
        { wave: 'pulse', level: 0.5, cents: above(845, 587), width: 0.35 },
      ],
      amplifier: stroke(0.35),
      filter: { kind: 'band', hertz: 3000, poles: 2, resonance: 1, track: 0 },
    },
  ]),
  'closed-hat': drum(METAL_BASE, 0.9, [metal(0.08, 8200, 0.6, 1.7), hiss('high', 7600, 0.07, 0.3)], HATS),
  'pedal-hat': drum(METAL_BASE, 0.7, [metal(0.05, 8200, 0.6, 1.7), hiss('high', 7600, 0.045, 0.3)], HATS),
  'open-hat': drum(METAL_BASE, 0.9, [metal(0.5, 7800, 0.6, 1.7), hiss('high', 7200, 0.45, 0.3)], HATS),
  crash: drum(METAL_BASE, 0.8, [metal(1.6, 5600, 0.5, 1.7), hiss('high', 4200, 1.4, 0.4)]),
  ride: drum(METAL_BASE, 0.6, [metal(1.4, 5800, 0.6, 2.1), hiss('high', 6200, 0.6, 0.15)]),
});
