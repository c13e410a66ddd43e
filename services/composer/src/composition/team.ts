import { setMaxListeners } from 'node:events';
import type { Brief, Controls, Plan } from '@beatbot/music';
import type { BaseCheckpointSaver } from '@langchain/langgraph';
import { Logger } from '@nestjs/common';
import type { AgentNews } from './candidate-graph';
import { ScoreLost, type Studio } from './studio';
import { type FinishedCandidate, GRAPH_VERSION, type Team as TeamStateOf, teamGraph } from './team-graph';

/** Supersteps of a run: far above what agents, critic and repairs of a candidate take. */
const RECURSION_LIMIT = 500;
/**
 * Node warns of a leak at eleven listeners on a signal. LangGraph hangs two for each candidate, and a few more, on signals
 * that it makes for a run and lets nobody reach, and takes them off as nodes end: 19 with eight candidates.
 */
const MAX_LISTENERS = 32;

export interface Assignment {
  brief: Brief;
  plan: Plan;
  candidates: number;
}

/** The graph of agents, run for one request at a time. */
export class Team {
  private readonly log = new Logger('team');
  private readonly short;
  private readonly checkpointed;

  constructor(
    studio: Studio,
    maxRepairs: number,
    private readonly checkpointer: BaseCheckpointSaver,
  ) {
    setMaxListeners(MAX_LISTENERS);
    this.short = teamGraph(studio, maxRepairs);
    this.checkpointed = teamGraph(studio, maxRepairs, checkpointer);
  }

  /** @throws DomainError INVALID_ARGUMENT that names the field */
  async interpret(prompt: string, controls: Controls, seed: number | undefined): Promise<Brief> {
    return (await this.short.invoke({ goal: 'brief', prompt, controls, seed })).brief;
  }

  /** @throws DomainError INVALID_ARGUMENT that names the field */
  async plan(brief: Brief): Promise<Plan> {
    return (await this.short.invoke({ goal: 'plan', brief })).plan;
  }

  /**
   * Composes the candidates and gives the best. A run of the same `key` that was cut off is continued from its last
   * checkpoint, wherever it ran; the checkpoints are deleted at the end.
   */
  async compose(
    key: string,
    assignment: Assignment,
    onNews: (news: AgentNews) => void,
    signal: AbortSignal,
  ): Promise<FinishedCandidate> {
    const thread = `${key}/v${GRAPH_VERSION}`;
    let chosen: FinishedCandidate;
    try {
      chosen = await this.run(thread, assignment, onNews, signal);
    } catch (error) {
      if (!(error instanceof ScoreLost)) throw error;
      this.log.log(`begins anew: ${error.message}`);
      await this.checkpointer.deleteThread(thread);
      chosen = await this.run(thread, assignment, onNews, signal);
    }
    await this.checkpointer.deleteThread(thread);
    return chosen;
  }

  private async run(
    thread: string,
    assignment: Assignment,
    onNews: (news: AgentNews) => void,
    signal: AbortSignal,
  ): Promise<FinishedCandidate> {
    const configurable = { thread_id: thread };
    const { next } = await this.checkpointed.getState({ configurable });
    const input = next.length > 0 ? null : { goal: 'score' as const, ...assignment };
    const stream = await this.checkpointed.stream(input, {
      configurable,
      signal,
      recursionLimit: RECURSION_LIMIT,
      // A step is done once it is written down.
      durability: 'sync',
      streamMode: ['custom', 'values'],
      subgraphs: true,
    });
    let last: Partial<TeamStateOf> = {};
    for await (const [namespace, mode, value] of stream) {
      if (mode === 'custom') onNews(value as AgentNews);
      else if (namespace.length === 0) last = value as TeamStateOf;
    }
    signal.throwIfAborted();
    if (!last.chosen) throw new Error('the team ended without a score');
    return last.chosen;
  }
}
