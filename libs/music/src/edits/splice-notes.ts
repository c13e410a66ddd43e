import { playableNotes } from '../agents/performance';
import type { Instrument } from '../instruments/instrument';
import type { Note } from '../score/score';
import type { TickRange } from '../score/timeline';

/** Shortest note that is worth keeping when another one leaves it less room, in ticks (a 64th note). */
const SHORTEST_TICKS = 30;

/**
 * The notes of a track with those that begin inside a range replaced. All others stay as they are; new notes give way to
 * them: they begin when an old one on their pitch (or any, where the instrument has one voice) has ended, and end with
 * the range, or (`ringOut`) where an old one after it begins that they would meet.
 */
export function spliceNotes(
  old: readonly Note[],
  written: readonly Note[],
  range: TickRange,
  player: Instrument,
  { ringOut = false }: { ringOut?: boolean } = {},
): Note[] {
  const inside = ({ startTick }: Note) => startTick >= range.startTick && startTick < range.endTick;
  const before = old.filter(({ startTick }) => startTick < range.startTick);
  const after = old.filter(({ startTick }) => startTick >= range.endTick);
  const ringing = before.filter((note) => note.startTick + note.durationTicks > range.startTick);
  const meets = (a: Note) => (b: Note) => !player.polyphonic || a.pitch === b.pitch;
  const lastTick = (note: Note) => (ringOut ? (after.find(meets(note))?.startTick ?? Infinity) : range.endTick);
  const fitted = written.filter(inside).flatMap((note) => {
    const blocking = ringing.filter(meets(note));
    const free = blocking.reduce(
      (tick, other) => Math.max(tick, other.startTick + other.durationTicks),
      note.startTick,
    );
    const end = Math.min(note.startTick + note.durationTicks, lastTick(note));
    if (end - free < Math.min(SHORTEST_TICKS, note.durationTicks)) return [];
    return [{ ...note, startTick: free, durationTicks: end - free }];
  });
  return [...before, ...playableNotes(fitted, player, ringOut ? Infinity : range.endTick), ...after];
}
