import {
  Approval,
  Job as JobMessage,
  JobEvent as JobEventMessage,
  JobState as JobStateName,
  JobEventType as JobEventTypeName,
} from '@beatbot/contracts/music/v1/job';
import type { Plan } from '@beatbot/contracts/music/v1/brief';
import type { RevisionRequest, SongRequest } from '@beatbot/contracts/music/v1/job';
import type { Revision as RevisionMessage } from '@beatbot/contracts/music/v1/song';
import type { CreateJobRequest, FinishJobRequest } from '@beatbot/contracts/storage/v1/jobs';
import { enumNames } from '@beatbot/contracts';
import type { FieldChecks } from '../edge/field-checks';
import { idOf } from '../edge/id-of';
import { toTimestamp } from '../edge/proto-time';
import { songNotFound } from '../songs/not-found';
import { newRevisionOfMessage } from '../songs/revision-mapping';
import { type Job, JOB_EVENT_TYPES, JOB_STATES, type JobEvent, type JobEventType, type JobState } from './job';
import type { NewJob } from './job-creation.service';
import type { Outcome } from './job-lease.service';

export const stateNames = enumNames<JobState, JobStateName>('JOB_STATE', JOB_STATES);
const eventTypeNames = enumNames<JobEventType, JobEventTypeName>('JOB_EVENT_TYPE', JOB_EVENT_TYPES);

/** Letters of a title made from a prompt. */
const TITLE_FROM_PROMPT = 60;
const MAX_PROMPT = 100_000;

export function jobMessage(job: Job): JobMessage {
  return {
    id: job.id,
    owner: job.owner,
    songId: job.songId,
    revision: job.revision,
    state: stateNames.toMessage(job.state),
    stage: job.stage,
    percent: job.percent,
    attempts: job.attempts,
    fencingNumber: job.fencingNumber,
    error: job.errorReason === null ? undefined : { reason: job.errorReason, message: job.errorMessage ?? '' },
    // Documents are messages of the contracts, kept whole.
    ...(job.kind === 'song'
      ? { songRequest: job.request as unknown as SongRequest }
      : { revisionRequest: job.request as unknown as RevisionRequest }),
    queuePosition: job.queuePosition,
    plan: (job.plan ?? undefined) as unknown as Plan | undefined,
    planApproved: job.planApproved,
    cancelRequested: job.cancelRequested,
    scoreKey: job.scoreKey,
    lastEventSeq: job.lastEventSeq,
    createTime: toTimestamp(job.createTime),
    updateTime: toTimestamp(job.updateTime),
    startTime: toTimestamp(job.startTime),
    endTime: toTimestamp(job.endTime),
  };
}

export function jobEventMessage(event: JobEvent): JobEventMessage {
  return {
    jobId: event.jobId,
    seq: event.seq,
    type: eventTypeNames.toMessage(event.type),
    state: stateNames.toMessage(event.state),
    stage: event.stage,
    percent: event.percent,
    agent: event.agent,
    detail: event.detail,
    time: toTimestamp(event.time),
  };
}

export function newJobOfMessage(message: CreateJobRequest, owner: string, checks: FieldChecks): NewJob | undefined {
  const common = {
    owner,
    requestId: checks.pattern(
      'request_id',
      message.requestId,
      /^[\x21-\x7e]{1,200}$/,
      '1 to 200 printable ASCII characters without spaces',
    ),
    maxUnfinished: checks.integer('max_unfinished', message.maxUnfinished, 0, 2 ** 31 - 1),
    maxUnfinishedOfOwner: checks.integer('max_unfinished_of_owner', message.maxUnfinishedOfOwner, 0, 2 ** 31 - 1),
    webhookUrl: message.webhook ? checks.text('webhook.url', message.webhook.url, 1, 2000) : undefined,
  };
  if (message.songRequest) return newSongJob(message.songRequest, common, checks);
  if (message.revisionRequest) return newRevisionJob(message.revisionRequest, common, checks);
  checks.refuse('request', null, 'song_request or revision_request');
  return undefined;
}

type Common = Pick<NewJob, 'owner' | 'requestId' | 'maxUnfinished' | 'maxUnfinishedOfOwner' | 'webhookUrl'>;

function newSongJob(request: SongRequest, common: Common, checks: FieldChecks): NewJob {
  const prompt = checks.text('song_request.prompt', request.prompt, 0, MAX_PROMPT, true);
  checks.integer('song_request.candidates', request.candidates, 0, 8);
  if (!Object.values<string>(Approval).includes(request.approval) || request.approval === Approval.UNRECOGNIZED) {
    checks.refuse('song_request.approval', request.approval, 'APPROVAL_UNSPECIFIED or APPROVAL_PLAN');
  }
  const title = request.controls?.title?.trim() ?? '';
  if (title) checks.text('song_request.controls.title', title, 1, 200);
  return {
    ...common,
    kind: 'song',
    title: title || titleOf(prompt),
    prompt,
    tags: checks.tags('song_request.tags', request.tags),
    request: checks.document('song_request', request),
  };
}

function newRevisionJob(request: RevisionRequest, common: Common, checks: FieldChecks): NewJob {
  checks.text('revision_request.instruction', request.instruction, 0, MAX_PROMPT, true);
  return {
    ...common,
    kind: 'revision',
    songId: idOf(request.songId, songNotFound),
    baseRevision: checks.integer('revision_request.base_revision', request.baseRevision, 0, 2 ** 31 - 1),
    request: checks.document('revision_request', request),
  };
}

/** What a song is called until its first revision: the prompt's beginning. */
function titleOf(prompt: string): string {
  const letters = Array.from(prompt.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  if (letters.length === 0) return 'Untitled';
  return letters.length <= TITLE_FROM_PROMPT
    ? letters.join('')
    : `${letters.slice(0, TITLE_FROM_PROMPT - 1).join('')}…`;
}

export function outcomeOfMessage(message: FinishJobRequest, checks: FieldChecks): Outcome | undefined {
  if (message.revision) {
    return { state: 'succeeded', revision: newRevisionOfMessage(message.revision as RevisionMessage, checks) };
  }
  if (message.error) {
    const reason = checks.pattern(
      'error.reason',
      message.error.reason,
      /^[A-Z][A-Z0-9_]{0,62}$/,
      'upper-case words joined by _',
    );
    return {
      state: 'failed',
      error: { reason, message: checks.text('error.message', message.error.message, 0, 10_000, true) },
    };
  }
  if (message.cancelled) return { state: 'cancelled' };
  checks.refuse('outcome', null, 'revision, error or cancelled');
  return undefined;
}
