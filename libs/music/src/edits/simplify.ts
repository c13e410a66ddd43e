import { instrument } from '../instruments/instrument';
import type { Note, Score, Track } from '../score/score';
import { barAtTick, barStartTick, beatLengthTicks, meterAt, type TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { rebend } from './rebend';
import { isInside, rangeOf, tracksOf } from './scope';
import { changeTrack, type SongState } from './song-state';

/** Notes within a twelfth of a beat of a place in the bar are played on it. */
const SLACK = 12;
/** Chords keep so many voices. */
const MOST_VOICES = 3;
const SOFTER = 0.93;

/**
 * A scope made plainer: of each track, what stands on beats stays (where that leaves nothing of a bar, what stands on
 * half beats or all of it), chords keep three voices, and all is a little softer. A note that stays lasts until the next
 * one that stays where what filled its time has gone.
 */
export function simplify(state: SongState, edit: EditOf<'simplify'>, field: string): SongState {
  const { score } = state;
  const range = rangeOf(score, edit, field);
  const next = tracksOf(score, edit, field).reduce(
    (current, { id }) => changeTrack(current, id, (track) => plainer(score, track, range)),
    score,
  );
  return rebend(state, { ...state, score: next });
}

function plainer(score: Score, track: Track, range: TickRange): Track {
  const isKit = instrument(track.instrument).isDrumKit;
  const before = track.notes.filter(({ startTick }) => startTick < range.startTick);
  const after = track.notes.filter(({ startTick }) => startTick >= range.endTick);
  const inside = track.notes.filter(({ startTick }) => isInside(range, startTick));
  const bars = new Map<number, Note[]>();
  for (const note of inside) {
    const bar = barAtTick(score, note.startTick);
    bars.set(bar, [...(bars.get(bar) ?? []), note]);
  }
  const kept = [...bars].flatMap(([bar, notes]) => {
    const onGrid = (divisions: number) => notes.filter((note) => isOn(score, note, bar, divisions));
    const found = [onGrid(1), onGrid(2), notes].find((choice) => choice.length > 0) ?? [];
    return isKit ? found : fewerVoices(found);
  });
  const softer = kept.map((note) => ({ ...note, velocity: Math.max(1, Math.round(note.velocity * SOFTER)) }));
  const sustained = isKit ? softer : softer.map((note) => sustain(note, inside, softer, after, range));
  return { ...track, notes: [...before, ...sustained, ...after] };
}

function isOn(score: Score, { startTick }: Note, bar: number, divisions: number): boolean {
  const beat = beatLengthTicks(meterAt(score, startTick));
  const unit = beat / divisions;
  const within = (startTick - barStartTick(score, bar)) % unit;
  return Math.min(within, unit - within) <= beat / SLACK;
}

/** Of notes that begin together the lowest, the highest and the loudest between them. */
function fewerVoices(notes: readonly Note[]): Note[] {
  const grips = new Map<number, Note[]>();
  for (const note of notes) grips.set(note.startTick, [...(grips.get(note.startTick) ?? []), note]);
  return [...grips.values()].flatMap((grip) => {
    const [low, ...upper] = grip;
    const high = upper.pop();
    const [middle] = [...upper].sort((a, b) => b.velocity - a.velocity);
    return grip.length <= MOST_VOICES ? grip : [low, middle, high].filter((note) => note !== undefined);
  });
}

/** A note whose follower has gone lasts until the next one that stays; silence that was there remains. */
function sustain(
  note: Note,
  inside: readonly Note[],
  kept: readonly Note[],
  after: readonly Note[],
  range: TickRange,
): Note {
  const next = inside.find(({ startTick }) => startTick > note.startTick);
  const end = note.startTick + note.durationTicks;
  if (!next || end < next.startTick - SLACK || kept.some(({ startTick }) => startTick === next.startTick)) return note;
  const following = kept.find(({ startTick }) => startTick > note.startTick)?.startTick ?? range.endTick;
  // Never over what was not in the scope.
  const limit = Math.min(following, after[0]?.startTick ?? Infinity, range.endTick);
  return { ...note, durationTicks: Math.max(note.durationTicks, limit - note.startTick) };
}
