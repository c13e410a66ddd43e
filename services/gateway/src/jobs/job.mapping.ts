import { enumNames, planFromMessage } from '@beatbot/contracts';
import { type Job, type JobEvent, JobEventType, JobState } from '@beatbot/contracts/music/v1/job';
import { timestampText } from '../validation/timestamp';
import { JOB_STATES, type JobEventView, type JobStateWord, type JobView } from './job.schemas';

export const jobStateNames = enumNames<JobStateWord, JobState>('JOB_STATE', JOB_STATES);
const eventTypeNames = enumNames<JobEventView['type'], JobEventType>('JOB_EVENT_TYPE', ['state', 'progress']);

export function jobView(job: Job): JobView {
  return {
    id: job.id,
    songId: job.songId,
    kind: job.revisionRequest ? 'revise' : 'create',
    revision: job.revision,
    state: jobStateNames.fromMessage(job.state),
    stage: job.stage,
    percent: job.percent,
    queuePosition: job.queuePosition,
    attempts: job.attempts,
    error: job.error ? { reason: job.error.reason, message: job.error.message } : null,
    plan: job.plan ? planFromMessage(job.plan) : null,
    planApproved: job.planApproved,
    cancelRequested: job.cancelRequested,
    lastEventSeq: job.lastEventSeq,
    createTime: timestampText(job.createTime),
    updateTime: timestampText(job.updateTime),
    startTime: timestampText(job.startTime),
    endTime: timestampText(job.endTime),
  };
}

export function jobEventView(event: JobEvent): JobEventView {
  return {
    type: eventTypeNames.fromMessage(event.type),
    job: event.jobId,
    seq: event.seq,
    state: jobStateNames.fromMessage(event.state),
    stage: event.stage,
    percent: event.percent,
    agent: event.agent,
    detail: event.detail,
    time: timestampText(event.time),
  };
}
