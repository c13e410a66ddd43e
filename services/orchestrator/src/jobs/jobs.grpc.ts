import { JobEvent } from '@beatbot/contracts/music/v1/job';
import {
  ApprovePlanRequest,
  ApprovePlanResponse,
  CancelJobRequest,
  CancelJobResponse,
  CreateRevisionRequest,
  CreateRevisionResponse,
  CreateSongRequest,
  CreateSongResponse,
  GetJobRequest,
  GetJobResponse,
  ListJobsRequest,
  ListJobsResponse,
  ORCHESTRATOR_SERVICE_NAME as SERVICE,
  RetryJobRequest,
  RetryJobResponse,
  WatchJobRequest,
} from '@beatbot/contracts/orchestrator/v1/orchestrator';
import { callContext, GrpcServerStream, ServerCall } from '@beatbot/service-kit';
import { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { JobWatcher } from '../events/job-watcher';
import { JobsService } from './jobs.service';

/** The edge of beatbot.orchestrator.v1.OrchestratorService. */
@Controller()
export class JobsGrpc {
  constructor(
    private readonly jobs: JobsService,
    private readonly watcher: JobWatcher,
  ) {}

  @GrpcMethod(SERVICE, 'CreateSong')
  createSong(request: CreateSongRequest, metadata: Metadata, call: ServerCall): Promise<CreateSongResponse> {
    const webhook = request.webhook ?? undefined;
    return this.jobs.createSong(request.requestId, request.song, webhook, callContext(call, metadata));
  }

  @GrpcMethod(SERVICE, 'CreateRevision')
  async createRevision(
    request: CreateRevisionRequest,
    metadata: Metadata,
    call: ServerCall,
  ): Promise<CreateRevisionResponse> {
    return { job: await this.jobs.createRevision(request.requestId, request.revision, callContext(call, metadata)) };
  }

  @GrpcMethod(SERVICE, 'GetJob')
  async getJob(request: GetJobRequest, metadata: Metadata, call: ServerCall): Promise<GetJobResponse> {
    return { job: await this.jobs.get(request.jobId, callContext(call, metadata)) };
  }

  @GrpcMethod(SERVICE, 'ListJobs')
  listJobs(request: ListJobsRequest, metadata: Metadata, call: ServerCall): Promise<ListJobsResponse> {
    return this.jobs.list(request, callContext(call, metadata));
  }

  @GrpcMethod(SERVICE, 'CancelJob')
  async cancelJob(request: CancelJobRequest, metadata: Metadata, call: ServerCall): Promise<CancelJobResponse> {
    return { job: await this.jobs.cancel(request.jobId, callContext(call, metadata)) };
  }

  @GrpcMethod(SERVICE, 'ApprovePlan')
  async approvePlan(request: ApprovePlanRequest, metadata: Metadata, call: ServerCall): Promise<ApprovePlanResponse> {
    const plan = request.plan ?? undefined;
    return { job: await this.jobs.approve(request.jobId, plan, callContext(call, metadata)) };
  }

  @GrpcMethod(SERVICE, 'RetryJob')
  async retryJob(request: RetryJobRequest, metadata: Metadata, call: ServerCall): Promise<RetryJobResponse> {
    return { job: await this.jobs.retry(request.jobId, callContext(call, metadata)) };
  }

  @GrpcServerStream(SERVICE, 'WatchJob')
  watchJob(request: WatchJobRequest, metadata: Metadata, call: ServerCall): AsyncIterable<JobEvent> {
    return this.watcher.watch(request.jobId, request.afterSeq, callContext(call, metadata));
  }
}
