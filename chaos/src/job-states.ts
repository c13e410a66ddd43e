export const JOB_STATES = ['queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

const FINAL: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];

export function isFinal(state: JobState): boolean {
  return FINAL.includes(state);
}

/** Where a job may go from each state, written down here once more, so that the suite does not trust what it checks. */
export const MAY_FOLLOW: Record<JobState, readonly JobState[]> = {
  queued: ['running', 'cancelled'],
  running: ['queued', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'],
  awaiting_approval: ['queued', 'cancelled'],
  succeeded: [],
  failed: ['queued'],
  cancelled: ['queued'],
};
