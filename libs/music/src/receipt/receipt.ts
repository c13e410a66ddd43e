import type { Provenance } from '../brief/brief';

/** One demand, what was asked, what was measured and how.  */
export interface Demand {
  /** Stable name: `key`, `tempo`, `meter`, `bars`, `form`, `instrument`, `excluded`, `progression`, `range`, `loudness`, `true-peak`, `duration`, ... */
  demand: string;
  source: Provenance;
  asked: string;
  measured: string;
  how: string;
  met: boolean;
}

/** A general measure of the music or the sound, by name and unit. */
export interface Measure {
  name: string;
  value: number;
  unit: string;
}

/** What an agent did again because the critic found fault. */
export interface Repair {
  agent: string;
  fault: string;
  bars: string;
  attempt: number;
}

/** What an agent chose and why, in a sentence or two. */
export interface Explanation {
  agent: string;
  text: string;
}

/** Demand by demand: asked, measured, met or not. */
export interface Receipt {
  demands: Demand[];
  measures: Measure[];
  repairs: Repair[];
  /** Texts of the prompt that no rule understood. */
  notUnderstood: string[];
  /** Sentences on contradictions, stand-ins and choices made. */
  remarks: string[];
  /** In the order in which the agents worked. */
  explanations: Explanation[];
}
