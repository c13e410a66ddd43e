import { Sample } from '../sound-font/sound-font';

/** A sample that a kernel can play: a sine of whole turns per loop, in frames of 44.1 kHz, at root key 60. */
export function sineSample(hertz: number, frames: number): Sample {
  return {
    // Told from others by what it is.
    index: Math.round(hertz) * 100_000 + frames,
    name: `sine of ${hertz} Hz`,
    sampleRate: 44_100,
    rootKey: 60,
    correctionCents: 0,
    loopStart: 0,
    loopEnd: frames,
    decode: () => Float32Array.from({ length: frames }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / 44_100)),
  };
}
