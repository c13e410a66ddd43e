/** One measured figure. */
export interface Figure {
  /** Stable name with the bench in front: `system.prompt-to-assets-p50`. */
  name: string;
  value: number;
  unit: string;
  /** What we aim at, in the same unit; absent where the figure is for information. */
  target?: number;
  better: 'higher' | 'lower';
  /** How it was measured, or what bounds it. */
  note?: string;
}

/** A named set of measurements. */
export interface Bench {
  name: string;
  about: string;
  run(log: (line: string) => void): Promise<Figure[]>;
}

/** Whether a figure meets its target; undefined where there is none. */
export function meetsTarget({ value, target, better }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return better === 'lower' ? value <= target : value >= target;
}
