import type { AgentName, Brief, Fault, Plan } from '@beatbot/music';
import type { Telemetry } from '../telemetry';
import type { Workshop } from '../workshop/workshop';
import type { ScoreCache } from './score-cache';

/** A Score that a graph's state names is neither in this process nor in Redis any more: the composition begins anew. */
export class ScoreLost extends Error {
  override readonly name = 'ScoreLost';

  constructor(hash: string) {
    super(`score ${hash} is no longer cached`);
  }
}

interface Piece {
  brief: Brief;
  plan: Plan;
  scoreHash: string;
}

/** Where agents work: takes Scores by reference, lets the workshop do the work, and gives references back. */
export class Studio {
  constructor(
    readonly workshop: Workshop,
    private readonly cache: ScoreCache,
    private readonly telemetry: Telemetry,
    /** How long Scores of unfinished work are kept. */
    private readonly draftSeconds: number,
  ) {}

  /** @throws ScoreLost */
  async score(hash: string): Promise<Uint8Array> {
    const bytes = await this.cache.score(hash);
    if (!bytes) throw new ScoreLost(hash);
    return bytes;
  }

  /** The hash of the Score with the agent's part. @throws ScoreLost; DomainError INVALID_ARGUMENT */
  async agent(
    agent: AgentName,
    { brief, plan, scoreHash, attempts }: Piece & { attempts: Record<AgentName, number> },
  ): Promise<string> {
    const score = scoreHash === '' ? undefined : await this.score(scoreHash);
    const end = this.telemetry.agentSeconds.startTimer({ agent });
    const made = await this.workshop.run('agent', { agent, brief, plan, attempt: attempts[agent], score });
    end();
    await this.cache.keepScore(made, this.draftSeconds);
    return made.hash;
  }

  /** @throws ScoreLost */
  async criticise({ brief, plan, scoreHash }: Piece): Promise<Fault[]> {
    const score = await this.score(scoreHash);
    const end = this.telemetry.agentSeconds.startTimer({ agent: 'critic' });
    const faults = await this.workshop.run('criticise', { brief, plan, score });
    end();
    return faults;
  }

  /** @throws ScoreLost */
  async quality({ brief, plan, scoreHash }: Piece): Promise<number> {
    return this.workshop.run('quality', { brief, plan, score: await this.score(scoreHash) });
  }

  sentBack(agent: AgentName): void {
    this.telemetry.repairs.inc({ agent });
  }
}
