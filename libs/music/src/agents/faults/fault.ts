import type { Brief } from '../../brief/brief';
import type { Plan } from '../../plan/plan';
import type { Role, Score } from '../../score/score';
import type { AgentName } from '../agent';
import type { HarmonyTimeline } from '../harmony-timeline';
import type { SongFrame } from '../song-frame';

/** Something the critic finds wrong, and whose work it is; `bars` counts from 1 (`9`, `9-12`). */
export interface Fault {
  agent: AgentName | 'producer';
  fault: string;
  bars: string;
  trackId?: string;
}

/** What the critic looks at. */
export interface Review {
  brief: Brief;
  plan: Plan;
  score: Score;
  frame: SongFrame;
  harmony: HarmonyTimeline;
}

/** Who writes the notes of a role. */
export const AGENT_OF_ROLE: Readonly<Record<Role, AgentName>> = {
  drums: 'rhythm',
  percussion: 'rhythm',
  bass: 'bass',
  chords: 'arranger',
  pad: 'arranger',
  fx: 'arranger',
  lead: 'melody',
  counter: 'melody',
};

/** Bars `first` to `last`, both counted from 0, as a person counts them. */
export function barsText(first: number, last = first): string {
  return first === last ? `${first + 1}` : `${first + 1}-${last + 1}`;
}

/** The share `part` has of `whole`, 0 where there is nothing. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
