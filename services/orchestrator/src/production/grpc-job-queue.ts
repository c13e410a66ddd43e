import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobEvent } from '@beatbot/contracts/music/v1/job';
import { FinishJobRequest, JobServiceController } from '@beatbot/contracts/storage/v1/jobs';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { present } from '../jobs/present';
import { Claim, JobQueue, Lease, Outcome, Progress, Release } from './job-queue';

/** The queue in the storage service. */
export class GrpcJobQueue implements JobQueue {
  constructor(private readonly storage: GrpcClient<JobServiceController>) {}

  async claim(claim: Claim, call: CallOptions): Promise<Job | undefined> {
    const { workerId, maxAttempts, maxRunningOfOwner } = claim;
    const lease = duration(claim.leaseSeconds * 1000);
    const wait = duration(claim.waitSeconds * 1000);
    const answer = await this.storage.claimJob({ workerId, lease, wait, maxAttempts, maxRunningOfOwner }, call);
    return answer.job ?? undefined;
  }

  heartbeat(lease: Lease, leaseSeconds: number, call: CallOptions): Promise<{ cancelRequested: boolean }> {
    return this.storage.heartbeat({ ...lease, lease: duration(leaseSeconds * 1000) }, call);
  }

  async appendEvent(lease: Lease, progress: Progress, call: CallOptions): Promise<JobEvent> {
    return present((await this.storage.appendJobEvent({ ...lease, ...progress }, call)).event, 'event');
  }

  async release(lease: Lease, release: Release, call: CallOptions): Promise<JobEvent> {
    const { delayMs, detail, forgiveAttempt } = release;
    const request = { ...lease, delay: duration(delayMs), detail, forgiveAttempt };
    return present((await this.storage.releaseJob(request, call)).event, 'event');
  }

  async awaitApproval(lease: Lease, plan: Plan, call: CallOptions): Promise<JobEvent> {
    return present((await this.storage.awaitApproval({ ...lease, plan }, call)).event, 'event');
  }

  async finish(lease: Lease, outcome: Outcome, call: CallOptions): Promise<JobEvent> {
    const request: FinishJobRequest = { ...lease, ...('cancelled' in outcome ? { cancelled: {} } : outcome) };
    return present((await this.storage.finishJob(request, call)).event, 'event');
  }
}

function duration(milliseconds: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: Math.round((milliseconds - seconds * 1000) * 1e6) };
}
