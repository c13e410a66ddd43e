import { randomStream } from '../random/random-stream';
import type { Mode } from '../score/score';
import type { Style } from '../styles/style';
import { style } from '../styles/style-catalogue';

export type OwnScale = Style['scales'][number];

/** The scale that a song of a style uses in a mode, drawn by its seed; undefined where the style has none of its own there. @throws InputError for an unknown style. */
export function ownScale(styleId: string, seed: number, mode: Mode): OwnScale | undefined {
  const fitting = style(styleId).scales.filter((scale) => scale.mode === mode);
  return fitting.length ? randomStream(seed, 'scale', mode).pickWeighted(fitting, ({ weight }) => weight) : undefined;
}
