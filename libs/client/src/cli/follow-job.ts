import type { Job } from '../api-types';
import type { BeatbotClient } from '../beatbot-client';
import { CommandError, EXIT } from './exit-code';
import type { ProgressDisplay } from './progress-display';

/**
 * Follows a job to its end and gives it back when it has succeeded. The first Ctrl-C asks the server to cancel the job,
 * the second leaves at once.
 * @throws CommandError when the job failed, was cancelled, or waits for a yes to its plan
 */
export async function followJob(
  client: BeatbotClient,
  jobId: string,
  display: ProgressDisplay,
  { cancelOnInterrupt = true } = {},
): Promise<Job> {
  const leave = new AbortController();
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts > 1 || !cancelOnInterrupt) {
      leave.abort();
      return;
    }
    display.note('Cancelling; press Ctrl-C again to leave without waiting.');
    client.cancelJob(jobId, { signal: leave.signal }).catch((error: unknown) => {
      if (!leave.signal.aborted)
        display.note(`The job could not be cancelled: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  process.on('SIGINT', interrupt);
  try {
    for await (const event of client.watchJob(jobId, { signal: leave.signal })) {
      display.show(event);
      if (event.state === 'awaiting_approval') break;
    }
  } catch (error) {
    if (leave.signal.aborted)
      throw new CommandError(`Left; the job goes on or ends by itself: beatbot watch ${jobId}`, EXIT.interrupted);
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    display.stop();
  }
  return succeeded(await client.getJob(jobId));
}

/** The job, if it has succeeded. */
export function succeeded(job: Job): Job {
  switch (job.state) {
    case 'succeeded':
      return job;
    case 'failed':
      throw new CommandError(
        `The job failed: ${job.error?.message ?? 'no reason given'} (${job.error?.reason ?? 'UNKNOWN'}, job ${job.id})`,
        EXIT.jobFailed,
      );
    case 'cancelled':
      throw new CommandError(`The job was cancelled (job ${job.id}).`, EXIT.cancelled);
    case 'awaiting_approval':
      throw new CommandError(
        `The plan waits for your yes: POST /v1/jobs/${job.id}:approve, then beatbot watch ${job.id}`,
        EXIT.conflict,
      );
    default:
      throw new CommandError(
        `The events ended while the job is ${job.state}: beatbot watch ${job.id}`,
        EXIT.unreachable,
      );
  }
}
