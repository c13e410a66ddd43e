import type { Brief, Controls, Plan } from '@beatbot/music';
import { hashOf } from '../composition/hash-of';
import type { ScoreCache } from '../composition/score-cache';
import type { Team } from '../composition/team';
import type { Telemetry } from '../telemetry';

/** Reads prompts and plans songs. */
export class BriefsService {
  constructor(
    private readonly team: Team,
    private readonly cache: ScoreCache,
    private readonly telemetry: Telemetry,
    private readonly cacheSeconds: number,
  ) {}

  /** @throws DomainError INVALID_ARGUMENT that names field, value and what is allowed */
  async interpret(prompt: string, controls: Controls, seed: number | undefined): Promise<Brief> {
    const key = `brief:${hashOf([prompt, controls, seed])}`;
    const known = await this.cache.result<Brief>(key);
    this.telemetry.cacheReads.inc({ cache: 'brief', outcome: known ? 'hit' : 'miss' });
    if (known) return known;
    const brief = await this.team.interpret(prompt, controls, seed);
    await this.cache.keep(key, brief, this.cacheSeconds);
    return brief;
  }

  /** @throws DomainError INVALID_ARGUMENT that names field, value and what is allowed */
  plan(brief: Brief): Promise<Plan> {
    return this.team.plan(brief);
  }
}
