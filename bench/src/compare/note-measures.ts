import { peakFrequency, powerSpectrum, spectralCentroid } from './spectrum';

/** A note as it sounds: both channels from its start on. */
export interface NoteSound {
  left: Float32Array;
  right: Float32Array;
}

export interface NoteMeasures {
  /** Root mean square over both channels while the key is down, in dBFS. */
  levelDb: number;
  /** Seconds from the start to half of the highest amplitude. */
  attackSeconds: number;
  /** Seconds in which the sound falls by 20 dB after the key; undefined where it is too quiet then to tell, or does not fall so far. */
  releaseSeconds?: number;
  centroidHz: number;
  /** Spectrum of a stretch of the sustained sound. */
  spectrum: Float64Array;
}

const WINDOW_SECONDS = 0.01;
const HOP_SECONDS = 0.001;
const QUIET_DB = -62;
const FALL_DB = 20;
const SPECTRUM_LENGTH = 65_536;

/** @param keySeconds how long the key is down */
export function measureNote(sound: NoteSound, sampleRate: number, keySeconds: number): NoteMeasures {
  const envelope = envelopeDb(sound, sampleRate);
  const keyHops = Math.round(keySeconds / HOP_SECONDS);
  const held = envelope.subarray(0, keyHops);
  const highest = held.reduce((best, value) => Math.max(best, value), -Infinity);
  const attack = held.findIndex((value) => value >= highest - 6);
  const atRelease = envelope[keyHops]!;
  const fallen = envelope.findIndex((value, hop) => hop > keyHops && value <= atRelease - FALL_DB);
  const mono = sound.left.map((sample, i) => sample + sound.right[i]!);
  return {
    levelDb: meanDb(sound, 0, Math.round(keySeconds * sampleRate)),
    attackSeconds: attack * HOP_SECONDS,
    ...(atRelease > QUIET_DB && fallen > 0 && { releaseSeconds: (fallen - keyHops) * HOP_SECONDS }),
    centroidHz: spectralCentroid(
      powerSpectrum(mono.subarray(0, Math.round(keySeconds * sampleRate)), 131_072),
      sampleRate,
    ),
    spectrum: powerSpectrum(mono.subarray(Math.round(0.1 * sampleRate), Math.round(1.1 * sampleRate)), SPECTRUM_LENGTH),
  };
}

/** How much higher one sound is than another, in cents, at its strongest partial; undefined where there is no such peak. */
export function centsBetween(one: NoteMeasures, other: NoteMeasures, sampleRate: number): number | undefined {
  const frequency = peakFrequency(other.spectrum, sampleRate, 25, 8000);
  const bin = Math.round((frequency / sampleRate) * SPECTRUM_LENGTH);
  const around = other.spectrum.subarray(Math.max(0, bin - 200), bin + 200);
  const mean = around.reduce((sum, value) => sum + value, 0) / around.length;
  if (!(other.spectrum[bin]! > 20 * mean)) return undefined;
  return 1200 * Math.log2(peakFrequency(one.spectrum, sampleRate, frequency * 0.97, frequency * 1.03) / frequency);
}

function envelopeDb(sound: NoteSound, sampleRate: number): Float64Array {
  const window = Math.round(WINDOW_SECONDS * sampleRate);
  const hop = Math.round(HOP_SECONDS * sampleRate);
  const count = Math.floor((sound.left.length - window) / hop);
  return Float64Array.from({ length: count }, (_, i) => meanDb(sound, i * hop, i * hop + window));
}

function meanDb({ left, right }: NoteSound, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += left[i]! ** 2 + right[i]! ** 2;
  return 10 * Math.log10(sum / (2 * (end - start)) + 1e-20);
}
