import type * as Messages from '@beatbot/contracts/storage/v1/jobs';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { JobClaimService } from './job-claim.service';
import { type Lease, JobLeaseService } from './job-lease.service';
import { jobEventMessage, jobMessage, outcomeOfMessage } from './job-mapping';

const MIN_LEASE_MS = 100;
const MAX_LEASE_MS = 15 * 60_000;
const MAX_WAIT_MS = 30_000;
const MAX_DELAY_MS = 24 * 3_600_000;
/** An answer "none" is on its way this long before the caller's deadline. */
const ANSWER_BEFORE_DEADLINE_MS = 500;

/** The calls of workers. */
@Controller()
export class JobLeaseGrpc {
  constructor(
    private readonly claims: JobClaimService,
    private readonly leases: JobLeaseService,
  ) {}

  @GrpcMethod('JobService', 'ClaimJob')
  async claimJob(
    request: Messages.ClaimJobRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ClaimJobResponse> {
    const { signal, deadline } = callContext(call);
    const checks = new FieldChecks();
    const claim = {
      workerId: checks.text('worker_id', request.workerId, 1, 200),
      leaseMs: checks.duration('lease', request.lease, MIN_LEASE_MS, MAX_LEASE_MS),
      maxAttempts: checks.integer('max_attempts', request.maxAttempts, 1, 1000),
      maxRunningOfOwner: checks.integer('max_running_of_owner', request.maxRunningOfOwner, 0, 2 ** 31 - 1),
    };
    const waitMs = checks.duration('wait', request.wait, 0, MAX_WAIT_MS);
    checks.done();
    const left = deadline ? deadline.getTime() - Date.now() - ANSWER_BEFORE_DEADLINE_MS : Infinity;
    const job = await this.claims.claim(claim, Math.min(waitMs, left), signal);
    return { job: job && jobMessage(job) };
  }

  @GrpcMethod('JobService', 'Heartbeat')
  async heartbeat(request: Messages.HeartbeatRequest): Promise<Messages.HeartbeatResponse> {
    const checks = new FieldChecks();
    const lease = leaseOf(request, checks);
    const leaseMs = checks.duration('lease', request.lease, MIN_LEASE_MS, MAX_LEASE_MS);
    checks.done();
    return this.leases.heartbeat(lease, leaseMs);
  }

  @GrpcMethod('JobService', 'AppendJobEvent')
  async appendJobEvent(request: Messages.AppendJobEventRequest): Promise<Messages.AppendJobEventResponse> {
    const checks = new FieldChecks();
    const lease = leaseOf(request, checks);
    const progress = {
      stage: checks.pattern(
        'stage',
        request.stage,
        /^[a-z][a-z0-9_-]{0,49}$/,
        '1 to 50 of a-z 0-9 _ -, a letter first',
      ),
      percent: checks.integer('percent', request.percent, 0, 100),
      agent: checks.text('agent', request.agent, 0, 100),
      detail: checks.text('detail', request.detail, 0, 10_000, true),
      scoreKey: request.scoreKey === '' ? '' : checks.objectKey('score_key', request.scoreKey),
    };
    checks.done();
    return { event: jobEventMessage(await this.leases.appendEvent(lease, progress)) };
  }

  @GrpcMethod('JobService', 'ReleaseJob')
  async releaseJob(request: Messages.ReleaseJobRequest): Promise<Messages.ReleaseJobResponse> {
    const checks = new FieldChecks();
    const lease = leaseOf(request, checks);
    const delayMs = checks.duration('delay', request.delay, 0, MAX_DELAY_MS);
    const detail = checks.text('detail', request.detail, 0, 10_000, true);
    checks.done();
    return { event: jobEventMessage(await this.leases.release(lease, delayMs, detail, request.forgiveAttempt)) };
  }

  @GrpcMethod('JobService', 'AwaitApproval')
  async awaitApproval(request: Messages.AwaitApprovalRequest): Promise<Messages.AwaitApprovalResponse> {
    const checks = new FieldChecks();
    const lease = leaseOf(request, checks);
    if (!request.plan) checks.refuse('plan', null, 'the plan that waits');
    const plan = checks.document('plan', request.plan ?? {});
    checks.done();
    return { event: jobEventMessage(await this.leases.awaitApproval(lease, plan)) };
  }

  @GrpcMethod('JobService', 'FinishJob')
  async finishJob(request: Messages.FinishJobRequest): Promise<Messages.FinishJobResponse> {
    const checks = new FieldChecks();
    const lease = leaseOf(request, checks);
    const outcome = outcomeOfMessage(request, checks);
    checks.done();
    const { job, event } = await this.leases.finish(lease, outcome as NonNullable<typeof outcome>);
    return { job: jobMessage(job), event: jobEventMessage(event) };
  }
}

function leaseOf(request: { jobId: string; fencingNumber: number }, checks: FieldChecks): Lease {
  return {
    jobId: checks.id('job_id', request.jobId),
    fencingNumber: checks.integer('fencing_number', request.fencingNumber, 1, Number.MAX_SAFE_INTEGER),
  };
}
