import { byTick } from '../agents/bends';
import { playableNotes } from '../agents/performance';
import { instrument } from '../instruments/instrument';
import type { Chord, Control, Score, Section, Tempo, Track } from '../score/score';
import { barLengthTicks, barRange, endTick, meterAt, totalBars, type TickRange } from '../score/timeline';

/** Bars of the song as it is (`toBar` exclusive), or new ones in which nothing is written yet. */
export type Piece = { fromBar: number; toBar: number } | { blankBars: number };

/** A stretch of the old song and where it goes; without `source`, new bars. */
interface Placed {
  source?: TickRange;
  startTick: number;
  endTick: number;
}

/** So long before the end a change of tempo belongs to the ending, not to the section it stands in. */
const ENDING_BARS = 2;
/** Controllers that set the range of the pitch bend: where they stand at the very beginning, they are the song's. */
const RANGE_CONTROLLERS: readonly number[] = [6, 100, 101];

/**
 * The song put together from pieces of itself and new bars. Notes, controls, chords and changes of key, meter and tempo
 * go with the bars they begin in; at a joint, what is in force there is set again. A slowing down at the end stays at
 * the end. A note that rings over a joint ends where it would meet another one.
 */
export function rearranged(score: Score, pieces: readonly Piece[], sections: Section[]): Score {
  const placed = place(score, pieces);
  const end = placed.at(-1)?.endTick ?? 0;
  const oldEnd = endTick(score);
  const ending = barRange(score, Math.max(0, totalBars(score) - ENDING_BARS), 0).startTick;
  const isEnding = ({ tick }: Tempo) => tick > 0 && tick >= ending;
  const last = score.tempos.filter(isEnding).map((tempo) => ({ ...tempo, tick: tempo.tick - oldEnd + end }));
  const body = changesIn(
    score.tempos.filter((tempo) => !isEnding(tempo)),
    placed,
  );
  const kept = last.filter(({ tick }) => tick > 0);
  return {
    ...score,
    sections,
    tempos: [...body.filter(({ tick }) => !kept.some((tempo) => tempo.tick === tick)), ...kept].sort(
      (a, b) => a.tick - b.tick,
    ),
    meters: changesIn(score.meters, placed),
    keys: changesIn(score.keys, placed),
    chords: placed.flatMap((piece) => chordsIn(score.chords, piece)),
    tracks: score.tracks.map((track) => trackIn(track, placed, oldEnd, end)),
    master: { ...score.master, fadeOutTicks: Math.min(score.master.fadeOutTicks, end) },
  };
}

function place(score: Score, pieces: readonly Piece[]): Placed[] {
  const placed: Placed[] = [];
  let tick = 0;
  for (const piece of pieces) {
    const before = placed.at(-1);
    if ('blankBars' in piece) {
      // New bars are of the meter they come into.
      const length = piece.blankBars * barLengthTicks(meterAt(score, before?.source?.endTick ?? 0));
      placed.push({ startTick: tick, endTick: tick + length });
      tick += length;
      continue;
    }
    const source = barRange(score, piece.fromBar, piece.toBar - piece.fromBar);
    const length = source.endTick - source.startTick;
    if (length === 0) continue;
    // What was one stretch stays one.
    if (before?.source?.endTick === source.startTick) {
      placed[placed.length - 1] = {
        source: { startTick: before.source.startTick, endTick: source.endTick },
        startTick: before.startTick,
        endTick: tick + length,
      };
    } else placed.push({ source, startTick: tick, endTick: tick + length });
    tick += length;
  }
  return placed;
}

function changesIn<T extends { tick: number }>(changes: readonly T[], placed: readonly Placed[]): T[] {
  const result: T[] = [];
  const add = (change: T) => {
    const current = result.at(-1);
    if (!current || !sameButTick(current, change)) result.push(change);
  };
  for (const { source, startTick } of placed) {
    const from = source?.startTick ?? (result.length === 0 ? 0 : undefined);
    if (from === undefined) continue;
    const initial = changes.findLast(({ tick }) => tick <= from);
    if (initial) add({ ...initial, tick: startTick });
    if (!source) continue;
    for (const change of changes) {
      if (change.tick > source.startTick && change.tick < source.endTick)
        add({ ...change, tick: change.tick - source.startTick + startTick });
    }
  }
  return result;
}

function chordsIn(chords: readonly Chord[], { source, startTick }: Placed): Chord[] {
  if (!source) return [];
  return chords.flatMap((chord) => {
    const from = Math.max(chord.startTick, source.startTick);
    const to = Math.min(chord.startTick + chord.durationTicks, source.endTick);
    return to > from ? [{ ...chord, startTick: from - source.startTick + startTick, durationTicks: to - from }] : [];
  });
}

function trackIn(track: Track, placed: readonly Placed[], oldEnd: number, end: number): Track {
  const notes = placed.flatMap(({ source, startTick }) =>
    source
      ? track.notes
          .filter((note) => note.startTick >= source.startTick && note.startTick < source.endTick)
          .map((note) => ({ ...note, startTick: note.startTick - source.startTick + startTick }))
      : [],
  );
  return {
    ...track,
    notes: playableNotes(notes, instrument(track.instrument), end),
    controls: controlsIn(track.controls, placed, oldEnd),
  };
}

/** Controls that begin in the pieces; at each joint those that are in force there and differ from what is. */
function controlsIn(controls: readonly Control[], placed: readonly Placed[], oldEnd: number): Control[] {
  const isInitial = ({ tick, controller }: Control) => tick <= 1 && RANGE_CONTROLLERS.includes(controller);
  const result = controls.filter(isInitial);
  const others = controls.filter((control) => !isInitial(control));
  const current = new Map<number, number>();
  for (const [index, { source, startTick }] of placed.entries()) {
    if (!source) continue;
    const isLast = index === placed.length - 1;
    const inForce = new Map<number, number>();
    for (const { tick, controller, value } of others) if (tick < source.startTick) inForce.set(controller, value);
    const own = others.filter(
      ({ tick }) =>
        tick >= source.startTick && (tick < source.endTick || (isLast && tick === oldEnd && source.endTick === oldEnd)),
    );
    for (const [controller, value] of inForce) {
      const isSet = own.some((control) => control.tick === source.startTick && control.controller === controller);
      if (isSet || current.get(controller) === value) continue;
      result.push({ tick: startTick, controller, value });
      current.set(controller, value);
    }
    for (const control of own) {
      result.push({ ...control, tick: control.tick - source.startTick + startTick });
      current.set(control.controller, control.value);
    }
  }
  return byTick(result);
}

function sameButTick<T extends { tick: number }>(a: T, b: T): boolean {
  return JSON.stringify({ ...a, tick: 0 }) === JSON.stringify({ ...b, tick: 0 });
}
