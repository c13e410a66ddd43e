import { Plan } from '@beatbot/contracts/music/v1/brief';
import { Job, JobEvent } from '@beatbot/contracts/music/v1/job';
import { Song } from '@beatbot/contracts/music/v1/song';
import { JobServiceController } from '@beatbot/contracts/storage/v1/jobs';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { EVENT_PAGE, JobFilter, JobStore, NewJob } from './job-store';
import { present } from './present';

/** The jobs in the storage service. */
export class GrpcJobStore implements JobStore {
  constructor(private readonly storage: GrpcClient<JobServiceController>) {}

  async create(job: NewJob, call: CallOptions): Promise<{ song: Song; job: Job }> {
    const { requestId, request, maxUnfinished, maxUnfinishedOfOwner } = job;
    const answer = await this.storage.createJob({ requestId, ...request, maxUnfinished, maxUnfinishedOfOwner }, call);
    return { song: present(answer.song, 'song'), job: present(answer.job, 'job') };
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
