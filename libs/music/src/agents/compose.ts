import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Repair } from '../receipt/receipt';
import type { Score } from '../score/score';
import { AGENT_NAMES, type Agent, type AgentName } from './agent';
import { arranger } from './arranger';
import { bass } from './bass';
import { candidateSeed } from './candidate-seed';
import { criticise } from './critic';
import { emptyScore } from './empty-score';
import { explain, type Explanation } from './explain';
import type { Fault } from './faults/fault';
import { harmony } from './harmony';
import { melody } from './melody';
import { mixer } from './mixer';
import { rhythm } from './rhythm';

/** The agents by name. Each replaces only what it wrote itself, so any of them may work again on a finished Score. */
export const AGENTS: Readonly<Record<AgentName, Agent>> = { harmony, rhythm, bass, melody, arranger, mixer };

/** Whose work rests on whose. */
const DEPENDENTS: Readonly<Record<AgentName, readonly AgentName[]>> = {
  harmony: ['rhythm', 'bass', 'melody', 'arranger'],
  rhythm: ['bass'],
  bass: [],
  melody: [],
  arranger: [],
  mixer: [],
};

/** An agent and those whose work rests on its own, in working order: who works again when it does. */
export function agentsToRepeat(agent: AgentName): AgentName[] {
  return AGENT_NAMES.filter((name) => name === agent || DEPENDENTS[agent].includes(name));
}

/** The fault to mend first: that of the agent who works first, since others rest on it; undefined where no agent can mend any. */
export function faultToMend(faults: readonly Fault[]): (Fault & { agent: AgentName }) | undefined {
  const mendable = faults.filter((fault): fault is Fault & { agent: AgentName } => fault.agent !== 'producer');
  return mendable.sort((a, b) => AGENT_NAMES.indexOf(a.agent) - AGENT_NAMES.indexOf(b.agent))[0];
}

/** The Brief with the seed of one of its candidates. */
export function candidateBrief(brief: Brief, candidate: number): Brief {
  return { ...brief, seed: { ...brief.seed, value: candidateSeed(brief.seed.value, candidate) } };
}

export interface ComposeOptions {
  /** How often the critic may return the score, at most. */
  maxRepairs?: number;
  /** Who works in the place of whom; the agents of this library unless given. */
  agents?: Readonly<Record<AgentName, Agent>>;
}

export interface Composition {
  score: Score;
  /** What was done again, in order. */
  repairs: Repair[];
  /** What the critic still finds. */
  faults: Fault[];
  /** What each agent chose and why, in words. */
  explanations: Explanation[];
}

/**
 * Composes a Score: every agent in turn, then the critic, who returns it to the agent at fault at most `maxRepairs`
 * times; the version with the fewest faults is kept. Equal input gives equal bytes.
 */
export function composeScore(
  brief: Brief,
  plan: Plan,
  { maxRepairs = 3, agents = AGENTS }: ComposeOptions = {},
): Composition {
  const attempts: Record<AgentName, number> = { harmony: 0, rhythm: 0, bass: 0, melody: 0, arranger: 0, mixer: 0 };
  const run = (score: Score, names: readonly AgentName[]) =>
    names.reduce((current, name) => agents[name]({ brief, plan, score: current, attempt: attempts[name] }), score);
  let score = run(emptyScore(brief, plan), AGENT_NAMES);
  let best: Omit<Composition, 'explanations'> = { score, repairs: [], faults: criticise(brief, plan, score) };
  let faults = best.faults;
  const repairs: Repair[] = [];
  while (repairs.length < maxRepairs) {
    const fault = faultToMend(faults);
    if (!fault) break;
    attempts[fault.agent]++;
    repairs.push({ agent: fault.agent, fault: fault.fault, bars: fault.bars, attempt: attempts[fault.agent] });
    score = run(score, agentsToRepeat(fault.agent));
    faults = criticise(brief, plan, score);
    if (faults.length < best.faults.length) best = { score, repairs: [...repairs], faults };
  }
  return { ...best, explanations: explain(brief, plan, best) };
}
