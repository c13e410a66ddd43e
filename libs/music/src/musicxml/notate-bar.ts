import { isCompound } from '../score/timeline';
import { DIVISIONS, type GridBar, type GridWindow, type NotatedChord } from './notation-grid';

/** One printed symbol: a chord (or single note), or a rest where `pitches` is empty. */
export interface NotatedValue {
  /** In divisions from the start of the bar. */
  at: number;
  divisions: number;
  /** Where the whole chord began, in divisions from the beginning: its spelling holds through all ties. */
  onset: number;
  pitches: number[];
  /** Absent for a rest that fills the bar. */
  type?: 'whole' | 'half' | 'quarter' | 'eighth' | '16th';
  dots: 0 | 1;
  /** Place in a triplet, where it is part of one. */
  triplet?: 'start' | 'inside' | 'stop';
  tiedFromBefore: boolean;
  tiedToNext: boolean;
}

type PrintedValue = { divisions: number } & Required<Pick<NotatedValue, 'type' | 'dots'>>;

const VALUES: readonly PrintedValue[] = [
  { divisions: 72, type: 'whole', dots: 1 },
  { divisions: 48, type: 'whole', dots: 0 },
  { divisions: 36, type: 'half', dots: 1 },
  { divisions: 24, type: 'half', dots: 0 },
  { divisions: 18, type: 'quarter', dots: 1 },
  { divisions: 12, type: 'quarter', dots: 0 },
  { divisions: 9, type: 'eighth', dots: 1 },
  { divisions: 6, type: 'eighth', dots: 0 },
  { divisions: 3, type: '16th', dots: 0 },
];

interface Segment {
  start: number;
  end: number;
  chord: NotatedChord | undefined;
}

/** Writes out one bar: chords and rests cut into printable values that fill the bar exactly, ties where a chord needs several. */
export function notateBar(bar: GridBar, chords: readonly NotatedChord[]): NotatedValue[] {
  const inside = chords.filter((chord) => chord.start < bar.end && chord.end > bar.start);
  if (inside.length === 0) {
    const divisions = bar.end - bar.start;
    return [{ at: 0, divisions, onset: bar.start, pitches: [], dots: 0, tiedFromBefore: false, tiedToNext: false }];
  }
  return withRests(bar, inside).flatMap((segment) =>
    cutAtTriplets(bar.windows, segment).flatMap(({ start, end, triplet }) =>
      (triplet ? [tripletValue(end - start)] : printedValues(bar, start, end, !segment.chord)).map(
        (value, index, all) => {
          const from = start + all.slice(0, index).reduce((sum, { divisions }) => sum + divisions, 0);
          const to = from + value.divisions;
          return {
            ...value,
            at: from - bar.start,
            onset: segment.chord?.start ?? from,
            pitches: segment.chord?.pitches ?? [],
            ...(triplet && { triplet: from === triplet.start ? 'start' : to === triplet.end ? 'stop' : 'inside' }),
            tiedFromBefore: segment.chord !== undefined && from > segment.chord.start,
            tiedToNext: segment.chord !== undefined && to < segment.chord.end,
          } satisfies NotatedValue;
        },
      ),
    ),
  );
}

/** The bar as a row of chords and rests without gaps. */
function withRests(bar: GridBar, chords: readonly NotatedChord[]): Segment[] {
  const segments: Segment[] = [];
  let now = bar.start;
  for (const chord of chords) {
    const start = Math.max(chord.start, bar.start);
    if (start > now) segments.push({ start: now, end: start, chord: undefined });
    now = Math.min(chord.end, bar.end);
    segments.push({ start, end: now, chord });
  }
  if (now < bar.end) segments.push({ start: now, end: bar.end, chord: undefined });
  return segments;
}

/** Cuts a segment at the edges of triplet windows that it fills in part. */
function cutAtTriplets(
  windows: readonly GridWindow[],
  segment: Segment,
): { start: number; end: number; triplet?: GridWindow }[] {
  const parts: { start: number; end: number; triplet?: GridWindow }[] = [];
  let now = segment.start;
  for (const window of windows) {
    const start = Math.max(window.start, segment.start);
    const end = Math.min(window.end, segment.end);
    const partly = start < end && (start > window.start || end < window.end);
    if (!window.triplet || !partly) continue;
    if (start > now) parts.push({ start: now, end: start });
    parts.push({ start, end, triplet: window });
    now = end;
  }
  if (now < segment.end) parts.push({ start: now, end: segment.end });
  return parts;
}

/** In a triplet of eighths, a third of the quarter note prints as an eighth, two thirds as a quarter. */
function tripletValue(divisions: number): PrintedValue {
  return { divisions, type: divisions === DIVISIONS / 3 ? 'eighth' : 'quarter', dots: 0 };
}

/** The longest values that show the beats, from left to right. */
function printedValues(bar: GridBar, start: number, end: number, rest: boolean): PrintedValue[] {
  const values: PrintedValue[] = [];
  for (let now = start; now < end; now += values.at(-1)?.divisions ?? 0) {
    const at = now - bar.start;
    const value = VALUES.find(({ divisions }) => now + divisions <= end && showsBeats(bar, at, divisions, rest));
    if (!value) throw new RangeError(`no printed value fits ${end - now} divisions at ${at} of the bar`);
    values.push(value);
  }
  return values;
}

/** Whether a value of that length at that place leaves the beats readable. */
function showsBeats(bar: GridBar, at: number, divisions: number, rest: boolean): boolean {
  if (isCompound(bar.meter)) {
    const beat = (DIVISIONS * 4 * 3) / bar.meter.denominator;
    if (divisions >= beat) return at % beat === 0 && divisions % beat === 0;
    return (at % beat) + divisions <= beat && (divisions !== 9 || at % 9 === 0);
  }
  switch (divisions) {
    case 72:
      return false;
    case 48:
      return at % 24 === 0;
    case 36:
    case 24:
      return at % 12 === 0;
    case 18:
    case 12:
      return at % (rest ? 12 : 6) === 0;
    case 9:
      return at % 12 === 0 || at % 12 === 3;
    case 6:
      return at % 6 === 0 || at % 12 === 3;
    default:
      return true;
  }
}
