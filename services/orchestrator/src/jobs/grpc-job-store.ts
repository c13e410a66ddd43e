import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobEvent } from '@beatbot/contracts/music/v1/job';
import { JobServiceController } from '@beatbot/contracts/storage/v1/jobs';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { CreatedJob, EVENT_PAGE, JobFilter, JobStore, NewJob } from './job-store';
import { present } from './present';

/** The jobs in the storage service. */
export class GrpcJobStore implements JobStore {
  constructor(private readonly storage: GrpcClient<JobServiceController>) {}

  async create({ request, webhook, ...bounds }: NewJob, call: CallOptions): Promise<CreatedJob> {
    const answer = await this.storage.createJob({ ...bounds, ...request, webhook }, call);
    return {
      song: present(answer.song, 'song'),
      job: present(answer.job, 'job'),
      webhook: answer.webhook ?? undefined,
    };
  }

  async get(jobId: string, call: CallOptions): Promise<Job> {
    return present((await this.storage.getJob({ jobId }, call)).job, 'job');
  }

  list(filter: JobFilter, call: CallOptions): Promise<{ jobs: Job[]; nextPageToken: string }> {
    return this.storage.listJobs(filter, call);
  }

  async listEvents(jobId: string, afterSeq: number, call: CallOptions): Promise<JobEvent[]> {
    return (await this.storage.listJobEvents({ jobId, afterSeq, pageSize: EVENT_PAGE }, call)).events;
  }

  async cancel(jobId: string, call: CallOptions): Promise<Job> {
    return present((await this.storage.cancelJob({ jobId }, call)).job, 'job');
  }

  async approve(jobId: string, plan: Plan | undefined, call: CallOptions): Promise<Job> {
    return present((await this.storage.approveJob({ jobId, plan }, call)).job, 'job');
  }

  async retry(jobId: string, call: CallOptions): Promise<Job> {
    return present((await this.storage.retryJob({ jobId }, call)).job, 'job');
  }
}
