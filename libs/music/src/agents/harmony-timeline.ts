import type { Chord, Score } from '../score/score';
import { chordTones, type ChordTones } from '../theory/chord-tones';
import { STEP_TICKS } from '../theory/meter-grid';

/** A chord of the Score with its tones. */
export interface HarmonySpan extends ChordTones {
  startTick: number;
  endTick: number;
  symbol: string;
}

/** The chords of a Score, ready to be asked for by tick. */
export interface HarmonyTimeline {
  spans: readonly HarmonySpan[];
  at(tick: number): HarmonySpan;
  /** The chord after the one at `tick`; the same one where it is the last. */
  after(tick: number): HarmonySpan;
}

/** Reads the chords of a Score, which must cover it. @throws RangeError where there are none. */
export function harmonyTimeline(score: Pick<Score, 'chords'>): HarmonyTimeline {
  const known = new Map<string, ChordTones>();
  const read = (chord: Chord): HarmonySpan => {
    const tones = known.get(chord.symbol) ?? chordTones(chord.symbol);
    known.set(chord.symbol, tones);
    return {
      ...tones,
      symbol: chord.symbol,
      startTick: chord.startTick,
      endTick: chord.startTick + chord.durationTicks,
    };
  };
  const spans = score.chords.map(read);
  const last = spans[spans.length - 1];
  if (!last) throw new RangeError('the Score has no chords: the harmony agent works before all others');
  const byStep = spans.flatMap((span, index) =>
    Array.from({ length: Math.round((span.endTick - span.startTick) / STEP_TICKS) }, () => index),
  );
  const indexAt = (tick: number) => byStep[Math.floor(tick / STEP_TICKS)] ?? spans.length - 1;
  return {
    spans,
    at: (tick) => spans[indexAt(tick)] ?? last,
    after: (tick) => spans[indexAt(tick) + 1] ?? last,
  };
}
