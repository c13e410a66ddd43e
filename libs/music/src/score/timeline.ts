import { PPQ, type KeyChange, type Meter, type Score, type Section, type Tempo } from './score';

/** A stretch of time in ticks, `endTick` exclusive. */
export interface TickRange {
  startTick: number;
  endTick: number;
}

/** A place in the music: bar and beat count from 0, `tick` is what remains within the beat. */
export interface Position {
  bar: number;
  beat: number;
  tick: number;
}

type Metered = Pick<Score, 'meters'>;
type Timed = Pick<Score, 'tempos'>;
type Formed = Pick<Score, 'meters' | 'sections'>;

/** Length of a bar of that meter in ticks. */
export function barLengthTicks(meter: Pick<Meter, 'numerator' | 'denominator'>): number {
  return (PPQ * 4 * meter.numerator) / meter.denominator;
}

/** Compound meters (6/8, 9/8, 12/8, 6/16, ...) beat in threes. */
export function isCompound(meter: Pick<Meter, 'numerator' | 'denominator'>): boolean {
  return meter.denominator >= 8 && meter.numerator > 3 && meter.numerator % 3 === 0;
}

/** Length of a felt beat in ticks: the denominator's note value, three of them in compound meters. */
export function beatLengthTicks(meter: Pick<Meter, 'numerator' | 'denominator'>): number {
  return ((PPQ * 4) / meter.denominator) * (isCompound(meter) ? 3 : 1);
}

/** The last entry at or before `tick` of a list that is sorted by tick and starts at tick 0. */
function inForce<T extends { tick: number }>(entries: readonly T[], tick: number, field: string): T {
  let found = entries[0];
  if (!found) throw new RangeError(`${field} is empty: the first entry must stand at tick 0`);
  for (const entry of entries) {
    if (entry.tick > tick) break;
    found = entry;
  }
  return found;
}

/** The meter in force at `tick`. */
export function meterAt(score: Metered, tick: number): Meter {
  return inForce(score.meters, tick, 'meters');
}

/** The tempo in force at `tick`. */
export function tempoAt(score: Timed, tick: number): Tempo {
  return inForce(score.tempos, tick, 'tempos');
}

/** The key in force at `tick`. */
export function keyAt(score: Pick<Score, 'keys'>, tick: number): KeyChange {
  return inForce(score.keys, tick, 'keys');
}

/** Stretches of one meter each, with the bar at which they start. Meters change on bar lines. */
function meterStretches(score: Metered): { startTick: number; startBar: number; barTicks: number; meter: Meter }[] {
  let startBar = 0;
  return score.meters.map((meter, index) => {
    const previous = score.meters[index - 1];
    if (previous) startBar += Math.round((meter.tick - previous.tick) / barLengthTicks(previous));
    return { startTick: meter.tick, startBar, barTicks: barLengthTicks(meter), meter };
  });
}

function stretchWhere(score: Metered, holds: (stretch: { startTick: number; startBar: number }) => boolean) {
  const stretches = meterStretches(score);
  const found = stretches.findLast(holds) ?? stretches[0];
  if (!found) throw new RangeError('meters is empty: the first entry must stand at tick 0');
  return found;
}

/** The tick at which bar `bar` (counted from 0) starts; `bar` may lie past the end. */
export function barStartTick(score: Metered, bar: number): number {
  const stretch = stretchWhere(score, (candidate) => candidate.startBar <= bar);
  return stretch.startTick + (bar - stretch.startBar) * stretch.barTicks;
}

/** The bar (counted from 0) that holds `tick`. */
export function barAtTick(score: Metered, tick: number): number {
  const stretch = stretchWhere(score, (candidate) => candidate.startTick <= tick);
  return stretch.startBar + Math.floor((tick - stretch.startTick) / stretch.barTicks);
}

/** Bar, beat and remaining ticks of `tick`. */
export function positionAt(score: Metered, tick: number): Position {
  const bar = barAtTick(score, tick);
  const within = tick - barStartTick(score, bar);
  const beatTicks = beatLengthTicks(meterAt(score, tick));
  return { bar, beat: Math.floor(within / beatTicks), tick: within % beatTicks };
}

/** How many bars the form has. */
export function totalBars(score: Pick<Score, 'sections'>): number {
  return score.sections.reduce((end, section) => Math.max(end, section.startBar + section.bars), 0);
}

/** The tick at which the last bar ends. */
export function endTick(score: Formed): number {
  return barStartTick(score, totalBars(score));
}

/** Where bars `firstBar` to `firstBar + bars - 1` lie. */
export function barRange(score: Metered, firstBar: number, bars: number): TickRange {
  return { startTick: barStartTick(score, firstBar), endTick: barStartTick(score, firstBar + bars) };
}

/** Where a section lies. */
export function sectionRange(score: Metered, section: Pick<Section, 'startBar' | 'bars'>): TickRange {
  return barRange(score, section.startBar, section.bars);
}

/** The section that holds `tick`, or undefined past the end. */
export function sectionAt(score: Formed, tick: number): Section | undefined {
  const bar = barAtTick(score, tick);
  return score.sections.find((section) => section.startBar <= bar && bar < section.startBar + section.bars);
}

/** Seconds per tick at a tempo. */
function secondsPerTick(tempo: Tempo): number {
  return 60_000 / (tempo.milliBpm * PPQ);
}

/** Seconds from the beginning to `tick`, through all tempo changes. */
export function tickToSeconds(score: Timed, tick: number): number {
  return secondsAt(score)(tick);
}

/** What tells the seconds from the beginning to a tick, through all tempo changes; for many ticks it is asked in logarithmic time. */
export function secondsAt({ tempos }: Timed): (tick: number) => number {
  const starts: number[] = [];
  tempos.forEach((tempo, index) => {
    const previous = tempos[index - 1];
    starts.push(previous ? starts[index - 1]! + (tempo.tick - previous.tick) * secondsPerTick(previous) : 0);
  });
  return (tick) => {
    let [low, high] = [0, tempos.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (tempos[middle]!.tick <= tick) low = middle;
      else high = middle;
    }
    const tempo = tempos[low];
    return tempo ? starts[low]! + (tick - tempo.tick) * secondsPerTick(tempo) : 0;
  };
}

/** The tick (a fraction, not rounded) at `seconds` from the beginning. */
export function secondsToTick(score: Timed, seconds: number): number {
  let left = seconds;
  for (const [index, tempo] of score.tempos.entries()) {
    const next = score.tempos[index + 1];
    const length = next ? (next.tick - tempo.tick) * secondsPerTick(tempo) : Infinity;
    if (left < length) return tempo.tick + left / secondsPerTick(tempo);
    left -= length;
  }
  throw new RangeError('tempos is empty: the first entry must stand at tick 0');
}

/** Length of the song in seconds, from the first bar line to the last; what rings on after it is not counted. */
export function durationSeconds(score: Formed & Timed): number {
  return tickToSeconds(score, endTick(score));
}
