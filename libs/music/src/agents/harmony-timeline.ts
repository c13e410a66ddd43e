import type { Chord, Key, Score } from '../score/score';
import { keyAt } from '../score/timeline';
import { chordScale, chordTones, type ChordTones } from '../theory/chord-tones';
import { STEP_TICKS } from '../theory/meter-grid';

/** A chord of the Score with its tones and scale. */
export interface HarmonySpan extends ChordTones {
  /** The pitch classes a melody uses over it, in the key then in force. */
  scale: readonly number[];
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
export function harmonyTimeline(score: Pick<Score, 'chords' | 'keys'>): HarmonyTimeline {
  const known = new Map<string, ChordTones & Pick<HarmonySpan, 'scale'>>();
  const read = (chord: Chord): HarmonySpan => {
    const key = keyAt(score, chord.startTick);
    const name = `${chord.symbol} in ${key.tonic} ${key.mode}`;
    const tones = known.get(name) ?? inKey(key, chordTones(chord.symbol));
    known.set(name, tones);
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

function inKey(key: Key, tones: ChordTones): ChordTones & Pick<HarmonySpan, 'scale'> {
  return { ...tones, scale: chordScale(key, tones) };
}
