import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';
import { ROLES } from '@beatbot/music';
import { songId } from '../validation/path-params';
import { nextPageToken, pageQuery, queryInteger } from '../validation/page-query';
import { line } from '../validation/text';

export const JOB_STATES = ['queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'] as const;
export const FINAL_STATES: readonly (typeof JOB_STATES)[number][] = ['succeeded', 'failed', 'cancelled'];

const id = z.string().regex(/^[\w.-]{1,100}$/, 'an id of 1 to 100 letters, digits and ._-');
const timestamp = z.string().meta({ format: 'date-time' }).nullable();

export const planSchema = z
  .strictObject({
    title: line(200),
    sections: z
      .array(
        z.strictObject({
          id,
          name: line(100).describe('Kind: intro, verse, chorus, ...'),
          startBar: z.int().min(0).max(1023).describe('First bar, from 0'),
          bars: z.int().min(1).max(1024),
          energy: z.int().min(0).max(100).describe('0 (calm) to 100'),
        }),
      )
      .min(1)
      .max(256),
    tracks: z
      .array(
        z.strictObject({
          id,
          name: line(100),
          role: z.enum(ROLES),
          instrument: id.describe('Id of an instrument; see /v1/instruments'),
          sectionIds: z.array(id).max(256).describe('Sections in which it plays'),
        }),
      )
      .min(1)
      .max(64),
  })
  .meta({ id: 'Plan' });

export const jobSchema = z
  .object({
    id: z.string(),
    songId: z.string(),
    kind: z.enum(['create', 'revise']).describe('Whether it makes a song or a further revision of one'),
    revision: z.int().describe('Number of the revision it made; 0 until it succeeded'),
    state: z.enum(JOB_STATES),
    stage: z.string().describe('queued, interpret, plan, compose, render, publish or done'),
    percent: z.int().min(0).max(100),
    queuePosition: z.int().describe('Jobs in front of it, while queued'),
    attempts: z.int().describe('How often a worker took it up'),
    error: z.object({ reason: z.string(), message: z.string() }).nullable(),
    plan: planSchema.nullable().describe('The plan that waits for, or was given, a yes'),
    planApproved: z.boolean(),
    cancelRequested: z.boolean(),
    lastEventSeq: z.int(),
    createTime: timestamp,
    updateTime: timestamp,
    startTime: timestamp,
    endTime: timestamp,
  })
  .meta({ id: 'Job' });

export const jobEventSchema = z
  .object({
    type: z.enum(['state', 'progress']),
    job: z.string(),
    seq: z.int().describe('1, 2, 3, ... without gaps'),
    state: z.enum(JOB_STATES),
    stage: z.string(),
    percent: z.int().min(0).max(100),
    agent: z.string().describe('Which agent is at work; empty where none'),
    detail: z.string().describe('For people'),
    time: timestamp,
  })
  .meta({ id: 'JobEvent' });

/** What Server-Sent Events are made of; OpenAPI 3.1 has the schema of their media type be that of each. */
const serverSentEventSchema = z
  .object({
    id: z.string().regex(/^\d+$/).describe('Number of the event'),
    data: z
      .string()
      .meta({
        contentMediaType: 'application/json',
        contentSchema: { $ref: '#/components/schemas/JobEvent' },
      })
      .describe('The JobEvent as JSON'),
  })
  .meta({ id: 'ServerSentEvent' });

const states = z
  .union(
    [z.enum(JOB_STATES).transform((state) => [state]), z.array(z.enum(JOB_STATES))],
    `one or more of ${JOB_STATES.join(', ')}`,
  )
  .meta({ type: 'array', items: { type: 'string', enum: [...JOB_STATES] }, anyOf: undefined });

const listJobsQuery = z.strictObject({
  ...pageQuery,
  song: songId.optional().describe('Only jobs of this song'),
  state: states.optional().describe('Only jobs in these states; may be repeated'),
});

const approveJobSchema = z
  .strictObject({ plan: planSchema.optional().describe('The plan as you want it; as proposed where not given') })
  .meta({ id: 'ApproveJob' });

const jobEventsQuery = z.strictObject({
  after: queryInteger(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Number of the last event already seen, as Last-Event-ID tells it; the header wins'),
});

export class JobDto extends zodDto(jobSchema) {}
export class JobListDto extends zodDto(z.object({ jobs: z.array(jobSchema), nextPageToken }).meta({ id: 'JobList' })) {}
export class ListJobsQuery extends zodDto(listJobsQuery) {}
export class ApproveJobDto extends zodDto(approveJobSchema) {}
export class JobEventDto extends zodDto(jobEventSchema) {}
export class ServerSentEventDto extends zodDto(serverSentEventSchema) {}
export class JobEventsQuery extends zodDto(jobEventsQuery) {}

export type JobView = z.infer<typeof jobSchema>;
export type JobEventView = z.infer<typeof jobEventSchema>;
export type JobStateWord = (typeof JOB_STATES)[number];
