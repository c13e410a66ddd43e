import { StereoBlock } from '../stereo-block';

/** An effect that a track sends to. It is linear: the effect of a sum is the sum of the effects, so that stems add up to the mix. */
export interface Effect {
  /** Adds to `output` what the effect makes of `send` times `input`. */
  process(input: StereoBlock, send: number, output: StereoBlock): void;
}

/** Below this amplitude (-180 dB) what circulates in an effect is taken for silence. */
export const SILENCE = 1e-9;

/** True where every sample is exactly 0. */
export function isSilent(block: StereoBlock): boolean {
  const { left, right } = block;
  for (let i = 0; i < left.length; i++) if (left[i] !== 0 || right[i] !== 0) return false;
  return true;
}
