import type { Score } from '../score/score';
import type { SongFrame } from './song-frame';

/** The bass as a melody meets it: the pitch that begins at about a tick and the one before it; undefined where none begins. */
export type BassUnder = (tick: number) => readonly [before: number, now: number] | undefined;

/** Notes of two parts that begin this close together, in ticks, begin at once; humanising moves them less. */
const AT_ONCE_TICKS = 30;
/** A pause longer than this, in ticks, parts two notes of a line. */
const PAUSE_TICKS = 960;

/** The bass to lead a melody around, where the style forbids parallel fifths and octaves. */
export function bassUnder(score: Pick<Score, 'tracks'>, frame: SongFrame): BassUnder | undefined {
  if (frame.style.harmony.parallels !== 'avoided') return undefined;
  const notes = score.tracks.filter(({ role }) => role === 'bass').flatMap((track) => track.notes);
  const byTick = new Map<number, readonly [number, number]>();
  notes.forEach((note, index) => {
    const before = notes[index - 1];
    const joined = before && note.startTick - before.startTick - before.durationTicks < PAUSE_TICKS;
    if (joined) byTick.set(Math.round(note.startTick / AT_ONCE_TICKS), [before.pitch, note.pitch]);
  });
  return (tick) => {
    const slot = Math.round(tick / AT_ONCE_TICKS);
    return byTick.get(slot) ?? byTick.get(slot - 1) ?? byTick.get(slot + 1);
  };
}
