import type { JobState as JobStateName } from '@beatbot/contracts/music/v1/job';
import type * as Messages from '@beatbot/contracts/storage/v1/jobs';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { idOf } from '../edge/id-of';
import { ownerOf } from '../edge/owner';
import { type PagePlace, readPageToken, writePageToken } from '../edge/page-token';
import { songMessage } from '../songs/song-mapping';
import { JOB_STATES, type JobState } from './job';
import { JobCreationService } from './job-creation.service';
import { jobEventMessage, jobMessage, newJobOfMessage, stateNames } from './job-mapping';
import { jobNotFound } from './job-row';
import { JobService } from './job.service';

const STATE_NAMES = JOB_STATES.map((state) => stateNames.toMessage(state));

/** The calls of people. */
@Controller()
export class JobGrpc {
  constructor(
    private readonly creation: JobCreationService,
    private readonly jobs: JobService,
  ) {}

  @GrpcMethod('JobService', 'CreateJob')
  async createJob(
    request: Messages.CreateJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.CreateJobResponse> {
    const checks = new FieldChecks();
    const wanted = newJobOfMessage(request, ownerOf(callContext(call)), checks);
    checks.done();
    const { song, job, created, webhook } = await this.creation.create(wanted as NonNullable<typeof wanted>);
    return { song: songMessage(song), job: jobMessage(job), created, webhook };
  }

  @GrpcMethod('JobService', 'GetJob')
  async getJob(
    request: Messages.GetJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.GetJobResponse> {
    const { owner, jobId } = ownAndJob(request, call);
    return { job: jobMessage(await this.jobs.get(owner, jobId)) };
  }

  @GrpcMethod('JobService', 'ListJobs')
  async listJobs(
    request: Messages.ListJobsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListJobsResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const pageSize = checks.pageSize('page_size', request.pageSize, 100, 50);
    const songId = request.songId === '' ? undefined : checks.id('song_id', request.songId);
    const states = statesOf(request.states, checks);
    const query = { list: 'jobs', owner, songId, states: [...states].sort() };
    const before = jobPlace(readPageToken(query, request.pageToken), request.pageToken, checks);
    checks.done();
    const jobs = await this.jobs.list({ owner, songId, states, before, limit: pageSize + 1 });
    const page = jobs.slice(0, pageSize);
    const last = jobs.length > pageSize ? page.at(-1) : undefined;
    return {
      jobs: page.map(jobMessage),
      nextPageToken: last ? writePageToken(query, { value: last.createTime.toISOString(), id: last.id }) : '',
    };
  }

  @GrpcMethod('JobService', 'ListJobEvents')
  async listJobEvents(
    request: Messages.ListJobEventsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListJobEventsResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const jobId = idOf(request.jobId, jobNotFound);
    const afterSeq = checks.integer('after_seq', request.afterSeq, 0, Number.MAX_SAFE_INTEGER);
    const pageSize = checks.pageSize('page_size', request.pageSize, 1000, 1000);
    checks.done();
    return { events: (await this.jobs.listEvents(owner, jobId, afterSeq, pageSize)).map(jobEventMessage) };
  }

  @GrpcMethod('JobService', 'CancelJob')
  async cancelJob(
    request: Messages.CancelJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.CancelJobResponse> {
    const { owner, jobId } = ownAndJob(request, call);
    return { job: jobMessage(await this.jobs.cancel(owner, jobId)) };
  }

  @GrpcMethod('JobService', 'ApproveJob')
  async approveJob(
    request: Messages.ApproveJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ApproveJobResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const jobId = idOf(request.jobId, jobNotFound);
    const plan = request.plan ? checks.document('plan', request.plan) : undefined;
    checks.done();
    return { job: jobMessage(await this.jobs.approve(owner, jobId, plan)) };
  }

  @GrpcMethod('JobService', 'RetryJob')
  async retryJob(
    request: Messages.RetryJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.RetryJobResponse> {
    const { owner, jobId } = ownAndJob(request, call);
    return { job: jobMessage(await this.jobs.retry(owner, jobId)) };
  }
}

function ownAndJob(request: { jobId: string }, call: ServerCall): { owner: string; jobId: string } {
  const owner = ownerOf(callContext(call));
  return { owner, jobId: idOf(request.jobId, jobNotFound) };
}

function statesOf(names: JobStateName[], checks: FieldChecks): JobState[] {
  return [...new Set(names)].flatMap((name, index) => {
    if (STATE_NAMES.includes(name)) return [stateNames.fromMessage(name)];
    checks.refuse(`states[${index}]`, name, STATE_NAMES.join(', '));
    return [];
  });
}

function jobPlace(
  place: PagePlace | undefined,
  token: string,
  checks: FieldChecks,
): { createTime: Date; id: string } | undefined {
  if (!place) return undefined;
  const createTime = checks.pageTime(place, token);
  return createTime && { createTime, id: place.id };
}
