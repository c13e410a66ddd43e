import { PPQ, type Score } from '../score/score';
import { keyAt } from '../score/timeline';
import { chordTones } from '../theory/chord-tones';
import { pitchClass } from '../theory/key';
import { pitchedNotes } from './sounding-tracks';

/** How the music ends. */
export interface Cadence {
  /** The last chord's symbol. */
  chord: string;
  /** Its root is the tonic. */
  tonicChord: boolean;
  /** The lowest pitch sounding as the last chord begins is the tonic. */
  tonicBass: boolean;
}

/** A bass note may come this much after the chord (humanised timing) and still be its bass. */
const TOLERANCE_TICKS = PPQ / 4;

/** The ending of a Score, or undefined where it has no chord or nothing sounds with the last one. */
export function measureCadence(score: Pick<Score, 'chords' | 'keys' | 'tracks'>): Cadence | undefined {
  const chord = score.chords.at(-1);
  if (!chord) return undefined;
  const tonic = pitchClass(keyAt(score, chord.startTick).tonic);
  const pitches = pitchedNotes(score)
    .filter(
      ({ startTick, durationTicks }) =>
        startTick < chord.startTick + TOLERANCE_TICKS &&
        startTick + durationTicks > chord.startTick + TOLERANCE_TICKS / 2,
    )
    .map((note) => note.pitch);
  if (pitches.length === 0) return undefined;
  return {
    chord: chord.symbol,
    tonicChord: chordTones(chord.symbol).root === tonic,
    tonicBass: Math.min(...pitches) % 12 === tonic,
  };
}
