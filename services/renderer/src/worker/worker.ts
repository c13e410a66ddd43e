import { getPriority, setPriority } from 'node:os';
import { InputError } from '@beatbot/music';
import { encode, peaks } from './encode-job';
import { JobCancelled, JobContext } from './job-context';
import type { JobName, JobOutcome, Jobs, JobTask } from './job-types';
import { excerptLoudness, liveMix, liveStems } from './live-jobs';
import { masterMix } from './master-job';
import { plan } from './plan-job';
import { stem } from './stem-job';
import { warmUp } from './warm-up-job';
import { workerEngine } from './worker-engine';

/** nice(1): a third of the turns of its main thread, where both want the processor (335 to 1024, kernel/sched/core.c). */
const NICER = 5;

// Threads that compute give way to those that answer. On Linux this is the calling thread's priority, elsewhere the process's.
setPriority(Math.min(getPriority() + NICER, 19));

// Loading begins with the thread, not with its first job.
void workerEngine().catch(() => undefined);

const JOBS: { [Name in JobName]: (input: Jobs[Name]['input'], context: JobContext) => Promise<Jobs[Name]['result']> } =
  {
    'warm-up': warmUp,
    plan,
    stem,
    master: masterMix,
    encode,
    peaks,
    'excerpt-loudness': excerptLoudness,
    'live-stems': liveStems,
    'live-mix': liveMix,
  };

/** What a thread of the pool does with a task. */
export default async function run<Name extends JobName>({
  job,
  input,
  port,
}: JobTask<Name>): Promise<JobOutcome<Jobs[Name]['result']>> {
  try {
    return { ok: await JOBS[job](input, new JobContext(port)) };
  } catch (error) {
    if (error instanceof JobCancelled) return { cancelled: true };
    if (error instanceof InputError)
      return { fault: { field: error.field, value: error.value, allowed: error.allowed } };
    throw error;
  } finally {
    port.close();
  }
}
