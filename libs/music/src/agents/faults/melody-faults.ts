import type { Note } from '../../score/score';
import { STEP_TICKS } from '../../theory/meter-grid';
import { barsText, share, type Fault, type Review } from './fault';

/** An octave and a third: wider leaps within a phrase are not sung. */
const WIDEST_LEAP = 16;
/** The notes of an ornament are no rhythm of their own. */
export const QUICKEST_TICKS = 50;
const MOST_WIDE_SHARE = 0.06;
const MOST_DISSONANT = 0.34;
/** Least share of bars whose rhythm comes more than once. */
const LEAST_RETURNING = 0.3;

/** Leads that leap too wide, clash on strong beats, or never come back to what they said. */
export function melodyFaults(review: Review): Fault[] {
  const leads = review.score.tracks.filter(({ role, notes }) => role === 'lead' && notes.length > 1);
  // Leads take turns: what one says another may say again.
  const tune = leads.flatMap(({ notes }) => notes).sort((a, b) => a.startTick - b.startTick);
  const named = (id: string, faults: readonly Finding[]): Fault[] =>
    faults.flatMap((fault) => (fault ? [{ ...fault, agent: 'melody', trackId: id }] : []));
  return [
    ...leads.flatMap(({ id, notes }) => named(id, [leapFault(notes, review), dissonanceFault(notes, review)])),
    ...leads.slice(0, 1).flatMap(({ id }) => named(id, [repetitionFault(tune, review)])),
  ];
}

type Finding = Pick<Fault, 'fault' | 'bars'> | undefined;

function leapFault(notes: readonly Note[], { frame }: Review): Finding {
  const leaps = notes.slice(1).flatMap((note, index) => {
    const before = notes[index];
    const joined =
      before && note.startTick - (before.startTick + before.durationTicks) < frame.at(note.startTick).barTicks / 2;
    return joined ? [{ size: Math.abs(note.pitch - before.pitch), tick: note.startTick }] : [];
  });
  const widest = leaps.find(({ size }) => size > WIDEST_LEAP);
  const wide = leaps.filter(({ size }) => size > 12);
  if (!widest && share(wide.length, leaps.length) <= MOST_WIDE_SHARE) return undefined;
  const worst = widest ?? wide[0];
  return {
    fault: `leaps ${worst?.size ?? 0} semitones`,
    bars: barsText(frame.barAt(worst?.tick ?? 0)),
  };
}

function dissonanceFault(notes: readonly Note[], { frame, harmony }: Review): Finding {
  const strong = notes.filter(({ startTick }) => {
    const step = frame.withinBar(startTick) / STEP_TICKS;
    return frame.at(startTick).beats.some((beat) => Math.abs(step - beat) < 0.25);
  });
  const clashing = strong.filter(
    ({ startTick, pitch }) => !harmony.at(startTick + STEP_TICKS / 4).restful.includes(pitch % 12),
  );
  if (share(clashing.length, strong.length) <= MOST_DISSONANT) return undefined;
  return {
    fault: `${clashing.length} of ${strong.length} notes on beats are foreign to the chord`,
    bars: barsText(0, frame.totalBars - 1),
  };
}

function repetitionFault(notes: readonly Note[], { frame }: Review): Finding {
  const rhythms = new Map<number, string>();
  for (const { startTick, durationTicks } of notes) {
    if (durationTicks <= QUICKEST_TICKS) continue;
    const bar = frame.barAt(startTick);
    rhythms.set(bar, `${rhythms.get(bar) ?? ''} ${Math.round(frame.withinBar(startTick) / (2 * STEP_TICKS))}`);
  }
  if (rhythms.size < 8) return undefined;
  const counts = new Map<string, number>();
  for (const rhythm of rhythms.values()) counts.set(rhythm, (counts.get(rhythm) ?? 0) + 1);
  const returning = [...rhythms.values()].filter((rhythm) => (counts.get(rhythm) ?? 0) > 1).length;
  if (share(returning, rhythms.size) >= LEAST_RETURNING) return undefined;
  return {
    fault: `only ${returning} of ${rhythms.size} bars have a rhythm that returns`,
    bars: barsText(0, frame.totalBars - 1),
  };
}
