import type { JsonDocument } from '../edge/json-document';

export const JOB_STATES = ['queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_EVENT_TYPES = ['state', 'progress'] as const;
export type JobEventType = (typeof JOB_EVENT_TYPES)[number];

export interface JobError {
  /** Stable reason. */
  reason: string;
  /** For people. */
  message: string;
}

/** One run that makes or revises a song. */
export interface Job {
  id: string;
  owner: string;
  songId: string;
  kind: 'song' | 'revision';
  /** What it was asked to do. */
  request: JsonDocument;
  state: JobState;
  stage: string;
  /** 0 to 100. */
  percent: number;
  attempts: number;
  fencingNumber: number;
  errorReason: string | null;
  errorMessage: string | null;
  /** Jobs in front of it, while queued; 0 otherwise. */
  queuePosition: number;
  plan: JsonDocument | null;
  planApproved: boolean;
  cancelRequested: boolean;
  scoreKey: string;
  /** Number of the revision it made; 0 until it succeeded. */
  revision: number;
  lastEventSeq: number;
  createTime: Date;
  updateTime: Date;
  startTime: Date | null;
  endTime: Date | null;
}

/** One step of a job, numbered without gaps from 1. */
export interface JobEvent {
  jobId: string;
  seq: number;
  type: JobEventType;
  state: JobState;
  stage: string;
  percent: number;
  agent: string;
  detail: string;
  time: Date;
}
