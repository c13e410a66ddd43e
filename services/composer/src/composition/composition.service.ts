import { AGENT_NAMES, type Brief, type EditInput, type Plan, type Repair } from '@beatbot/music';
import { CallContext, DomainError } from '@beatbot/service-kit';
import type { Telemetry } from '../telemetry';
import type { Workshop } from '../workshop/workshop';
import type { AgentNews } from './candidate-graph';
import type { AgentProgress, Composition } from './composition';
import { hashOf } from './hash-of';
import type { ObjectStore } from './object-store';
import { scoreAssets } from './score-assets';
import type { ScoreCache } from './score-cache';
import { type Report, SharedWork } from './shared-work';
import type { Assignment, Team } from './team';

/** A Score of the longest song is far smaller. */
const MAX_SCORE_BYTES = 64 * 1024 * 1024;
/** Each candidate: the agents and the critic. */
const STEPS = AGENT_NAMES.length + 1;
/** What the agents' work takes of a call, in percent; the rest is publishing. */
const AGENTS_PERCENT = 90;
const PUBLISH_PERCENT = 95;
const RETRY_AFTER_MS = 1000;

export interface CompositionLimits {
  maxCompositions: number;
  defaultCandidates: number;
  cacheSeconds: number;
}

/** What a caller of a composition sees: agents at work, then the result. */
export type CompositionReport = Report<AgentProgress, Composition>;

/** A change of a Score: by edits, or by a sentence; by neither, the Score as it is. */
export interface Change {
  edits: EditInput[];
  instruction: string;
}

interface CachedComposition {
  scoreHash: string;
  repairs: Repair[];
}

/** Composes and revises: looks into the caches, shares equal work, lets the team work, and publishes for the owner. */
export class CompositionService {
  private readonly shared = new SharedWork<AgentProgress, Composition>();

  constructor(
    private readonly team: Team,
    private readonly workshop: Workshop,
    private readonly cache: ScoreCache,
    private readonly objects: ObjectStore,
    private readonly telemetry: Telemetry,
    private readonly limits: CompositionLimits,
  ) {}

  /**
   * @param candidates 0 for the usual number, which is 1 where the seed is stated
   * @throws DomainError RESOURCE_EXHAUSTED, with the time to retry, where too many compositions run
   */
  compose(brief: Brief, plan: Plan, candidates: number, context: CallContext): AsyncGenerator<CompositionReport> {
    // A stated seed asks for the song of that seed, not for the best of several.
    const usual = brief.seed.provenance === 'stated' ? 1 : this.limits.defaultCandidates;
    const assignment = { brief, plan, candidates: candidates || usual };
    const key = hashOf(assignment);
    return this.published(`compose/${key}`, context, (report, signal) => this.made(key, assignment, report, signal));
  }

  /** @throws DomainError NOT_FOUND for an unknown Score; INVALID_ARGUMENT that names the edit and field, or what a sentence can say */
  revise(
    scoreKey: string,
    brief: Brief,
    plan: Plan,
    { edits, instruction }: Change,
    context: CallContext,
  ): AsyncGenerator<CompositionReport> {
    // A Score is its owner's: only the owner's own equal requests share work.
    const key = hashOf([context.owner, scoreKey, brief, plan, edits, instruction]);
    return this.published(`revise/${key}`, context, async (report, signal) => {
      const detached = detachedContext(context, signal);
      const detail = instruction === '' ? `applies ${counted(edits.length)}` : 'reads what to change';
      report({ agent: instruction === '' ? 'producer' : 'interpreter', percent: 5, detail });
      const score = await this.objects.get(scoreKey, MAX_SCORE_BYTES, detached);
      const revised = await this.workshop.run('revise', { brief, plan, score, edits, instruction });
      signal.throwIfAborted();
      report({ agent: 'critic', percent: 60, detail: 'measures the revision against the brief' });
      const finished = await this.finished(revised.brief, revised.plan, revised.bytes, []);
      const { receipt } = finished;
      return {
        ...finished,
        edits: revised.edits,
        receipt: {
          ...receipt,
          notUnderstood: [...receipt.notUnderstood, ...revised.notUnderstood],
          remarks: [...receipt.remarks, ...revised.notDone.map((reason) => `not done: ${reason}`)],
        },
      };
    });
  }

  /** Shares the work and, when it is done, stores its files for this caller's owner. */
  private async *published(
    key: string,
    context: CallContext,
    work: (report: (progress: AgentProgress) => void, signal: AbortSignal) => Promise<Composition>,
  ): AsyncGenerator<CompositionReport> {
    if (!this.shared.has(key) && this.shared.size >= this.limits.maxCompositions) {
      throw new DomainError('RESOURCE_EXHAUSTED', `${this.limits.maxCompositions} compositions run already`, {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    for await (const report of this.shared.join(key, context.signal, work)) {
      if ('result' in report) {
        yield { progress: { agent: '', percent: PUBLISH_PERCENT, detail: 'stores score, MIDI and MusicXML' } };
        await Promise.all(report.result.assets.map((asset) => this.objects.put(asset, context)));
      }
      yield report;
    }
  }

  private async made(
    key: string,
    assignment: Assignment,
    report: (progress: AgentProgress) => void,
    signal: AbortSignal,
  ): Promise<Composition> {
    const { brief, plan } = assignment;
    const known = await this.cache.result<CachedComposition>(`composition:${key}`);
    const score = known && (await this.cache.score(known.scoreHash));
    this.telemetry.cacheReads.inc({ cache: 'composition', outcome: score ? 'hit' : 'miss' });
    if (known && score) {
      report({ agent: 'critic', percent: AGENTS_PERCENT, detail: 'remembers this very song' });
      return this.finished(brief, plan, score, known.repairs);
    }
    const chosen = await this.team.compose(key, assignment, inPercent(assignment, report), signal);
    const bytes = await this.cache.score(chosen.scoreHash);
    if (!bytes) throw new DomainError('UNAVAILABLE', 'the score was lost; try again', { retryAfterMs: RETRY_AFTER_MS });
    const { scoreHash, repairs } = chosen;
    const { cacheSeconds } = this.limits;
    await this.cache.keepScore({ hash: scoreHash, bytes }, cacheSeconds);
    await this.cache.keep(`composition:${key}`, { scoreHash, repairs } satisfies CachedComposition, cacheSeconds);
    return this.finished(brief, plan, bytes, repairs);
  }

  private async finished(brief: Brief, plan: Plan, score: Uint8Array, repairs: Repair[]): Promise<Composition> {
    const finished = await this.workshop.run('finish', { brief, score, repairs });
    const { hash, receipt, trackHashes, sectionHashes, durationMs } = finished;
    return {
      brief,
      plan,
      receipt,
      scoreHash: hash,
      assets: scoreAssets(finished),
      trackHashes,
      sectionHashes,
      durationMs,
      edits: [],
    };
  }
}

function counted(edits: number): string {
  return `${edits} ${edits === 1 ? 'edit' : 'edits'}`;
}

/** News with the candidate's number, where there are several, and how far the whole has come. */
function inPercent({ candidates }: Assignment, report: (progress: AgentProgress) => void): (news: AgentNews) => void {
  let steps = 0;
  return ({ agent, candidate, detail }) => {
    steps += 1;
    report({
      agent,
      percent: Math.min(AGENTS_PERCENT, Math.floor((AGENTS_PERCENT * steps) / (candidates * STEPS + 1))),
      detail: candidates > 1 ? `candidate ${candidate + 1}: ${detail}` : detail,
    });
  };
}

/** The caller's context for work that others may share: it ends with the work, not with the caller. */
function detachedContext({ requestId, ownerIfAny, traceparent }: CallContext, signal: AbortSignal): CallContext {
  const context = new CallContext(requestId, undefined, ownerIfAny, traceparent);
  signal.addEventListener('abort', () => context.cancel(), { once: true });
  return context;
}
