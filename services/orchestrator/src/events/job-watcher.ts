import { JobEvent } from '@beatbot/contracts/music/v1/job';
import { CallContext, CallOptions, DomainError, invalidArgument, toDomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { endsJob, isFinal } from '../jobs/job-states';
import { EVENT_PAGE, JobStore } from '../jobs/job-store';
import { Telemetry } from '../telemetry';
import { EventFeed } from './event-feed';
import { Inbox } from './inbox';

const STORAGE_DEADLINE_MS = 5000;
const FULL_RETRY_MS = 2000;

/**
 * A job's events without gaps or repeats: replayed from storage, then as the feed brings them; whenever the feed leaves
 * a gap, or is silent for `pollMs`, storage is asked again.
 */
export class JobWatcher {
  private readonly log = new Logger('watch');
  private watchers = 0;

  constructor(
    private readonly store: JobStore,
    private readonly feed: EventFeed,
    private readonly pollMs: number,
    /** Aborted when this process stops: watchers then come back to another. */
    private readonly draining: AbortSignal,
    private readonly telemetry: Telemetry,
    /** Streams at a time; more are refused. */
    private readonly maxWatchers: number,
  ) {}

  /**
   * Events above `afterSeq`; ends after the job's last.
   * @throws DomainError NOT_FOUND for another owner's job or none, INVALID_ARGUMENT for a number that no event has yet, UNAVAILABLE when this process stops,
   * RESOURCE_EXHAUSTED with a time to retry where too many watch
   */
  async *watch(jobId: string, afterSeq: number, context: CallContext): AsyncGenerator<JobEvent> {
    const signal = AbortSignal.any([context.signal, this.draining]);
    const call = { context, deadlineMs: STORAGE_DEADLINE_MS };
    const job = await this.store.get(jobId, call);
    if (afterSeq > job.lastEventSeq) throw invalidArgument('after_seq', afterSeq, `0 to ${job.lastEventSeq}`);
    const ended = isFinal(job.state);
    if (ended && job.lastEventSeq === afterSeq) return;

    if (this.watchers >= this.maxWatchers) {
      throw new DomainError('RESOURCE_EXHAUSTED', `${this.maxWatchers} streams are watched already; try again later`, {
        retryAfterMs: FULL_RETRY_MS,
      });
    }
    this.watchers++;
    const inbox = new Inbox<JobEvent>(EVENT_PAGE);
    const unsubscribe = this.feed.subscribe(jobId, afterSeq, (event) => inbox.put(event));
    this.telemetry.watchers.inc();
    let seq = afterSeq;
    try {
      for (;;) {
        const replayed = await this.replay(jobId, seq, { ...call, signal });
        // Events of a job that ended long ago may have been swept.
        if (ended && replayed?.length === 0) return;
        for (const [index, event] of (replayed ?? []).entries()) {
          seq = event.seq;
          yield event;
          // A job that a person queued again went on after an earlier end.
          const newest = index + 1 === replayed?.length && replayed.length < EVENT_PAGE;
          if (newest && endsJob(event)) return;
        }
        if (replayed?.length === EVENT_PAGE) continue;
        for (;;) {
          const event = await inbox.take(this.pollMs, signal);
          if (!event || event.seq > seq + 1) break;
          if (event.seq <= seq) continue;
          seq = event.seq;
          yield event;
          if (endsJob(event)) return;
        }
        this.assertGoingOn(context);
      }
    } finally {
      unsubscribe();
      this.watchers--;
      this.telemetry.watchers.dec();
    }
  }

  /** Undefined where storage is away: a watcher outlasts that. */
  private async replay(
    jobId: string,
    seq: number,
    call: CallOptions & { signal: AbortSignal },
  ): Promise<JobEvent[] | undefined> {
    try {
      return await this.store.listEvents(jobId, seq, call);
    } catch (error) {
      if (call.signal.aborted) return undefined;
      const failure = toDomainError(error);
      if (failure.reason !== 'UNAVAILABLE' && failure.reason !== 'DEADLINE_EXCEEDED') throw failure;
      this.log.debug(`events of job ${jobId} wait for storage: ${failure.message}`);
      return undefined;
    }
  }

  private assertGoingOn(context: CallContext): void {
    context.signal.throwIfAborted();
    if (this.draining.aborted) {
      throw new DomainError('UNAVAILABLE', 'the server stops; watch again from the last event', { retryAfterMs: 0 });
    }
  }
}
