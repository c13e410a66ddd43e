import type { Instrument } from '../instruments/instrument';
import type { Note } from '../score/score';
import { pitchLadder } from '../theory/pitch-ladder';
import { isParallel } from '../theory/voice-leading';
import type { HarmonyTimeline } from './harmony-timeline';

/** Notes of two parts that begin this close together, in ticks, begin at once. */
const AT_ONCE_TICKS = 30;
/** How far a note may go out of the way, in semitones. */
const FARTHEST = 7;

/**
 * A line led around parallel fifths and octaves with the others: a note that would make one goes to the nearest tone of
 * its chord that makes none; it stays where there is none.
 */
export function withoutParallels(
  line: readonly Note[],
  others: readonly (readonly Note[])[],
  { harmony, player }: { harmony: HarmonyTimeline; player: Instrument },
): Note[] {
  const places = others.map(() => 0);
  const led: Note[] = [];
  for (const note of line) {
    const before = led.at(-1);
    const moves = others.flatMap((other, index): (readonly [number, number])[] => {
      let at = places[index] ?? 0;
      while ((other[at]?.startTick ?? Infinity) < note.startTick - AT_ONCE_TICKS) at++;
      places[index] = at;
      const [from, to] = [other[at - 1], other[at]];
      const atOnce = to !== undefined && to.startTick <= note.startTick + AT_ONCE_TICKS;
      return from && atOnce ? [[from.pitch, to.pitch]] : [];
    });
    const clashes = (pitch: number) =>
      before !== undefined && moves.some(([from, to]) => isParallel([from, before.pitch], [to, pitch]));
    led.push(clashes(note.pitch) ? { ...note, pitch: freePitch(note, clashes, harmony, player) } : note);
  }
  return led;
}

function freePitch(
  { startTick, pitch }: Note,
  clashes: (pitch: number) => boolean,
  harmony: HarmonyTimeline,
  { lowestPitch, highestPitch }: Instrument,
): number {
  const { restful } = harmony.at(startTick + AT_ONCE_TICKS);
  const ladder = pitchLadder(restful, Math.max(lowestPitch, pitch - FARTHEST), Math.min(highestPitch, pitch + FARTHEST));
  const free = ladder.filter((candidate) => candidate !== pitch && !clashes(candidate));
  return free.length ? free.reduce((a, b) => (Math.abs(b - pitch) < Math.abs(a - pitch) ? b : a)) : pitch;
} // prettier-ignore
