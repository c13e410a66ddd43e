import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Score } from '../score/score';

/** The agents that write into a Score, in the order in which they work. */
export const AGENT_NAMES = ['harmony', 'rhythm', 'bass', 'melody', 'arranger', 'mixer'] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** What an agent is given. `attempt` is 0 at first and counts the critic's returns; it is part of the random stream's path. */
export interface AgentInput {
  brief: Brief;
  plan: Plan;
  score: Score;
  attempt: number;
}

/** A pure function from the score so far to the score with its part added; the same input gives the same score. */
export type Agent = (input: AgentInput) => Score;
