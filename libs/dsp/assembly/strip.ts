// The channel strip of a track. Each strip has an instance of this module, and so a memory and variables, to itself.

import { INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/strip-layout';

export { chorus, restChorus, startChorus } from './chorus';
export { clearDelay, delay, startDelay } from './delay';
export { clearReverb, reverb, startReverb } from './reverb';

/** Full scale of 24 bits. */
const FULL_SCALE: f32 = 8388608;

/**
 * Applies the fader in place and copies the result to the output. Amplitudes below `silence` become 0: where a voice has died
 * away, its last subnormal numbers would only cost time.
 * @returns 1 where all is exactly 0
 */
export function fade(frames: i32, gainLeft: f32, gainRight: f32, silence: f32): i32 {
  const left = fadeChannel(frames, INPUT_LEFT, OUTPUT_LEFT, gainLeft, silence);
  const right = fadeChannel(frames, INPUT_RIGHT, OUTPUT_RIGHT, gainRight, silence);
  return left && right ? 1 : 0;
}

function fadeChannel(frames: i32, input: usize, output: usize, gain: f32, silence: f32): bool {
  const gains = f32x4.splat(gain);
  const least = f32x4.splat(silence);
  let seen = f32x4.splat(0);
  for (let i = 0; i < frames << 2; i += 16) {
    const x = v128.load(input + i);
    const y = v128.and(f32x4.mul(x, gains), f32x4.ge(f32x4.abs(x), least));
    seen = v128.or(seen, f32x4.abs(y));
    v128.store(input + i, y);
    v128.store(output + i, y);
  }
  return !v128.any_true(seen);
}

/** Rounds the output to steps of 24 bits and tells how many samples had to be clipped. */
export function quantise(frames: i32): i32 {
  return quantiseChannel(frames, OUTPUT_LEFT) + quantiseChannel(frames, OUTPUT_RIGHT);
}

function quantiseChannel(frames: i32, output: usize): i32 {
  const scale = f32x4.splat(FULL_SCALE);
  const unit = f32x4.splat(1 / FULL_SCALE);
  const highest = f32x4.splat(FULL_SCALE - 1);
  const lowest = f32x4.splat(-FULL_SCALE);
  const zero = f32x4.splat(0);
  let clipped = i32x4.splat(0);
  for (let i = 0; i < frames << 2; i += 16) {
    const value = f32x4.nearest(f32x4.mul(v128.load(output + i), scale));
    const kept = f32x4.max(f32x4.min(value, highest), lowest);
    clipped = i32x4.sub(clipped, f32x4.ne(value, kept));
    // Integers know no negative zero: a stem read back must be the same in every bit.
    v128.store(output + i, f32x4.add(f32x4.mul(kept, unit), zero));
  }
  return (
    i32x4.extract_lane(clipped, 0) +
    i32x4.extract_lane(clipped, 1) +
    i32x4.extract_lane(clipped, 2) +
    i32x4.extract_lane(clipped, 3)
  );
}
