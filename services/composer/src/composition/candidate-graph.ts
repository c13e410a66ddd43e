import {
  AGENT_NAMES,
  type AgentName,
  agentsToRepeat,
  type Brief,
  type Fault,
  faultToMend,
  type Plan,
  type Repair,
} from '@beatbot/music';
import { Annotation, END, type LangGraphRunnableConfig, START, StateGraph } from '@langchain/langgraph';
import type { Studio } from './studio';

/** A version of a candidate: its Score by reference, what was done again, and what the critic still finds. */
export interface Take {
  scoreHash: string;
  repairs: Repair[];
  faults: Fault[];
}

/** What is told while agents work. */
export interface AgentNews {
  agent: string;
  candidate: number;
  detail: string;
}

const CandidateState = Annotation.Root({
  brief: Annotation<Brief>(),
  plan: Annotation<Plan>(),
  candidate: Annotation<number>(),
  /** The Score so far; empty before the first agent. */
  scoreHash: Annotation<string>(),
  /** How often each agent was sent back. */
  attempts: Annotation<Record<AgentName, number>>(),
  /** Who is to work, in order, before the critic looks. */
  queue: Annotation<AgentName[]>(),
  repairs: Annotation<Repair[]>(),
  best: Annotation<Take | undefined>(),
});
export type Candidate = typeof CandidateState.State;
type Update = Partial<Candidate>;

/** A candidate before anyone has worked on it. */
export function newCandidate(brief: Brief, plan: Plan, candidate: number): Candidate {
  return {
    brief,
    plan,
    candidate,
    scoreHash: '',
    attempts: { harmony: 0, rhythm: 0, bass: 0, melody: 0, arranger: 0, mixer: 0 },
    queue: [...AGENT_NAMES],
    repairs: [],
    best: undefined,
  };
}

const WORK: Readonly<Record<AgentName, string>> = {
  harmony: 'writes the chords',
  rhythm: 'writes drums and percussion',
  bass: 'writes the bass',
  melody: 'writes lead and counter lines',
  arranger: 'writes chords, pads and effects',
  mixer: 'sets levels, places and effects',
};

/**
 * One candidate: the agents in turn, then the critic, who sends it back to the agent at fault, at most `maxRepairs` times.
 * The version with the fewest faults is kept. Gives the same Score as `composeScore` of @beatbot/music.
 */
export function candidateGraph(studio: Studio, maxRepairs: number) {
  const agent =
    (name: AgentName) =>
    async (state: Candidate, config: LangGraphRunnableConfig): Promise<Update> => {
      config.signal?.throwIfAborted();
      tell(config, { agent: name, candidate: state.candidate, detail: describe(name, state) });
      const scoreHash = await studio.agent(name, state);
      return { scoreHash, queue: state.queue.slice(1) };
    };

  const critic = async (state: Candidate, config: LangGraphRunnableConfig): Promise<Update> => {
    config.signal?.throwIfAborted();
    const { scoreHash, repairs, attempts } = state;
    tell(config, { agent: 'critic', candidate: state.candidate, detail: 'measures the score against the brief' });
    const faults = await studio.criticise(state);
    const best = state.best && faults.length >= state.best.faults.length ? state.best : { scoreHash, repairs, faults };
    const fault = repairs.length < maxRepairs ? faultToMend(faults) : undefined;
    if (!fault) return { best };
    const attempt = attempts[fault.agent] + 1;
    const detail = `sends it back to ${fault.agent}: ${fault.fault} (bars ${fault.bars})`;
    tell(config, { agent: 'critic', candidate: state.candidate, detail });
    studio.sentBack(fault.agent);
    return {
      best,
      attempts: { ...attempts, [fault.agent]: attempt },
      queue: agentsToRepeat(fault.agent),
      repairs: [...repairs, { agent: fault.agent, fault: fault.fault, bars: fault.bars, attempt }],
    };
  };

  const nextAgent = ({ queue }: Candidate): AgentName | 'critic' => queue[0] ?? 'critic';
  const afterCritic = ({ queue }: Candidate): AgentName | typeof END => queue[0] ?? END;
  const ways = [...AGENT_NAMES, 'critic' as const];
  return new StateGraph(CandidateState)
    .addNode('harmony', agent('harmony'))
    .addNode('rhythm', agent('rhythm'))
    .addNode('bass', agent('bass'))
    .addNode('melody', agent('melody'))
    .addNode('arranger', agent('arranger'))
    .addNode('mixer', agent('mixer'))
    .addNode('critic', critic)
    .addConditionalEdges(START, nextAgent, ways)
    .addConditionalEdges('harmony', nextAgent, ways)
    .addConditionalEdges('rhythm', nextAgent, ways)
    .addConditionalEdges('bass', nextAgent, ways)
    .addConditionalEdges('melody', nextAgent, ways)
    .addConditionalEdges('arranger', nextAgent, ways)
    .addConditionalEdges('mixer', nextAgent, ways)
    .addConditionalEdges('critic', afterCritic, [...AGENT_NAMES, END])
    .compile();
}

export function tell(config: LangGraphRunnableConfig, news: AgentNews): void {
  config.writer?.(news);
}

function describe(name: AgentName, { attempts }: Candidate): string {
  return attempts[name] === 0 ? WORK[name] : `${WORK[name]} again, attempt ${attempts[name] + 1}`;
}
