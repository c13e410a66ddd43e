import type { Chord, Key, Score } from '../score/score';
import { keyAt } from '../score/timeline';
import { chordScale, chordTones, type ChordTones } from '../theory/chord-tones';
import { STEP_TICKS } from '../theory/meter-grid';
import { modulo12, pitchClass } from '../theory/key';
import { ownScale } from './own-scale';

/** A chord of the Score with its tones and scale. */
export interface HarmonySpan extends ChordTones {
  /** The pitch classes a melody uses over it, in the key then in force. */
  scale: readonly number[];
  /** The pitch classes a melody may rest on: the chord's, and those that the style's scale gives whatever the chord. */
  restful: readonly number[];
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
export function harmonyTimeline(score: Pick<Score, 'chords' | 'keys' | 'style' | 'seed'>): HarmonyTimeline {
  const known = new Map<string, MelodicTones>();
  const read = (chord: Chord): HarmonySpan => {
    const key = keyAt(score, chord.startTick);
    const name = `${chord.symbol} in ${key.tonic} ${key.mode}`;
    const tones = known.get(name) ?? melodicTones(score, key, chordTones(chord.symbol));
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

type MelodicTones = ChordTones & Pick<HarmonySpan, 'scale' | 'restful'>;

function melodicTones(score: Pick<Score, 'style' | 'seed'>, key: Key, chord: ChordTones): MelodicTones {
  const own = ownScale(score.style, score.seed, key.mode);
  if (!own) return { ...chord, scale: chordScale(key, chord), restful: chord.tones };
  const tonic = pitchClass(key.tonic);
  const onTonic = (degrees: readonly number[]) => degrees.map((degree) => modulo12(tonic + degree));
  return {
    ...chord,
    scale: chordScale(key, chord, onTonic(own.degrees)),
    restful: [...new Set([...chord.tones, ...onTonic(own.rests)])],
  };
}
