import { JobEvent, JobEventType, JobState } from '@beatbot/contracts/music/v1/job';

const FINAL: readonly JobState[] = [
  JobState.JOB_STATE_SUCCEEDED,
  JobState.JOB_STATE_FAILED,
  JobState.JOB_STATE_CANCELLED,
];

/** True for a state that a job leaves only when a person asks for a retry. */
export function isFinal(state: JobState): boolean {
  return FINAL.includes(state);
}

/** True for the event that tells of a job's end. */
export function endsJob(event: JobEvent): boolean {
  return event.type === JobEventType.JOB_EVENT_TYPE_STATE && isFinal(event.state);
}
