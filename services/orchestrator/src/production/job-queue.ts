import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobError, JobEvent } from '@beatbot/contracts/music/v1/job';
import { Revision } from '@beatbot/contracts/music/v1/song';
import { CallOptions } from '@beatbot/service-kit';

/** Nest token of the {@link JobQueue}. */
export const JOB_QUEUE = Symbol('JobQueue');

export interface Claim {
  workerId: string;
  leaseSeconds: number;
  /** How long to wait for a job, at most 30. */
  waitSeconds: number;
  maxAttempts: number;
  /** No bound where 0. */
  maxRunningOfOwner: number;
}

/** Whose writes are taken: the holder of the job's newest fencing number. */
export interface Lease {
  jobId: string;
  fencingNumber: number;
}

export interface Progress {
  stage: string;
  /** 0 to 100 of the whole job. */
  percent: number;
  /** Empty where none. */
  agent: string;
  detail: string;
  /** Empty until the score is composed. */
  scoreKey: string;
}

export interface Release {
  delayMs: number;
  detail: string;
  /** True where the attempt shall not count. */
  forgiveAttempt: boolean;
}

export type Outcome = { revision: Revision } | { error: JobError } | { cancelled: true };

/** The jobs as workers see them. Every write with a stale fencing number is refused with ABORTED. */
export interface JobQueue {
  /** The next job with its new fencing number; undefined where none came in time. */
  claim(claim: Claim, call: CallOptions): Promise<Job | undefined>;
  /** True once a person asked for the job's end. */
  heartbeat(lease: Lease, leaseSeconds: number, call: CallOptions): Promise<{ cancelRequested: boolean }>;
  appendEvent(lease: Lease, progress: Progress, call: CallOptions): Promise<JobEvent>;
  release(lease: Lease, release: Release, call: CallOptions): Promise<JobEvent>;
  awaitApproval(lease: Lease, plan: Plan, call: CallOptions): Promise<JobEvent>;
  finish(lease: Lease, outcome: Outcome, call: CallOptions): Promise<JobEvent>;
}
