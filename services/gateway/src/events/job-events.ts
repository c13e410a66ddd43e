import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type CallContext, domainErrorFromGrpc, type Reason } from '@beatbot/service-kit';
import { type OrchestratorClient, Orchestrator } from '../backends/backends';
import { present } from '../backends/present';
import { jobEventView, jobView } from '../jobs/job.mapping';
import { FINAL_STATES, type JobEventView, type JobView } from '../jobs/job.schemas';

/** A stream that ends for one of these is taken up again where it stopped. */
const PASSING: readonly Reason[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'RESOURCE_EXHAUSTED', 'CANCELLED', 'ABORTED'];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
/** How long the orchestrator may be away in one stretch before a follower is told. */
const PATIENCE_MS = 60_000;

/** Follows jobs for clients; an orchestrator that restarts is bridged. */
@Injectable()
export class JobEvents {
  constructor(@Orchestrator() private readonly orchestrator: OrchestratorClient) {}

  async job(jobId: string, context: CallContext, signal?: AbortSignal): Promise<JobView> {
    const { job } = await this.orchestrator.getJob({ jobId }, { context, signal });
    return jobView(present(job, 'job'));
  }

  /** The events after number `after`, in order and without gaps, up to the one that ends the job. */
  async *follow(jobId: string, after: number, context: CallContext, signal: AbortSignal): AsyncGenerator<JobEventView> {
    let seq = after;
    let pauseMs = FIRST_PAUSE_MS;
    let patienceEnds = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        for await (const event of this.orchestrator.watchJob({ jobId, afterSeq: seq }, { context, signal })) {
          if (event.seq <= seq) continue;
          seq = event.seq;
          pauseMs = FIRST_PAUSE_MS;
          patienceEnds = Date.now() + PATIENCE_MS;
          yield jobEventView(event);
        }
        // An orchestrator that stops may end a stream before the job has ended.
        if (isOver(await this.job(jobId, context, signal), seq)) return;
      } catch (thrown) {
        const error = domainErrorFromGrpc(thrown);
        if (signal.aborted || !PASSING.includes(error.reason) || Date.now() > patienceEnds) throw error;
      }
      await sleep(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}

/** Whether the job has ended and its last event has number `seq` or comes before it. */
export function isOver(job: JobView, seq: number): boolean {
  return FINAL_STATES.includes(job.state) && job.lastEventSeq <= seq;
}
