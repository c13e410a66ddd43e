import { createHash } from 'node:crypto';
import { DomainError } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { v7 as uuidV7 } from 'uuid';
import { ADVISORY_LOCKS } from '../database/advisory-locks';
import { Database, type Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { jobEvents, jobs, requestIds, revisions, songs, webhooks } from '../database/schema';
import { canonicalJson, type JsonDocument } from '../edge/json-document';
import { revisionNotFound, songNotFound } from '../songs/not-found';
import type { Song } from '../songs/song';
import { UsageService } from '../usage/usage.service';
import { WebhookService } from '../webhooks/webhook.service';
import type { Job } from './job';
import { jobNotFound, wakeClaims, withQueuePositions } from './job-row';

interface Common {
  owner: string;
  requestId: string;
  /** Kept whole for the worker. */
  request: JsonDocument;
  /** Most unfinished jobs of all owners; no bound where 0. */
  maxUnfinished: number;
  maxUnfinishedOfOwner: number;
  /** Where to tell of the job, if anywhere. */
  webhookUrl?: string;
}

export type NewJob = Common &
  (
    | { kind: 'song'; title: string; prompt: string; tags: string[] }
    | {
        kind: 'revision';
        songId: string;
        /** 0 for the newest. */
        baseRevision: number;
      }
  );

export interface Created {
  song: Song;
  job: Job;
  /** False where the request id had been used for the same request. */
  created: boolean;
  /** Who is told of the job, if anybody. */
  webhook?: { id: string; url: string; secret: string };
}

/** When to come back to a full queue. */
const QUEUE_RETRY_MS = 5000;

/** Writes jobs, once for each request id. */
@Injectable()
export class JobCreationService {
  constructor(
    private readonly database: Database,
    private readonly usage: UsageService,
    private readonly webhooks: WebhookService,
  ) {}

  /**
   * @throws DomainError IDEMPOTENCY_KEY_REUSED for another request under a used id, QUEUE_FULL or QUOTA_EXCEEDED beyond a bound,
   * NOT_FOUND for a revision of an unknown song or revision, and what {@link WebhookService.allowedUrl} throws
   */
  async create(wanted: NewJob): Promise<Created> {
    const { kind, request, webhookUrl } = wanted;
    const hash = createHash('sha256').update(canonicalJson({ kind, request, webhookUrl })).digest('hex');
    const targetUrl = webhookUrl === undefined ? undefined : await this.targetUrl(wanted, webhookUrl);
    return this.database.transaction(async (tx) => {
      const key = canonicalJson([wanted.owner, wanted.requestId]);
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
      const [used] = await tx
        .select()
        .from(requestIds)
        .where(and(eq(requestIds.owner, wanted.owner), eq(requestIds.requestId, wanted.requestId)));
      if (used) {
        if (used.requestHash !== hash) throw reused(wanted.requestId);
        return { ...(await this.read(tx, used.jobId)), created: false };
      }
      await assertRoom(tx, wanted);
      await this.usage.countJob(tx, wanted.owner);
      const id = uuidV7();
      const songId = wanted.kind === 'song' ? await insertSong(tx, wanted) : await holdSong(tx, wanted);
      const [job] = await tx
        .insert(jobs)
        .values({
          id,
          owner: wanted.owner,
          songId,
          kind: wanted.kind,
          request: wanted.request,
          state: 'queued',
          stage: 'queued',
          lastEventSeq: 1,
          claimableTime: databaseNow,
          createTime: databaseNow,
          updateTime: databaseNow,
        })
        .returning();
      if (!job) throw new Error('INSERT returned no row');
      await tx.insert(jobEvents).values({
        jobId: id,
        seq: 1,
        type: 'state',
        state: 'queued',
        stage: 'queued',
        percent: 0,
        agent: '',
        detail: 'waiting for a worker',
        time: job.createTime,
      });
      await tx
        .insert(requestIds)
        .values({ owner: wanted.owner, requestId: wanted.requestId, requestHash: hash, jobId: id });
      if (targetUrl !== undefined) {
        // An id of a request has no blanks: nobody else's can be this one.
        const webhook = { id: uuidV7(), owner: wanted.owner, requestId: `job ${id}`, url: targetUrl, jobId: id };
        await tx.insert(webhooks).values({ ...webhook, createTime: databaseNow });
      }
      await wakeClaims(tx);
      return { ...(await this.read(tx, id)), created: true };
    });
  }

  /** Looked up before the transaction, which does not wait for a name server; a repeated request needs no look. */
  private async targetUrl({ owner, requestId }: NewJob, webhookUrl: string): Promise<string> {
    const [used] = await this.database.run((db) =>
      db
        .select({ jobId: requestIds.jobId })
        .from(requestIds)
        .where(and(eq(requestIds.owner, owner), eq(requestIds.requestId, requestId))),
    );
    return used ? webhookUrl : this.webhooks.allowedUrl(webhookUrl, 'webhook.url');
  }

  private async read(tx: Executor, jobId: string): Promise<Omit<Created, 'created'>> {
    const [found] = await tx
      .select({ job: jobs, song: songs, webhook: { id: webhooks.id, url: webhooks.url } })
      .from(jobs)
      .innerJoin(songs, eq(songs.id, jobs.songId))
      .leftJoin(webhooks, eq(webhooks.jobId, jobs.id))
      .where(eq(jobs.id, jobId));
    const [job] = found ? await withQueuePositions(tx, [found.job]) : [];
    if (!found || !job) throw jobNotFound(jobId);
    const { song, webhook } = found;
    return { song, job, ...(webhook && { webhook: { ...webhook, secret: this.webhooks.secretOf(webhook) } }) };
  }
}

function reused(requestId: string): DomainError {
  return new DomainError(
    'IDEMPOTENCY_KEY_REUSED',
    `request id ${JSON.stringify(requestId)} was used for another request; use a new one`,
    { fields: [{ field: 'request_id', value: requestId, allowed: 'an id not used for another request' }] },
  );
}

async function assertRoom(tx: Executor, wanted: NewJob): Promise<void> {
  if (wanted.maxUnfinished === 0 && wanted.maxUnfinishedOfOwner === 0) return;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.create})`);
  const [counts] = await tx
    .select({
      all: sql<number>`count(*)::int`,
      own: sql<number>`(count(*) FILTER (WHERE ${jobs.owner} = ${wanted.owner}))::int`,
    })
    .from(jobs)
    .where(isNull(jobs.endTime));
  const { all = 0, own = 0 } = counts ?? {};
  if (wanted.maxUnfinishedOfOwner > 0 && own >= wanted.maxUnfinishedOfOwner) {
    throw full(`you have ${own} unfinished jobs; ${wanted.maxUnfinishedOfOwner} are allowed`);
  }
  if (wanted.maxUnfinished > 0 && all >= wanted.maxUnfinished) {
    throw full(`${all} jobs are unfinished; ${wanted.maxUnfinished} are allowed`);
  }
}

function full(message: string): DomainError {
  return new DomainError('QUEUE_FULL', message, { retryAfterMs: QUEUE_RETRY_MS });
}

async function insertSong(tx: Executor, wanted: NewJob & { kind: 'song' }): Promise<string> {
  const id = uuidV7();
  await tx.insert(songs).values({
    id,
    owner: wanted.owner,
    title: wanted.title,
    tags: wanted.tags,
    prompt: wanted.prompt,
    createTime: databaseNow,
    updateTime: databaseNow,
  });
  return id;
}

/** Holds the song against deletion until the job is written. */
async function holdSong(tx: Executor, wanted: NewJob & { kind: 'revision' }): Promise<string> {
  const [song] = await tx
    .select()
    .from(songs)
    .where(and(eq(songs.id, wanted.songId), eq(songs.owner, wanted.owner), isNull(songs.deleteTime)))
    .for('share');
  if (!song) throw songNotFound(wanted.songId);
  const number = wanted.baseRevision || song.latestRevision;
  const [revision] = await tx
    .select({ number: revisions.number })
    .from(revisions)
    .where(and(eq(revisions.songId, song.id), eq(revisions.number, number)));
  if (!revision) throw revisionNotFound(song.id, number);
  return song.id;
}
