import { sinPi } from '../kernel/mathematics';
import { StereoBlock } from '../stereo-block';

/** A fade from full level before `startFrame` to silence from `endFrame` on. */
export interface Fade {
  startFrame: number;
  endFrame: number;
}

/** Fades frames `offset` and following in place, along a raised cosine. */
export function fadeOut(block: StereoBlock, offset: number, fade: Fade): void {
  const length = Math.max(1, fade.endFrame - fade.startFrame);
  for (let i = Math.max(0, fade.startFrame - offset); i < block.left.length; i++) {
    const progress = Math.min(1, (offset + i - fade.startFrame) / length);
    const gain = progress >= 1 ? 0 : 0.5 + 0.5 * sinPi(0.5 - progress);
    block.left[i]! *= gain;
    block.right[i]! *= gain;
  }
}
