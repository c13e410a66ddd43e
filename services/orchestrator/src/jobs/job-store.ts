import { Plan } from '@beatbot/contracts/music/v1/brief';
import {
  Job,
  JobEvent,
  JobState,
  JobWebhook,
  RevisionRequest,
  SongRequest,
  WebhookTarget,
} from '@beatbot/contracts/music/v1/job';
import { Song } from '@beatbot/contracts/music/v1/song';
import { CallOptions } from '@beatbot/service-kit';

/** Nest token of the {@link JobStore}. */
export const JOB_STORE = Symbol('JobStore');

export interface NewJob {
  requestId: string;
  request: { songRequest: SongRequest } | { revisionRequest: RevisionRequest };
  /** Where to tell of the job, if anywhere. */
  webhook?: WebhookTarget;
  /** Refused with RESOURCE_EXHAUSTED where more jobs than this are unfinished; no bound where 0. */
  maxUnfinished: number;
  maxUnfinishedOfOwner: number;
}

export interface JobFilter {
  pageSize: number;
  pageToken: string;
  songId: string;
  states: JobState[];
}

export interface CreatedJob {
  song: Song;
  job: Job;
  /** Who is told of it, if anybody. */
  webhook: JobWebhook | undefined;
}

/** The jobs as people see them; every call names its owner, and another owner's job is NOT_FOUND. */
export interface JobStore {
  create(job: NewJob, call: CallOptions): Promise<CreatedJob>;
  get(jobId: string, call: CallOptions): Promise<Job>;
  list(filter: JobFilter, call: CallOptions): Promise<{ jobs: Job[]; nextPageToken: string }>;
  /** At most `EVENT_PAGE` events with a number above `afterSeq`, in order, without gaps. */
  listEvents(jobId: string, afterSeq: number, call: CallOptions): Promise<JobEvent[]>;
  cancel(jobId: string, call: CallOptions): Promise<Job>;
  /** `plan` undefined: as proposed. */
  approve(jobId: string, plan: Plan | undefined, call: CallOptions): Promise<Job>;
  retry(jobId: string, call: CallOptions): Promise<Job>;
}

/** Most events that one call of `listEvents` gives. */
export const EVENT_PAGE = 1000;
