/** An effect that a track sends to. It is linear: the effect of a sum is the sum of the effects, so that stems add up to the mix. */
export interface Effect {
  /**
   * Adds to the strip's output what the effect makes of `send` times its input.
   * @param frames a multiple of GROUP_FRAMES
   * @param isSilent whether the input is exactly 0 throughout
   */
  process(frames: number, send: number, isSilent: boolean): void;
}

/** Below this amplitude (-180 dB) what circulates in an effect is taken for silence. */
export const SILENCE = 1e-9;
