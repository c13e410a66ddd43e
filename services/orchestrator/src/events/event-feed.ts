import { JobEvent } from '@beatbot/contracts/music/v1/job';

/** Nest token of the {@link EventFeed}. */
export const EVENT_FEED = Symbol('EventFeed');

/**
 * News of jobs between processes, as fast as they come. It may lose and repeat events, and does not say so: their
 * numbers tell, and storage has them all.
 */
export interface EventFeed {
  /** Tells all processes; returns at once and never fails. */
  publish(event: JobEvent): void;
  /** Calls back for events of the job above `afterSeq` that come from now on; returns how to end that. */
  subscribe(jobId: string, afterSeq: number, onEvent: (event: JobEvent) => void): () => void;
}
