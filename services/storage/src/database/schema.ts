import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { JsonDocument } from '../edge/json-document';
import { JOB_EVENT_TYPES, JOB_STATES } from '../jobs/job';
import { KEY_SCOPES } from '../keys/key';
import { type AttemptRecord, DELIVERY_STATES } from '../webhooks/webhook';
import { ASSET_KINDS } from '../songs/revision';

/** Whole milliseconds, so that a time survives the way through a page token unchanged. */
const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const songs = pgTable(
  'songs',
  {
    id: uuid('id').primaryKey(),
    owner: text('owner').notNull(),
    title: text('title').notNull(),
    /** True once a person renamed it: a first revision does not take the name away. */
    titleByPerson: boolean('title_by_person').notNull().default(false),
    tags: text('tags').array().notNull(),
    style: text('style').notNull().default(''),
    prompt: text('prompt').notNull(),
    latestRevision: integer('latest_revision').notNull().default(0),
    createTime: time('create_time').notNull().defaultNow(),
    updateTime: time('update_time').notNull().defaultNow(),
    deleteTime: time('delete_time'),
  },
  (t) => [
    index('songs_created')
      .on(t.owner, t.createTime, t.id)
      .where(sql`${t.deleteTime} IS NULL`),
    index('songs_updated')
      .on(t.owner, t.updateTime, t.id)
      .where(sql`${t.deleteTime} IS NULL`),
    index('songs_titled')
      .on(t.owner, t.title, t.id)
      .where(sql`${t.deleteTime} IS NULL`),
    index('songs_deleted')
      .on(t.deleteTime)
      .where(sql`${t.deleteTime} IS NOT NULL`),
  ],
);

export const jobs = pgTable(
  'jobs',
  {
    id: uuid('id').primaryKey(),
    owner: text('owner').notNull(),
    songId: uuid('song_id')
      .notNull()
      .references(() => songs.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['song', 'revision'] }).notNull(),
    request: jsonb('request').$type<JsonDocument>().notNull(),
    state: text('state', { enum: JOB_STATES }).notNull(),
    stage: text('stage').notNull(),
    percent: smallint('percent').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    workerDeaths: integer('worker_deaths').notNull().default(0),
    /** What was seen of each death since a person last set the job going. */
    workerDeathNotes: text('worker_death_notes').array().notNull().default([]),
    workerId: text('worker_id'),
    fencingNumber: bigint('fencing_number', { mode: 'number' }).notNull().default(0),
    /** The claim that ended the job, so that a repeated FinishJob is known again. */
    finishedByFencingNumber: bigint('finished_by_fencing_number', { mode: 'number' }),
    /** Nobody may claim it before. */
    claimableTime: time('claimable_time').notNull().defaultNow(),
    leaseExpireTime: time('lease_expire_time'),
    errorReason: text('error_reason'),
    errorMessage: text('error_message'),
    plan: jsonb('plan').$type<JsonDocument>(),
    planApproved: boolean('plan_approved').notNull().default(false),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    scoreKey: text('score_key').notNull().default(''),
    revision: integer('revision').notNull().default(0),
    lastEventSeq: bigint('last_event_seq', { mode: 'number' }).notNull().default(0),
    eventsPurged: boolean('events_purged').notNull().default(false),
    createTime: time('create_time').notNull().defaultNow(),
    updateTime: time('update_time').notNull().defaultNow(),
    startTime: time('start_time'),
    endTime: time('end_time'),
  },
  (t) => [
    check('jobs_percent', sql`${t.percent} BETWEEN 0 AND 100`),
    check('jobs_lease', sql`(${t.state} = 'running') = (${t.leaseExpireTime} IS NOT NULL)`),
    check('jobs_end', sql`(${t.state} IN ('succeeded', 'failed', 'cancelled')) = (${t.endTime} IS NOT NULL)`),
    check('jobs_revision', sql`(${t.state} = 'succeeded') = (${t.revision} > 0)`),
    check('jobs_error', sql`(${t.state} = 'failed') = (${t.errorReason} IS NOT NULL)`),
    index('jobs_queued')
      .on(t.owner, t.createTime, t.id)
      .where(sql`${t.state} = 'queued'`),
    index('jobs_running')
      .on(t.owner)
      .where(sql`${t.state} = 'running'`),
    index('jobs_leased')
      .on(t.leaseExpireTime)
      .where(sql`${t.state} = 'running'`),
    index('jobs_unfinished')
      .on(t.owner)
      .where(sql`${t.endTime} IS NULL`),
    index('jobs_created').on(t.owner, t.createTime, t.id),
    index('jobs_of_song').on(t.songId, t.createTime, t.id),
    index('jobs_ended')
      .on(t.endTime)
      .where(sql`${t.endTime} IS NOT NULL AND NOT ${t.eventsPurged}`),
  ],
);

/** Immutable: a trigger refuses UPDATE; another one takes only the event that the job's row has come to. */
export const jobEvents = pgTable(
  'job_events',
  {
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The claim whose worker tells it; null for what people do and what befalls a job. */
    fencingNumber: bigint('fencing_number', { mode: 'number' }),
    type: text('type', { enum: JOB_EVENT_TYPES }).notNull(),
    state: text('state', { enum: JOB_STATES }).notNull(),
    stage: text('stage').notNull(),
    percent: smallint('percent').notNull(),
    agent: text('agent').notNull(),
    detail: text('detail').notNull(),
    time: time('time').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.seq] })],
);

/** When each owner was served last, so that turns go round. */
export const ownerTurns = pgTable('owner_turns', {
  owner: text('owner').primaryKey(),
  claimTime: time('claim_time').notNull(),
});

/** Which request ids were used for what. */
export const requestIds = pgTable(
  'request_ids',
  {
    owner: text('owner').notNull(),
    requestId: text('request_id').notNull(),
    /** SHA-256 of the request in canonical JSON. */
    requestHash: text('request_hash').notNull(),
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    createTime: time('create_time').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.owner, t.requestId] }),
    index('request_ids_created').on(t.createTime),
    index('request_ids_of_job').on(t.jobId),
  ],
);

/** Immutable: a trigger refuses UPDATE. */
export const revisions = pgTable(
  'revisions',
  {
    songId: uuid('song_id')
      .notNull()
      .references(() => songs.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    baseRevision: integer('base_revision').notNull(),
    jobId: uuid('job_id').notNull(),
    /** The claim that published it; a trigger refuses all but the one that runs the job. */
    fencingNumber: bigint('fencing_number', { mode: 'number' }),
    title: text('title').notNull(),
    style: text('style').notNull(),
    scoreKey: text('score_key').notNull(),
    scoreHash: text('score_hash').notNull(),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
    /** Brief, plan, receipt, edits, hashes of tracks and sections, as the contracts' JSON. */
    content: jsonb('content').$type<JsonDocument>().notNull(),
    createTime: time('create_time').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.songId, t.number] }),
    uniqueIndex('revisions_of_job').on(t.jobId),
    index('revisions_score').on(t.scoreKey),
  ],
);

/** Immutable: a trigger refuses UPDATE. */
export const assets = pgTable(
  'assets',
  {
    songId: uuid('song_id').notNull(),
    revision: integer('revision').notNull(),
    /** Place in the revision's list, from 0. */
    position: integer('position').notNull(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ASSET_KINDS }).notNull(),
    format: text('format').notNull(),
    trackId: text('track_id').notNull(),
    objectKey: text('object_key').notNull(),
    contentType: text('content_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.songId, t.revision, t.name] }),
    foreignKey({ columns: [t.songId, t.revision], foreignColumns: [revisions.songId, revisions.number] }).onDelete(
      'cascade',
    ),
    index('assets_of_object').on(t.owner, t.objectKey),
  ],
);

/** An object exists when, and only when, its row does; the bytes lie in the object store at `location`. */
export const objects = pgTable(
  'objects',
  {
    owner: text('owner').notNull(),
    key: text('key').notNull(),
    location: text('location').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    contentType: text('content_type').notNull(),
    createTime: time('create_time').notNull().defaultNow(),
    /** Last use, to within a tenth of the grace time. */
    useTime: time('use_time').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.owner, t.key] }),
    uniqueIndex('objects_location').on(t.location),
    index('objects_used').on(t.useTime, t.owner, t.key),
  ],
);

/** API keys; their secrets are kept as SHA-256 only. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey(),
    owner: text('owner').notNull(),
    requestId: text('request_id').notNull(),
    name: text('name').notNull(),
    scope: text('scope', { enum: KEY_SCOPES }).notNull(),
    secretSha256: text('secret_sha256').notNull(),
    /** How the secret begins. */
    hint: text('hint').notNull(),
    /** The secret before a rotation, while it holds on. */
    previousSha256: text('previous_sha256'),
    previousExpireTime: time('previous_expire_time'),
    createTime: time('create_time').notNull().defaultNow(),
    expireTime: time('expire_time'),
    rotateTime: time('rotate_time'),
    lastUseTime: time('last_use_time'),
  },
  (t) => [
    uniqueIndex('api_keys_secret').on(t.secretSha256),
    uniqueIndex('api_keys_previous').on(t.previousSha256),
    uniqueIndex('api_keys_request').on(t.owner, t.requestId),
    index('api_keys_created').on(t.owner, t.createTime, t.id),
  ],
);

/** Jobs accepted of an owner in a day of UTC. */
export const ownerDays = pgTable(
  'owner_days',
  {
    owner: text('owner').notNull(),
    day: date('day').notNull(),
    jobs: integer('jobs').notNull(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.day] })],
);

/** Quotas of owners for whom another one holds than for all; 0 is no bound. */
export const ownerQuotas = pgTable('owner_quotas', {
  owner: text('owner').primaryKey(),
  jobsPerDay: bigint('jobs_per_day', { mode: 'number' }).notNull(),
  storedBytes: bigint('stored_bytes', { mode: 'number' }).notNull(),
});

/** Where owners are told of their jobs. The secrets of signatures are derived and not kept. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid('id').primaryKey(),
    owner: text('owner').notNull(),
    requestId: text('request_id').notNull(),
    url: text('url').notNull(),
    /** The one job it is told of; null where it is told of all. */
    jobId: uuid('job_id').references(() => jobs.id, { onDelete: 'cascade' }),
    createTime: time('create_time').notNull().defaultNow(),
    /** When the target answered that it is gone. */
    disableTime: time('disable_time'),
  },
  (t) => [
    uniqueIndex('webhooks_request').on(t.owner, t.requestId),
    index('webhooks_created').on(t.owner, t.createTime),
    uniqueIndex('webhooks_of_job').on(t.jobId),
  ],
);

/** Messages to webhooks; a trigger writes them with the event that they tell of. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    jobId: uuid('job_id').notNull(),
    /** Number of the job's event. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    payload: jsonb('payload').$type<JsonDocument>().notNull(),
    state: text('state', { enum: DELIVERY_STATES }).notNull().default('pending'),
    /** Tries since it was written or replayed. */
    tries: integer('tries').notNull().default(0),
    attempts: jsonb('attempts').$type<AttemptRecord[]>().notNull().default([]),
    nextAttemptTime: time('next_attempt_time').notNull().defaultNow(),
    /** Until when a process is sending it. */
    leaseExpireTime: time('lease_expire_time'),
    createTime: time('create_time').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_event').on(t.webhookId, t.jobId, t.seq),
    index('webhook_deliveries_pending')
      .on(t.nextAttemptTime)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_leased')
      .on(t.webhookId, t.leaseExpireTime)
      .where(sql`${t.leaseExpireTime} IS NOT NULL`),
    index('webhook_deliveries_created').on(t.webhookId, t.createTime, t.id),
    index('webhook_deliveries_ended')
      .on(t.createTime)
      .where(sql`${t.state} <> 'pending'`),
  ],
);
