import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, RevisionRequest, SongRequest, WebhookTarget } from '@beatbot/contracts/music/v1/job';
import { CallContext, toDomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { CancelChannel } from '../events/cancel-channel';
import { EventFeed } from '../events/event-feed';
import { Composer } from '../production/composer';
import { CreatedJob, JobFilter, JobStore } from './job-store';
import { validateRevisionRequest, validateSongRequest } from './validate-request';

export interface JobBounds {
  maxUnfinished: number;
  maxUnfinishedOfOwner: number;
}

/** How long an acceptance waits for the composer's judgement of a prompt. */
const INTERPRET_DEADLINE_MS = 2000;
const COMPOSER_AWAY: readonly string[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'RESOURCE_EXHAUSTED'];

/** Decides what becomes a job, and passes on what people want of one. */
export class JobsService {
  private readonly log = new Logger('jobs');

  constructor(
    private readonly store: JobStore,
    private readonly composer: Composer,
    private readonly feed: EventFeed,
    private readonly cancels: CancelChannel,
    private readonly bounds: JobBounds,
  ) {}

  /** @throws DomainError INVALID_ARGUMENT for what no retry could make a song of; RESOURCE_EXHAUSTED for too many jobs */
  async createSong(
    requestId: string,
    song: SongRequest | null | undefined,
    webhook: WebhookTarget | undefined,
    context: CallContext,
  ): Promise<CreatedJob> {
    const songRequest = validateSongRequest(requestId, song);
    await this.assertInterpretable(songRequest, context);
    const created = await this.store.create(
      { requestId, request: { songRequest }, webhook, ...this.bounds },
      { context },
    );
    this.logAccepted(created.job);
    return created;
  }

  /** @throws DomainError as createSong; NOT_FOUND for a song or revision that is not there */
  async createRevision(
    requestId: string,
    revision: RevisionRequest | null | undefined,
    context: CallContext,
  ): Promise<Job> {
    const revisionRequest = validateRevisionRequest(requestId, revision);
    const { job } = await this.store.create({ requestId, request: { revisionRequest }, ...this.bounds }, { context });
    this.logAccepted(job);
    return job;
  }

  /** Ties the request's id to the job's, which is the request id of all that is done for the job. */
  private logAccepted({ id }: Job): void {
    this.log.log(`job ${id} is accepted`);
  }

  get(jobId: string, context: CallContext): Promise<Job> {
    return this.store.get(jobId, { context });
  }

  list(filter: JobFilter, context: CallContext): Promise<{ jobs: Job[]; nextPageToken: string }> {
    return this.store.list(filter, { context });
  }

  async cancel(jobId: string, context: CallContext): Promise<Job> {
    const job = await this.store.cancel(jobId, { context });
    this.cancels.tell(jobId);
    await this.publishLast(job, context);
    return job;
  }

  async approve(jobId: string, plan: Plan | undefined, context: CallContext): Promise<Job> {
    const job = await this.store.approve(jobId, plan, { context });
    await this.publishLast(job, context);
    return job;
  }

  async retry(jobId: string, context: CallContext): Promise<Job> {
    const job = await this.store.retry(jobId, { context });
    await this.publishLast(job, context);
    return job;
  }

  /** Refuses at once what the composer refuses; where it is away the job is accepted and waits for it. */
  private async assertInterpretable(song: SongRequest, context: CallContext): Promise<void> {
    const { prompt, controls, seed } = song;
    try {
      await this.composer.interpret({ prompt, controls, seed }, { context, deadlineMs: INTERPRET_DEADLINE_MS });
    } catch (error) {
      context.signal.throwIfAborted();
      const failure = toDomainError(error);
      if (!COMPOSER_AWAY.includes(failure.reason)) throw failure;
      this.log.warn(`a prompt is accepted unread, the composer is away: ${failure.message}`);
    }
  }

  /** Storage wrote the job's newest event in this call; watchers would find it, but later. */
  private async publishLast(job: Job, context: CallContext): Promise<void> {
    try {
      const events = await this.store.listEvents(job.id, Math.max(0, job.lastEventSeq - 1), { context });
      for (const event of events) this.feed.publish(event);
    } catch (error) {
      this.log.debug(`watchers of job ${job.id} find its newest event in storage: ${String(error)}`);
    }
  }
}
