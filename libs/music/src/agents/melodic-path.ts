import type { Style } from '../styles/style';
import { modulo12 } from '../theory/key';
import { pitchLadder } from '../theory/pitch-ladder';
import { isParallel } from '../theory/voice-leading';
import type { HarmonySpan } from './harmony-timeline';

/** A note of a line whose pitch is to be found. */
export interface WantedNote {
  /** The pitch that the motif asks for. */
  wanted: number;
  chord: HarmonySpan;
  /** How much a tone foreign to the chord hurts here: 0 in passing, 4 where the ear rests. */
  stress: number;
  /** Pitch classes it is confined to, such as a stable tone at the end of a phrase. */
  confinedTo?: readonly number[];
  /** The bass note that begins with it and the one before that, where parallels with them are to be avoided. */
  bass?: readonly [before: number, now: number] | undefined;
}

export interface PathDemand {
  lowest: number;
  highest: number;
  /** The style's weights of repeats, steps, thirds and leaps. */
  intervals: Style['melody']['intervals'];
  /** The pitch that the phrase before ended on. */
  from?: number | undefined;
}

/** Cost of a semitone's distance from the wanted pitch. */
const DISTANCE_COST = 0.3;
/** How much the style's habits count beside the motif. */
const HABIT_STRENGTH = 0.42;
/** Cost of each semitone beyond an octave from where the phrase before ended. */
const ENTRY_COST = 1.5;
/** Cost of leaving a foreign tone other than by step, and of leaping onto one. */
const UNRESOLVED_COST = 4;
const LEAPT_ON_COST = 1.5;
/** Cost of a parallel fifth or octave with the bass. */
const PARALLEL_COST = 8;

/**
 * Pitches for a line: of all ways through the chords' scales the cheapest one (Viterbi's algorithm), where it costs to
 * stray from the motif, to move in intervals that the style uses seldom, to stress a tone foreign to the chord, and to
 * leave such a tone other than by step.
 */
export function melodicPath(notes: readonly WantedNote[], demand: PathDemand): number[] {
  const steps = notes.map((note) => candidates(note, demand));
  const intervalCost = intervalCosts(demand.intervals);
  const entry = ({ pitch }: State) =>
    demand.from === undefined ? 0 : ENTRY_COST * Math.max(0, Math.abs(pitch - demand.from) - 12);
  let paths = (steps[0] ?? []).map((state): Path => ({ state, cost: state.cost + entry(state), before: undefined }));
  steps.slice(1).forEach((states, index) => {
    const bass = notes[index + 1]?.bass;
    paths = states.map((state) => {
      let best: Path | undefined;
      for (const path of paths) {
        const parallel = bass && isParallel([bass[0], path.state.pitch], [bass[1], state.pitch]);
        const cost =
          path.cost + state.cost + moveCost(path.state, state, intervalCost) + (parallel ? PARALLEL_COST : 0);
        if (!best || cost < best.cost) best = { state, cost, before: path };
      }
      return best ?? { state, cost: state.cost, before: undefined };
    });
  });
  let path = paths.length ? paths.reduce((a, b) => (b.cost < a.cost ? b : a)) : undefined;
  const pitches: number[] = [];
  for (; path; path = path.before) pitches.unshift(path.state.pitch);
  return pitches;
}

interface State {
  pitch: number;
  foreign: boolean;
  cost: number;
}

interface Path {
  state: State;
  cost: number;
  before: Path | undefined;
}

function candidates({ wanted, chord, stress, confinedTo }: WantedNote, { lowest, highest }: PathDemand): State[] {
  const nearby = pitchLadder(confinedTo ?? chord.scale, Math.max(lowest, wanted - 7), Math.min(highest, wanted + 7));
  const ladder = nearby.length ? nearby : pitchLadder(confinedTo ?? chord.scale, lowest, highest);
  // A range too small for the tones it is confined to is still sung in.
  const pitches = ladder.length ? ladder : [Math.max(lowest, Math.min(highest, wanted))];
  return pitches.map((pitch) => {
    const foreign = !chord.restful.includes(modulo12(pitch));
    // A semitone above a chord tone grates most.
    const grating = foreign && chord.restful.includes(modulo12(pitch - 1)) ? 0.6 : 0;
    return { pitch, foreign, cost: DISTANCE_COST * Math.abs(pitch - wanted) + (foreign ? stress + grating : 0) };
  });
}

function moveCost(from: State, to: State, intervalCost: readonly number[]): number {
  const size = Math.abs(to.pitch - from.pitch);
  const step = size === 1 || size === 2;
  const known = intervalCost[size] ?? 6 + size / 2;
  return known + (from.foreign && !step ? UNRESOLVED_COST : 0) + (to.foreign && size > 4 ? LEAPT_ON_COST : 0);
}

/** Cost by size in semitones up to the octave: the negative logarithm of how often the style moves so. */
function intervalCosts({ repeat, step, third, leap }: PathDemand['intervals']): number[] {
  const total = repeat + step + third + leap;
  const cost = (weight: number) => -HABIT_STRENGTH * Math.log(weight / total);
  const leaps = [0.2, 2, 0.3, 1, 1, 2.5, 4, 1.5].map((further) => cost(leap) + further);
  return [cost(repeat), cost(step), cost(step), cost(third), cost(third), ...leaps];
}
