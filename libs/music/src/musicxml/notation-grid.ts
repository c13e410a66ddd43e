import { PPQ, type Meter, type Note, type Score } from '../score/score';
import { barAtTick, barStartTick, barLengthTicks, isCompound, meterAt, totalBars } from '../score/timeline';

/** Notation counts 12 divisions to the quarter note: 3 for a sixteenth, 4 for a triplet eighth. */
export const DIVISIONS = 12;
const TICKS_PER_DIVISION = PPQ / DIVISIONS;

/** A quarter note (or what is left of a bar) in which all notes lie on sixteenths or all on triplet eighths. In divisions from the beginning. */
export interface GridWindow {
  start: number;
  end: number;
  triplet: boolean;
}

/** A bar of the grid. In divisions from the beginning. */
export interface GridBar {
  start: number;
  end: number;
  meter: Meter;
  windows: GridWindow[];
}

/** Notes that begin together as notation writes them. In divisions from the beginning. */
export interface NotatedChord {
  start: number;
  end: number;
  /** Rising, each once. */
  pitches: number[];
}

/**
 * The bars of a Score, each quarter note set to sixteenths or triplet eighths: to that on which the onsets of `notes`
 * lie closer by the sum of squared distances, so that a humanised performance is read as it was meant.
 */
export function notationGrid(score: Pick<Score, 'meters' | 'sections'>, notes: readonly Note[]): GridBar[] {
  const bars = Array.from({ length: totalBars(score) }, (_, bar): GridBar => {
    const startTick = barStartTick(score, bar);
    const meter = meterAt(score, startTick);
    const start = startTick / TICKS_PER_DIVISION;
    const end = start + barLengthTicks(meter) / TICKS_PER_DIVISION;
    const windows = Array.from({ length: Math.ceil((end - start) / DIVISIONS) }, (_, index) => ({
      start: start + index * DIVISIONS,
      end: Math.min(start + (index + 1) * DIVISIONS, end),
      triplet: false,
    }));
    return { start, end, meter, windows };
  });
  const errors = new Map<GridWindow, { straight: number; triplet: number }>();
  for (const { startTick } of notes) {
    const { window, bar } = windowAt(score, bars, startTick);
    if (window.end - window.start < DIVISIONS || isCompound(bar.meter)) continue;
    const within = startTick - window.start * TICKS_PER_DIVISION;
    const sums = errors.get(window) ?? { straight: 0, triplet: 0 };
    sums.straight += distanceToGrid(within, PPQ / 4) ** 2;
    sums.triplet += distanceToGrid(within, PPQ / 3) ** 2;
    errors.set(window, sums);
  }
  for (const [window, { straight, triplet }] of errors) window.triplet = triplet < straight;
  return bars;
}

/**
 * The notes of a track on the grid. Equal onsets become one chord, which lasts until its longest note ends or the next
 * chord begins. Percussion lasts until the next onset or the end of its quarter note. Ends are read more freely than
 * onsets, as notation does: a note of a quarter or longer ends on an eighth, and a gap of a sixteenth before the next
 * onset is closed.
 */
export function quantise(
  score: Pick<Score, 'meters' | 'sections'>,
  bars: readonly GridBar[],
  notes: readonly Note[],
  percussion: boolean,
): NotatedChord[] {
  const chords = new Map<number, { end: number; pitches: Set<number> }>();
  const songEnd = bars.at(-1)?.end ?? 0;
  for (const note of notes) {
    let start = snap(score, bars, note.startTick);
    if (start >= songEnd) start = songEnd - gridStep(bars.at(-1)?.windows.at(-1));
    const { window } = windowAt(score, bars, start * TICKS_PER_DIVISION);
    const long = note.durationTicks >= PPQ - TICKS_PER_DIVISION;
    const played = snap(score, bars, note.startTick + note.durationTicks, long ? DIVISIONS / 2 : DIVISIONS / 4);
    const end = percussion ? window.end : Math.max(played, start + gridStep(window));
    const chord = chords.get(start) ?? { end, pitches: new Set() };
    chord.end = Math.max(chord.end, end);
    chord.pitches.add(note.pitch);
    chords.set(start, chord);
  }
  const starts = [...chords.keys()].sort((left, right) => left - right);
  return starts.map((start, index) => {
    const { end = start, pitches = [] } = chords.get(start) ?? {};
    const next = starts[index + 1] ?? songEnd;
    return {
      start,
      end: end > next || (!percussion && next - end <= DIVISIONS / 4) ? next : end,
      pitches: [...pitches].sort((left, right) => left - right),
    };
  });
}

function gridStep(window: GridWindow | undefined): number {
  return window?.triplet ? DIVISIONS / 3 : DIVISIONS / 4;
}

function distanceToGrid(within: number, step: number): number {
  return Math.abs(within - Math.round(within / step) * step);
}

/** The nearest grid point to a tick, in divisions; `straight` is the step where the window is no triplet. */
function snap(
  score: Pick<Score, 'meters' | 'sections'>,
  bars: readonly GridBar[],
  tick: number,
  straight = DIVISIONS / 4,
): number {
  const { window } = windowAt(score, bars, tick);
  const step = window.triplet ? DIVISIONS / 3 : straight;
  const within = Math.round((tick / TICKS_PER_DIVISION - window.start) / step) * step;
  return Math.min(window.start + within, window.end);
}

function windowAt(
  score: Pick<Score, 'meters'>,
  bars: readonly GridBar[],
  tick: number,
): { bar: GridBar; window: GridWindow } {
  const bar = bars[Math.min(barAtTick(score, tick), bars.length - 1)];
  const index = bar && Math.floor((tick / TICKS_PER_DIVISION - bar.start) / DIVISIONS);
  const window = bar?.windows[Math.min(index ?? 0, bar.windows.length - 1)];
  if (!bar || !window) throw new RangeError(`tick ${tick} lies in no bar of the form`);
  return { bar, window };
}
