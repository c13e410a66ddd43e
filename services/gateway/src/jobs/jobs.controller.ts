import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { planToMessage } from '@beatbot/contracts';
import { type CallContext, CONFIG, invalidArgument, Readiness } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { Authenticator } from '../auth/authenticator';
import { type OrchestratorClient, Orchestrator } from '../backends/backends';
import { present } from '../backends/present';
import type { GatewayConfig } from '../config';
import { sendEventStream } from '../events/event-stream';
import { isOver, JobEvents } from '../events/job-events';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { IdempotencyKey, idempotencyHeader } from '../requests/idempotency-key';
import { Produces } from '../requests/media-type.guard';
import { JobParams } from '../validation/path-params';
import { jobStateNames, jobView } from './job.mapping';
import { ApproveJobDto, JobDto, JobEventsQuery, JobListDto, ListJobsQuery, ServerSentEventDto } from './job.schemas';

@Controller('v1/jobs')
export class JobsController {
  constructor(
    @Orchestrator() private readonly orchestrator: OrchestratorClient,
    private readonly jobEvents: JobEvents,
    private readonly readiness: Readiness,
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get()
  @Operation({
    id: 'listJobs',
    summary: 'List jobs, newest first',
    answers: { 200: { description: 'A page of jobs', body: JobListDto } },
  })
  async list(
    @Caller() caller: CallContext,
    @Query() { pageSize = 0, pageToken = '', song: songId = '', state = [] }: ListJobsQuery,
  ): Promise<JobListDto> {
    const page = await this.orchestrator.listJobs(
      { pageSize, pageToken, songId, states: state.map(jobStateNames.toMessage) },
      { context: caller },
    );
    return { jobs: page.jobs.map(jobView), nextPageToken: page.nextPageToken };
  }

  @Get(':job')
  @Operation({ id: 'getJob', summary: 'Read a job', answers: { 200: { description: 'The job', body: JobDto } } })
  async get(@Caller() caller: CallContext, @Param() { job }: JobParams): Promise<JobDto> {
    return this.jobEvents.job(job, caller);
  }

  @Post(':job\\:cancel')
  @HttpCode(200)
  @Operation({
    id: 'cancelJob',
    summary: 'End a job',
    description: 'A running step is told at once. 409 where the job has succeeded or failed.',
    headers: idempotencyHeader,
    answers: { 200: { description: 'The job, as it is now', body: JobDto } },
  })
  async cancel(
    @Caller() caller: CallContext,
    @IdempotencyKey() _key: string,
    @Param() { job: jobId }: JobParams,
  ): Promise<JobDto> {
    const { job } = await this.orchestrator.cancelJob({ jobId }, { context: caller });
    return jobView(present(job, 'job'));
  }

  @Post(':job\\:approve')
  @HttpCode(200)
  @Operation({
    id: 'approveJob',
    summary: 'Say yes to a plan',
    description: 'As proposed, or changed.',
    headers: idempotencyHeader,
    answers: { 200: { description: 'The job, as it is now', body: JobDto } },
  })
  async approve(
    @Caller() caller: CallContext,
    @IdempotencyKey() _key: string,
    @Param() { job: jobId }: JobParams,
    @Body() { plan }: ApproveJobDto,
  ): Promise<JobDto> {
    const { job } = await this.orchestrator.approvePlan(
      { jobId, plan: plan && planToMessage(plan) },
      { context: caller },
    );
    return jobView(present(job, 'job'));
  }

  @Post(':job\\:retry')
  @HttpCode(200)
  @Operation({
    id: 'retryJob',
    summary: 'Queue a failed or cancelled job again',
    headers: idempotencyHeader,
    answers: { 200: { description: 'The job, as it is now', body: JobDto } },
  })
  async retry(
    @Caller() caller: CallContext,
    @IdempotencyKey() _key: string,
    @Param() { job: jobId }: JobParams,
  ): Promise<JobDto> {
    const { job } = await this.orchestrator.retryJob({ jobId }, { context: caller });
    return jobView(present(job, 'job'));
  }

  @Get(':job/events')
  @Produces('text/event-stream')
  @Operation({
    id: 'watchJob',
    summary: 'Follow the events of a job',
    description:
      'Server-Sent Events; each data is a JobEvent, each id its number. Ends after the event that ends the job.',
    headers: {
      'Last-Event-ID': {
        description: 'Number of the last event already seen',
        schema: { type: 'integer', minimum: 0 },
      },
    },
    answers: {
      200: {
        description: 'The events, from the first not yet seen',
        mediaTypes: ['text/event-stream'],
        body: ServerSentEventDto,
      },
      204: { description: 'The job has ended and you have seen all' },
    },
  })
  async events(
    @Caller() caller: CallContext,
    @Param() { job: jobId }: JobParams,
    @Query() query: JobEventsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const after = lastEventId(request) ?? query.after ?? 0;
    if (isOver(await this.jobEvents.job(jobId, caller), after)) {
      response.status(204).end();
      return;
    }
    const ended = new AbortController();
    response.once('close', () => ended.abort());
    const refused = this.authenticator.whileAccepted(request, ended.signal);
    const signal = AbortSignal.any([caller.signal, this.readiness.draining, refused]);
    await sendEventStream(
      response,
      this.jobEvents.follow(jobId, after, caller, signal),
      this.config.HEARTBEAT_SECONDS * 1000,
      signal,
    );
  }
}

function lastEventId(request: Request): number | undefined {
  const value = request.header('last-event-id');
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw invalidArgument('Last-Event-ID', value, 'the number of an event, 0 or more');
  return Number(value);
}
