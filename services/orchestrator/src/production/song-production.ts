import { AgentProgress, ComposeResult } from '@beatbot/contracts/composer/v1/composer';
import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Edit } from '@beatbot/contracts/music/v1/edit';
import { Approval, RevisionRequest, SongRequest } from '@beatbot/contracts/music/v1/job';
import { Asset, AssetKind } from '@beatbot/contracts/music/v1/song';
import { DomainError, toDomainError } from '@beatbot/service-kit';
import { Telemetry } from '../telemetry';
import { assembleRevision, completeReceipt, receiptFile } from './assemble-revision';
import { asksForUndo } from '../jobs/asks-for-undo';
import { Composer } from './composer';
import { findUndone } from './find-undone';
import { JobRun } from './job-run';
import { ProductionSteps } from './production-graph';
import { Deliverables, Production, ProductionUpdate } from './production-state';
import { Renderer } from './renderer';
import { SongLibrary } from './song-library';
import { lostAtWork } from './read-making';
import { SuspectTurns } from './suspect-turns';
import { withRetries } from './with-retries';

export interface StepLimits {
  /** Limit of a short call. */
  callMs: number;
  composeMs: number;
  renderMs: number;
  /** How long a step waits for a service that is away or full. */
  retryMs: number;
  /** A job for which workers, composers or renderers died this often fails. */
  maxAttempts: number;
}

/** The services that a production is made with. */
export interface Makers {
  composer: Composer;
  renderer: Renderer;
  library: SongLibrary;
}

const STEP_TRIES = 3;
const DEFAULT_FORMATS = ['wav', 'mp3'];
const DEFAULT_STEM_FORMAT = 'wav';
/** Where each stage begins, in percent of the job. */
const BEGINS = { interpret: 0, plan: 3, compose: 5, render: 25, publish: 95 };
const END_PERCENT = 100;

type Stage = keyof typeof BEGINS;

/** The production graph's steps for one run of a job. */
export class SongProduction implements ProductionSteps {
  constructor(
    private readonly run: JobRun,
    private readonly makers: Makers,
    private readonly limits: StepLimits,
    private readonly telemetry: Telemetry,
    private readonly suspects: SuspectTurns,
  ) {}

  interpret(): Promise<ProductionUpdate> {
    const { prompt, controls, seed, formats, stemFormat } = this.songRequest();
    const deliverables = {
      formats: formats.length > 0 ? formats : DEFAULT_FORMATS,
      stemFormat: stemFormat || DEFAULT_STEM_FORMAT,
    };
    return this.step('interpret', 'interpreter', 'reads the prompt', async () => {
      const call = this.run.call(this.limits.callMs);
      return { brief: await this.makers.composer.interpret({ prompt, controls, seed }, call), deliverables };
    });
  }

  plan({ brief }: Production): Promise<ProductionUpdate> {
    return this.step('plan', 'producer', 'plans form and orchestration', async () => ({
      plan: await this.makers.composer.producePlan(brief, this.run.call(this.limits.callMs)),
    }));
  }

  approvedPlan({ plan }: Production): Plan | undefined {
    const { job } = this.run;
    if (this.songRequest().approval !== Approval.APPROVAL_PLAN) return plan;
    return job.planApproved ? (job.plan ?? plan) : undefined;
  }

  async compose({ brief, plan }: Production): Promise<ProductionUpdate> {
    const { candidates } = this.songRequest();
    const composed = await this.step('compose', '', 'the agents compose', () =>
      this.makers.composer.compose({ brief, plan, candidates }, this.onAgent, this.run.call(this.limits.composeMs)),
    );
    await this.tellScore(composed);
    return { composed };
  }

  async revise(): Promise<ProductionUpdate> {
    const request = this.revisionRequest();
    const update = await this.step('compose', '', 'the agents revise', async () => {
      const short = this.run.call(this.limits.callMs);
      const base = await this.makers.library.getRevision(request.songId, request.baseRevision, short);
      const first = base.number === 1 ? base : await this.makers.library.getRevision(request.songId, 1, short);
      const read = (number: number) => this.makers.library.getRevision(request.songId, number, short);
      const isUndo = asksForUndo(request);
      // What is brought back is made again from its Score, so that its files are there whatever became of them.
      const { scoreKey, brief, plan } = isUndo ? await findUndone(base, read) : base;
      const { edits, instruction } = isUndo ? { edits: [], instruction: '' } : request;
      const composed = await this.makers.composer.revise(
        { scoreKey, brief, plan, edits, instruction },
        this.onAgent,
        this.run.call(this.limits.composeMs),
      );
      return { composed, baseRevision: base.number, deliverables: deliverablesOf(request, first.assets) };
    });
    await this.tellScore(update.composed);
    return update;
  }

  async render({ composed, deliverables }: Production): Promise<ProductionUpdate> {
    const request = { scoreKey: composed.scoreKey, ...deliverables, sampleRate: 0 };
    const rendered = await this.step('render', '', 'renders the tracks', () =>
      this.makers.renderer.renderAssets(
        request,
        ({ percent, detail }) => this.tell('render', percent, '', detail),
        this.run.call(this.limits.renderMs),
      ),
    );
    return { rendered };
  }

  publish({ composed, rendered, baseRevision }: Production): Promise<ProductionUpdate> {
    return this.step('publish', '', 'publishes the revision', async () => {
      const { id: jobId, songId, revisionRequest } = this.run.job;
      const receipt = completeReceipt(composed, rendered);
      const { asset: receiptAsset, bytes } = receiptFile(receipt);
      const { objectKey: key, contentType, sha256 } = receiptAsset;
      await this.makers.library.putObject({ key, contentType, sha256, bytes }, this.run.call(this.limits.callMs));
      const edits = editsOf(revisionRequest, composed);
      const parts = {
        jobId,
        songId,
        baseRevision: baseRevision ?? 0,
        edits,
        composed,
        rendered,
        receipt,
        receiptAsset,
      };
      this.run.signal.throwIfAborted();
      await this.run.finish({ revision: assembleRevision(parts) });
      return {};
    });
  }

  private readonly onAgent = ({ agent, percent, detail }: AgentProgress): Promise<void> =>
    this.tell('compose', percent, agent, detail);

  /** Runs a step with its retries; says when it begins and when it waits. */
  private async step<T>(stage: Stage, agent: string, detail: string, action: () => Promise<T>): Promise<T> {
    const endTimer = this.telemetry.stepSeconds.startTimer({ step: stage });
    await this.tell(stage, 0, agent, detail);
    const losses: string[] = [];
    const attempt = async (): Promise<T> => {
      try {
        return losses.length > 0 ? await this.suspects.take(action, this.run.signal) : await action();
      } catch (error) {
        const failure = toDomainError(error);
        if (lostAtWork(failure) !== undefined) this.noteLoss(losses, `in ${stage}: ${failure.message}`);
        throw error;
      }
    };
    const result = await withRetries(attempt, {
      waitMs: this.limits.retryMs,
      tries: STEP_TRIES,
      signal: this.run.signal,
      onRetry: (error) => {
        this.telemetry.stepRetries.inc({ step: stage, reason: error.reason });
        return this.tell(stage, 0, agent, `${detail}; tries again: ${error.message}`, { urgent: true });
      },
    });
    endTimer();
    return result;
  }

  /**
   * Deaths count over all attempts at the job, as long as none of them is forgiven.
   * @throws DomainError WORKER_DIED once there were too many
   */
  private noteLoss(losses: string[], seen: string): void {
    losses.push(seen);
    this.run.tookLives = true;
    const before = this.run.job.attempts - 1;
    if (before + losses.length < this.limits.maxAttempts) return;
    const earlier = before > 0 ? `; ${before} earlier attempt${before > 1 ? 's' : ''} ended in a death, too` : '';
    throw new DomainError(
      'WORKER_DIED',
      `what worked on it died ${losses.length} times: ${losses.join('; ')}${earlier}`,
    );
  }

  /** `percent` of the stage, 0 to 100. */
  private tell(
    stage: Stage,
    percent: number,
    agent: string,
    detail: string,
    more: { scoreKey?: string; urgent?: boolean } = {},
  ): Promise<void> {
    const stages = Object.values(BEGINS);
    const begin = BEGINS[stage];
    const end = stages[stages.indexOf(begin) + 1] ?? END_PERCENT;
    const ofJob = begin + ((end - begin) * Math.min(100, percent)) / 100;
    const progress = { stage, percent: ofJob, agent, detail, scoreKey: more.scoreKey ?? '' };
    return this.run.report(progress, more.urgent);
  }

  private tellScore({ scoreKey }: ComposeResult): Promise<void> {
    return this.tell('compose', 100, '', 'the score is composed', { scoreKey });
  }

  private songRequest(): SongRequest {
    return asked(this.run.job.songRequest, 'song_request');
  }

  private revisionRequest(): RevisionRequest {
    return asked(this.run.job.revisionRequest, 'revision_request');
  }
}

/** What was asked for; of a sentence, what it was understood as. */
function editsOf(request: RevisionRequest | null | undefined, composed: ComposeResult): Edit[] {
  if (!request) return [];
  if (asksForUndo(request)) return [{ undo: {} }];
  return request.instruction === '' ? request.edits : composed.edits;
}

function asked<T>(request: T | null | undefined, field: string): T {
  if (!request) throw new DomainError('INTERNAL', `the job lacks its ${field}`);
  return request;
}

/** What the request asks for; for the rest, what the song's first revision has. */
function deliverablesOf(request: RevisionRequest, firstAssets: Asset[]): Deliverables {
  const of = (kind: AssetKind): string[] => [
    ...new Set(firstAssets.filter((asset) => asset.kind === kind).map(({ format }) => format)),
  ];
  return {
    formats: request.formats.length > 0 ? request.formats : of(AssetKind.ASSET_KIND_MIX),
    stemFormat: request.stemFormat || (of(AssetKind.ASSET_KIND_STEM)[0] ?? DEFAULT_STEM_FORMAT),
  };
}
