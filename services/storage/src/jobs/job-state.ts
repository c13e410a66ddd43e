import { DomainError } from '@beatbot/service-kit';
import type { JobState } from './job';

/**
 * The state machine of a job. Who moves it:
 *
 *     queued            -> running (ClaimJob) | cancelled (CancelJob, DeleteSong)
 *     running           -> queued (ReleaseJob, or the lease expired) | awaiting_approval (AwaitApproval)
 *                        | succeeded, failed, cancelled (FinishJob) | failed, cancelled (the lease expired) | cancelled (DeleteSong)
 *     awaiting_approval -> queued (ApproveJob) | cancelled (CancelJob, DeleteSong)
 *     failed, cancelled -> queued (RetryJob)
 *     succeeded         is final
 */
const TRANSITIONS: Record<JobState, readonly JobState[]> = {
  queued: ['running', 'cancelled'],
  running: ['queued', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'],
  awaiting_approval: ['queued', 'cancelled'],
  succeeded: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

const ENDED: ReadonlySet<JobState> = new Set(['succeeded', 'failed', 'cancelled']);

export function isEnded(state: JobState): boolean {
  return ENDED.has(state);
}

export function mayMove(from: JobState, to: JobState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** @throws DomainError JOB_ENDED or FAILED_PRECONDITION when the move is not allowed */
export function assertMove(jobId: string, from: JobState, to: JobState): void {
  if (mayMove(from, to)) return;
  throw new DomainError(
    isEnded(from) ? 'JOB_ENDED' : 'FAILED_PRECONDITION',
    `job ${jobId} is ${from} and cannot become ${to}; from here it can become ${TRANSITIONS[from].join(', ') || 'nothing else'}`,
    { metadata: { job_id: jobId, state: from } },
  );
}
