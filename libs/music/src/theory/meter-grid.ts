import { PPQ, type Meter } from '../score/score';
import { barLengthTicks } from '../score/timeline';

export type MeterShape = Pick<Meter, 'numerator' | 'denominator'>;

/** Ticks of one step of a style's grids: a sixteenth note. */
export const STEP_TICKS = PPQ / 4;

/** Steps (sixteenth notes) of a bar. */
export function barSteps(meter: MeterShape): number {
  return barLengthTicks(meter) / STEP_TICKS;
}

/**
 * The felt beats of a bar, in steps: quarters where they fit (4/4: 4 4 4 4), dotted quarters in compound time
 * (6/8: 6 6), twos with a closing three where a bar of eighths is odd (7/8: 4 4 6).
 */
export function pulseSteps(meter: MeterShape): number[] {
  const steps = barSteps(meter);
  const compound = meter.numerator % 3 === 0 && meter.denominator >= 8;
  const unit = compound ? (3 * 16) / meter.denominator : 4;
  const pulses: number[] = Array.from({ length: Math.floor(steps / unit) }, () => unit);
  const rest = steps - pulses.length * unit;
  if (rest > 0 && rest < 3 && pulses.length > 0) pulses[pulses.length - 1] = unit + rest;
  else if (rest > 0) pulses.push(rest);
  return pulses;
}

/** Step numbers at which the felt beats begin. */
export function pulseStarts(meter: MeterShape): number[] {
  let start = 0;
  return pulseSteps(meter).map((length) => {
    start += length;
    return start - length;
  });
}

/** Where a step of some meter's bar finds its sign in a pattern of 16 steps; `echo` marks one that only keeps time. */
export interface StepSource {
  /** 0 to 15, or -1 for none. */
  source: number;
  echo: boolean;
}

/**
 * For each step of a bar, the step of a four-four pattern that it plays: beats keep their place in the bar as far as the
 * meter has them (three-four takes beats 1, 2 and 4; five-four is 3 + 2), and a beat of three eighths spreads its off-beat.
 */
export function stepSources(meter: MeterShape): StepSource[] {
  const pulses = pulseSteps(meter);
  const beats = beatOrder(pulses.length);
  return pulses.flatMap((length, index) => {
    const first = (beats[index] ?? 0) * 4;
    return Array.from({ length }, (_, step) => {
      if (length !== 6) return { source: step < 4 ? first + step : -1, echo: false };
      if (step === 2) return { source: first + 2, echo: true };
      const within = [0, -1, -1, -1, 2, 3][step] ?? -1;
      return { source: within < 0 ? -1 : first + within, echo: false };
    });
  });
}

/** Fours from the front; what is left over is grouped as 3 + 2, 3 + 3, 4 + 3. */
function beatOrder(count: number): number[] {
  if (count === 1) return [0];
  if (count === 2) return [0, 1];
  if (count === 3) return [0, 1, 3];
  if (count === 4) return [0, 1, 2, 3];
  if (count === 5) return [0, 1, 3, 2, 3];
  if (count === 6) return [0, 1, 3, 0, 1, 3];
  return [0, 1, 2, 3, ...beatOrder(count - 4)];
}
