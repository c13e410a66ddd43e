import { decibelsToGain } from '../decibels';
import { StereoBlock, stereoBlock } from '../stereo-block';

/** A sine on both channels: level of its peak in dBFS, frequency in Hz. */
export function sine(sampleRate: number, seconds: number, frequency: number, levelDb: number, phase = 0): StereoBlock {
  const block = stereoBlock(Math.round(seconds * sampleRate));
  const gain = decibelsToGain(levelDb);
  for (let i = 0; i < block.left.length; i++)
    block.left[i] = block.right[i] = gain * Math.sin((2 * Math.PI * frequency * i) / sampleRate + phase);
  return block;
}

/** White noise, different on the two channels, from a linear congruential generator: equal seeds give equal noise. */
export function noise(frames: number, levelDb: number, seed = 1): StereoBlock {
  const block = stereoBlock(frames);
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const gain = decibelsToGain(levelDb);
  for (let i = 0; i < frames; i++) {
    block.left[i] = gain * next();
    block.right[i] = gain * next();
  }
  return block;
}

/** Blocks one after another. */
export function concat(blocks: readonly StereoBlock[]): StereoBlock {
  const joined = stereoBlock(blocks.reduce((sum, block) => sum + block.left.length, 0));
  let at = 0;
  for (const block of blocks) {
    joined.left.set(block.left, at);
    joined.right.set(block.right, at);
    at += block.left.length;
  }
  return joined;
}

/** Root mean square of frames `start` to `end` of both channels, in dBFS. */
export function rmsDb(block: StereoBlock, start = 0, end = block.left.length): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += block.left[i]! ** 2 + block.right[i]! ** 2;
  return 10 * Math.log10(sum / (2 * (end - start)));
}

/** Highest absolute sample of both channels. */
export function peak(block: StereoBlock): number {
  let highest = 0;
  for (let i = 0; i < block.left.length; i++)
    highest = Math.max(highest, Math.abs(block.left[i]!), Math.abs(block.right[i]!));
  return highest;
}

/** Level in dB of one frequency in frames `start` to `end` of the left channel: a Goertzel filter under a Hann window; a full-scale sine has 0. */
export function levelAt(
  samples: Float32Array,
  sampleRate: number,
  frequency: number,
  start = 0,
  end = samples.length,
): number {
  const length = end - start;
  let [re, im] = [0, 0];
  for (let i = 0; i < length; i++) {
    const windowed = samples[start + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
    const angle = (2 * Math.PI * frequency * i) / sampleRate;
    re += windowed * Math.cos(angle);
    im += windowed * Math.sin(angle);
  }
  return 20 * Math.log10((4 * Math.hypot(re, im)) / length);
}

/** True where two blocks agree in every bit; quicker, and quieter when it fails, than a comparison by the test runner. */
export function sameBits(a: StereoBlock, b: StereoBlock): boolean {
  const bytes = ({ left, right }: StereoBlock) =>
    [left, right].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  const [leftA, rightA] = bytes(a) as [Buffer, Buffer];
  const [leftB, rightB] = bytes(b) as [Buffer, Buffer];
  return leftA.equals(leftB) && rightA.equals(rightB);
}
