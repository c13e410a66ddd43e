import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobEvent, JobEventType, JobState } from '@beatbot/contracts/music/v1/job';
import { Revision, Song } from '@beatbot/contracts/music/v1/song';
import { CallOptions, DomainError } from '@beatbot/service-kit';
import { isFinal } from '../../src/jobs/job-states';
import { CreatedJob, EVENT_PAGE, JobFilter, JobStore, NewJob } from '../../src/jobs/job-store';
import { Claim, JobQueue, Lease, Outcome, Progress, Release } from '../../src/production/job-queue';

interface Row {
  job: Job;
  events: JobEvent[];
  leaseUntil: number;
  notBefore: number;
  requestKey: string;
  revisions: Revision[];
}

const { JOB_EVENT_TYPE_STATE: STATE, JOB_EVENT_TYPE_PROGRESS: PROGRESS } = JobEventType;

/** The storage service's jobs in memory: leases, fencing numbers, numbered events, as the contract says. */
export class FakeJobs implements JobStore, JobQueue {
  /** Thrown by every call while set: storage is away. */
  away?: DomainError;
  heartbeats = 0;
  /** How often somebody looked for events. */
  looks = 0;
  readonly releases: Release[] = [];
  private readonly rows = new Map<string, Row>();

  async create({ requestId, request, webhook }: NewJob, call: CallOptions): Promise<CreatedJob> {
    this.assertThere();
    const owner = ownerOf(call);
    const requestKey = `${owner} ${requestId}`;
    let row = [...this.rows.values()].find((known) => known.requestKey === requestKey);
    if (!row) {
      const songId = 'revisionRequest' in request ? request.revisionRequest.songId : randomUUID();
      const job = { ...emptyJob(owner, songId), ...request };
      row = { job, events: [], leaseUntil: 0, notBefore: 0, requestKey, revisions: [] };
      this.rows.set(job.id, row);
      this.event(row, STATE, { state: JobState.JOB_STATE_QUEUED, stage: 'queued' });
    }
    const told = webhook && { ...webhook, id: `hook of ${row.job.id}`, secret: 'whsec_' };
    return { song: songOf(row.job), job: structuredClone(row.job), webhook: told };
  }

  async get(jobId: string, call: CallOptions): Promise<Job> {
    return structuredClone(this.owned(jobId, call).job);
  }

  async list({ states }: JobFilter, call: CallOptions): Promise<{ jobs: Job[]; nextPageToken: string }> {
    const jobs = [...this.rows.values()]
      .map(({ job }) => job)
      .filter((job) => job.owner === ownerOf(call) && (states.length === 0 || states.includes(job.state)));
    return { jobs: structuredClone(jobs), nextPageToken: '' };
  }

  async listEvents(jobId: string, afterSeq: number, call: CallOptions): Promise<JobEvent[]> {
    this.looks++;
    return structuredClone(this.owned(jobId, call).events.slice(afterSeq, afterSeq + EVENT_PAGE));
  }

  async cancel(jobId: string, call: CallOptions): Promise<Job> {
    const row = this.owned(jobId, call);
    if (row.job.state === JobState.JOB_STATE_RUNNING) row.job.cancelRequested = true;
    else this.event(row, STATE, { state: JobState.JOB_STATE_CANCELLED, stage: 'done' });
    return structuredClone(row.job);
  }

  async approve(jobId: string, plan: Plan | undefined, call: CallOptions): Promise<Job> {
    const row = this.owned(jobId, call);
    Object.assign(row.job, { plan: plan ?? row.job.plan, planApproved: true });
    this.event(row, STATE, { state: JobState.JOB_STATE_QUEUED, stage: 'queued' });
    return structuredClone(row.job);
  }

  async retry(jobId: string, call: CallOptions): Promise<Job> {
    const row = this.owned(jobId, call);
    Object.assign(row.job, { error: undefined, cancelRequested: false, attempts: 0 });
    this.event(row, STATE, { state: JobState.JOB_STATE_QUEUED, stage: 'queued' });
    return structuredClone(row.job);
  }

  async claim({ leaseSeconds, waitSeconds }: Claim, call: CallOptions): Promise<Job | undefined> {
    const until = Date.now() + waitSeconds * 1000;
    do {
      this.assertThere();
      const now = Date.now();
      for (const row of this.rows.values()) {
        const { state } = row.job;
        const queued = state === JobState.JOB_STATE_QUEUED && row.notBefore <= now;
        if (!queued && !(state === JobState.JOB_STATE_RUNNING && row.leaseUntil <= now)) continue;
        row.leaseUntil = now + leaseSeconds * 1000;
        row.job.fencingNumber++;
        row.job.attempts++;
        this.event(row, STATE, { state: JobState.JOB_STATE_RUNNING, stage: row.job.stage });
        return structuredClone(row.job);
      }
      await sleep(5);
      if (call.signal?.aborted) throw new DomainError('CANCELLED', 'the claim was cancelled');
    } while (Date.now() < until);
    return undefined;
  }

  async heartbeat(lease: Lease, leaseSeconds: number): Promise<{ cancelRequested: boolean }> {
    const row = this.held(lease);
    this.heartbeats++;
    row.leaseUntil = Date.now() + leaseSeconds * 1000;
    return { cancelRequested: row.job.cancelRequested };
  }

  async appendEvent(lease: Lease, progress: Progress): Promise<JobEvent> {
    const row = this.held(lease);
    if (progress.scoreKey) row.job.scoreKey = progress.scoreKey;
    return this.event(row, PROGRESS, progress);
  }

  async release(lease: Lease, release: Release): Promise<JobEvent> {
    const row = this.held(lease);
    this.releases.push(release);
    row.notBefore = Date.now() + release.delayMs;
    if (release.forgiveAttempt) row.job.attempts--;
    return this.event(row, STATE, { state: JobState.JOB_STATE_QUEUED, stage: 'queued', detail: release.detail });
  }

  async awaitApproval(lease: Lease, plan: Plan): Promise<JobEvent> {
    const row = this.held(lease);
    row.job.plan = plan;
    return this.event(row, STATE, { state: JobState.JOB_STATE_AWAITING_APPROVAL, stage: 'plan' });
  }

  async finish(lease: Lease, outcome: Outcome): Promise<JobEvent> {
    const row = this.held(lease);
    if ('revision' in outcome) {
      row.revisions.push(outcome.revision);
      return this.event(row, STATE, { state: JobState.JOB_STATE_SUCCEEDED, stage: 'done', percent: 100 });
    }
    if ('error' in outcome) {
      row.job.error = outcome.error;
      return this.event(row, STATE, { state: JobState.JOB_STATE_FAILED, stage: 'done' });
    }
    return this.event(row, STATE, { state: JobState.JOB_STATE_CANCELLED, stage: 'done' });
  }

  /** For tests: what stands there, whoever asks. */
  row(jobId: string): Row {
    const row = this.rows.get(jobId);
    if (!row) throw new DomainError('NOT_FOUND', `there is no job ${jobId}`);
    return row;
  }

  /** For tests: as if another worker had taken the job. */
  takeAway(jobId: string): void {
    this.row(jobId).job.fencingNumber++;
    this.row(jobId).leaseUntil = Date.now() + 60_000;
  }

  private owned(jobId: string, call: CallOptions): Row {
    this.assertThere();
    const row = this.row(jobId);
    if (row.job.owner !== ownerOf(call)) throw new DomainError('NOT_FOUND', `there is no job ${jobId}`);
    return row;
  }

  private held(lease: Lease): Row {
    this.assertThere();
    const row = this.row(lease.jobId);
    if (row.job.fencingNumber !== lease.fencingNumber) {
      throw new DomainError('STALE_FENCING_NUMBER', `${lease.fencingNumber} is not ${row.job.fencingNumber}`);
    }
    if (isFinal(row.job.state)) throw new DomainError('JOB_ENDED', 'the job has ended');
    return row;
  }

  private event(row: Row, type: JobEventType, changes: Partial<JobEvent>): JobEvent {
    const { job } = row;
    job.state = changes.state ?? job.state;
    job.stage = changes.stage ?? job.stage;
    job.percent = changes.percent ?? job.percent;
    job.lastEventSeq++;
    const { id: jobId, lastEventSeq: seq, state, stage, percent } = job;
    const texts = { agent: changes.agent ?? '', detail: changes.detail ?? '' };
    const event = { jobId, seq, type, state, stage, percent, ...texts, time: timestamp() };
    row.events.push(event);
    return structuredClone(event);
  }

  private assertThere(): void {
    if (this.away) throw this.away;
  }
}

function ownerOf(call: CallOptions): string {
  return call.owner ?? call.context?.owner ?? '';
}

function timestamp(): { seconds: number; nanos: number } {
  const now = Date.now();
  return { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 };
}

function emptyJob(owner: string, songId: string): Job {
  return {
    id: randomUUID(),
    owner,
    songId,
    revision: 0,
    state: JobState.JOB_STATE_QUEUED,
    stage: 'queued',
    percent: 0,
    attempts: 0,
    fencingNumber: 0,
    error: undefined,
    queuePosition: 0,
    plan: undefined,
    planApproved: false,
    cancelRequested: false,
    scoreKey: '',
    lastEventSeq: 0,
    createTime: timestamp(),
    updateTime: timestamp(),
    startTime: undefined,
    endTime: undefined,
  };
}

function songOf(job: Job): Song {
  const { songId: id, owner, createTime, updateTime } = job;
  return { id, owner, title: '', tags: [], style: '', prompt: '', latestRevision: 0, createTime, updateTime };
}
