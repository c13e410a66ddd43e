import { BaseCheckpointSaver, END, interrupt, isInterrupted, START, StateGraph } from '@langchain/langgraph';
import { Plan } from '@beatbot/contracts/music/v1/brief';
import { toDomainError } from '@beatbot/service-kit';
import { Production, ProductionState, ProductionUpdate } from './production-state';
import { remedyOf } from './with-retries';

/** The steps of a production. Each is repeatable: its results are addressed by what they are made from. */
export interface ProductionSteps {
  interpret(state: Production): Promise<ProductionUpdate>;
  plan(state: Production): Promise<ProductionUpdate>;
  /** The plan to go on with; undefined while a person has to be asked. */
  approvedPlan(state: Production): Plan | undefined;
  compose(state: Production): Promise<ProductionUpdate>;
  revise(state: Production): Promise<ProductionUpdate>;
  render(state: Production): Promise<ProductionUpdate>;
  publish(state: Production): Promise<ProductionUpdate>;
}

/** Raised when the graph's steps change, so that no run resumes a checkpoint of other steps. */
const GRAPH_VERSION = 1;

/** `published`, or the plan that waits for a yes. */
export type ProductionResult = { published: true } | { waitingPlan: Plan };

/**
 * A song: interpret, plan, approve, compose, render, publish. A revision: revise, render, publish.
 * Goes on after the last step that a checkpoint of the job knows, or begins anew where there is none.
 * @throws what a step throws
 */
export async function produce(
  jobId: string,
  kind: Production['kind'],
  steps: ProductionSteps,
  checkpointer: BaseCheckpointSaver,
): Promise<ProductionResult> {
  const graph = productionGraph(steps, checkpointer);
  const config = { configurable: { thread_id: threadOf(jobId) }, durability: 'sync' as const };
  const begin = async (): Promise<Production> => {
    await forget(jobId, checkpointer);
    return graph.invoke({ kind }, config);
  };
  const resume = (): Promise<Production> =>
    graph.invoke(null, config).catch((error: unknown) => {
      const failure = toDomainError(error);
      // What a checkpoint names may be gone from the object store by now.
      if (remedyOf(failure) !== 'give-up' || failure.reason === 'WORKER_DIED') throw error;
      return begin();
    });
  const { next } = await graph.getState(config);
  const production = await (next.length > 0 ? resume() : begin());
  return isInterrupted(production) ? { waitingPlan: production.plan } : { published: true };
}

/** Forgets a production's checkpoints. */
export function forget(jobId: string, checkpointer: BaseCheckpointSaver): Promise<void> {
  return checkpointer.deleteThread(threadOf(jobId));
}

function threadOf(jobId: string): string {
  return `job/${jobId}/v${GRAPH_VERSION}`;
}

function productionGraph(steps: ProductionSteps, checkpointer: BaseCheckpointSaver) {
  return new StateGraph(ProductionState)
    .addNode('interpret', (state) => steps.interpret(state))
    .addNode('make-plan', (state) => steps.plan(state))
    .addNode('approve', (state) => {
      const plan = steps.approvedPlan(state);
      if (!plan) interrupt('the plan waits for a yes');
      return { plan };
    })
    .addNode('compose', (state) => steps.compose(state))
    .addNode('revise', (state) => steps.revise(state))
    .addNode('render', (state) => steps.render(state))
    .addNode('publish', (state) => steps.publish(state))
    .addConditionalEdges(START, ({ kind }) => (kind === 'song' ? 'interpret' : 'revise'), ['interpret', 'revise'])
    .addEdge('interpret', 'make-plan')
    .addEdge('make-plan', 'approve')
    .addEdge('approve', 'compose')
    .addEdge('compose', 'render')
    .addEdge('revise', 'render')
    .addEdge('render', 'publish')
    .addEdge('publish', END)
    .compile({ checkpointer });
}
