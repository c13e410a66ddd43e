import { type Brief, candidateBrief, type Controls, type Plan } from '@beatbot/music';
import {
  Annotation,
  type BaseCheckpointSaver,
  END,
  type LangGraphRunnableConfig,
  Send,
  START,
  StateGraph,
} from '@langchain/langgraph';
import { type Candidate, candidateGraph, newCandidate, type Take, tell } from './candidate-graph';
import type { Studio } from './studio';

/** The take a candidate ended with. */
export interface FinishedCandidate extends Take {
  candidate: number;
}

const TeamState = Annotation.Root({
  /** Where the team stops: at the reading, at the plan, or at the Score. */
  goal: Annotation<'brief' | 'plan' | 'score'>(),
  prompt: Annotation<string>(),
  controls: Annotation<Controls>(),
  seed: Annotation<number | undefined>(),
  /** Given, or the interpreter's. */
  brief: Annotation<Brief>(),
  /** Given, or the producer's. */
  plan: Annotation<Plan>(),
  candidates: Annotation<number>(),
  finished: Annotation<FinishedCandidate[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
  chosen: Annotation<FinishedCandidate>(),
});
export type Team = typeof TeamState.State;
type Update = Partial<Team>;

/** Raised when the graphs change, so that no run resumes a checkpoint of other ones. */
export const GRAPH_VERSION = 1;

/**
 * The team: interpreter, producer, then the candidates side by side (each a graph of agents and critic), of which the
 * best is chosen. What is given already is not made again; states hold Scores by reference.
 */
export function teamGraph(studio: Studio, maxRepairs: number, checkpointer?: BaseCheckpointSaver) {
  const candidates = candidateGraph(studio, maxRepairs);

  const interpreter = async ({ prompt, controls, seed }: Team): Promise<Update> => ({
    brief: await studio.workshop.run('interpret', { prompt, controls, seed }),
  });

  const producer = async ({ brief }: Team): Promise<Update> => ({ plan: await studio.workshop.run('plan', { brief }) });

  const candidate = async (begin: Candidate, config: LangGraphRunnableConfig): Promise<Update> => {
    const { best } = await candidates.invoke(begin, config);
    if (!best) throw new Error(`candidate ${begin.candidate} ended without a score`);
    return { finished: [{ ...best, candidate: begin.candidate }] };
  };

  const choose = async ({ brief, plan, finished }: Team, config: LangGraphRunnableConfig): Promise<Update> => {
    const ordered = [...finished].sort((a, b) => a.candidate - b.candidate);
    const [first] = ordered;
    if (!first) throw new Error('no candidate was finished');
    if (ordered.length === 1) return { chosen: first };
    const qualities = await Promise.all(
      ordered.map(({ candidate: number, scoreHash }) =>
        studio.quality({ brief: candidateBrief(brief, number), plan, scoreHash }),
      ),
    );
    const chosen = ordered[qualities.indexOf(Math.max(...qualities))] ?? first;
    const detail = `keeps candidate ${chosen.candidate + 1} of ${ordered.length}`;
    tell(config, { agent: 'critic', candidate: chosen.candidate, detail });
    return { chosen };
  };

  const fanOut = ({ brief, plan, candidates: count }: Team): Send[] =>
    Array.from({ length: count }, (_, number) => {
      return new Send('candidate', newCandidate(candidateBrief(brief, number), plan, number));
    });
  const afterPlan = (state: Team) => (state.goal === 'plan' ? END : fanOut(state));
  const afterBrief = (state: Team) => (state.goal === 'brief' ? END : state.plan ? fanOut(state) : 'producer');
  const begin = (state: Team) => (state.brief ? afterBrief(state) : 'interpreter');

  return new StateGraph(TeamState)
    .addNode('interpreter', interpreter)
    .addNode('producer', producer)
    .addNode('candidate', candidate)
    .addNode('choose', choose)
    .addConditionalEdges(START, begin, ['interpreter', 'producer', 'candidate', END])
    .addConditionalEdges('interpreter', afterBrief, ['producer', 'candidate', END])
    .addConditionalEdges('producer', afterPlan, ['candidate', END])
    .addEdge('candidate', 'choose')
    .addEdge('choose', END)
    .compile({ checkpointer });
}
