import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { allocateSounds, SampleRate } from '@beatbot/dsp';
import { CONFIG, DomainError, invalidArgument, Metrics } from '@beatbot/service-kit';
import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import { Config } from '../config';
import type { Fault, FromJob, JobName, JobOutcome, Jobs, ToJob } from '../worker/job-types';
import type { WorkerSettings } from '../worker/worker-engine';

export interface JobOptions {
  /** Ends the job within a few milliseconds; the result then rejects with the signal's reason. */
  signal: AbortSignal;
  onProgress?: (value: number) => void;
  /** Takes the bytes of a job that emits; the job waits while it lags behind. */
  onBytes?: (bytes: Uint8Array) => Promise<void>;
}

export interface StartedJob<Name extends JobName> {
  result: Promise<Jobs[Name]['result']>;
  send(message: ToJob): void;
}

/** Jobs that may take turns on a thread; more wait. */
const JOBS_PER_THREAD = 32;

/**
 * The worker threads, as many as there are slots; all that costs CPU is done there. A thread serves several jobs in turns and
 * renders at one sample rate, so each rate in use has its own threads; those of the usual rate are started first and stay.
 */
@Injectable()
export class RenderThreads implements OnModuleDestroy {
  private readonly pools = new Map<SampleRate, Piscina>();
  private readonly sounds = allocateSounds();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.pool('render_threads', () => {
      const pools = [...this.pools.values()];
      const busy = pools.reduce((sum, pool) => sum + pool.threads.length * pool.utilization, 0);
      return {
        size: pools.reduce((sum, pool) => sum + pool.threads.length, 0),
        busy,
        waiting: pools.reduce((sum, pool) => sum + pool.queueSize, 0),
      };
    });
  }

  /** How many threads share the work of one sample rate. */
  get count(): number {
    return this.config.RENDER_SLOTS;
  }

  async run<Name extends JobName>(
    rate: SampleRate,
    job: Name,
    input: Jobs[Name]['input'],
    options: JobOptions,
  ): Promise<Jobs[Name]['result']> {
    return this.start(rate, job, input, options).result;
  }

  start<Name extends JobName>(
    rate: SampleRate,
    job: Name,
    input: Jobs[Name]['input'],
    { signal, onProgress, onBytes }: JobOptions,
  ): StartedJob<Name> {
    const { port1: line, port2: port } = new MessageChannel();
    const send = (message: ToJob): void => line.postMessage(message);
    const cancel = (): void => send({ type: 'cancel' });
    let failed: unknown;
    line.on('message', (message: FromJob) => {
      if (message.type === 'progress') onProgress?.(message.value);
      else
        void onBytes?.(message.bytes).then(
          () => send({ type: 'taken' }),
          (error: unknown) => {
            failed ??= error;
            cancel();
          },
        );
    });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    // The thread closes its end last of all: then every message of the job has arrived, which its result alone does not say.
    const ended = once(line, 'close');
    const running = this.pool(rate).run({ job, input, port }, { transferList: [port] }) as Promise<
      JobOutcome<Jobs[Name]['result']>
    >;
    const result = Promise.all([running, ended])
      .then(([outcome]) => {
        if ('ok' in outcome) return outcome.ok;
        if ('fault' in outcome) throw faultError(outcome.fault);
        throw failed ?? signal.reason ?? new DomainError('CANCELLED', 'the render was cancelled');
      })
      .finally(() => {
        signal.removeEventListener('abort', cancel);
        line.close();
      });
    return { result, send };
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.destroy()));
  }

  private pool(sampleRate: SampleRate): Piscina {
    const existing = this.pools.get(sampleRate);
    if (existing) return existing;
    const usual = this.pools.size === 0;
    const settings: WorkerSettings = { soundFontPath: this.config.SOUNDFONT_PATH, sampleRate, sounds: this.sounds };
    const pool = new Piscina({
      filename: require.resolve('@beatbot/renderer/worker'),
      workerData: settings,
      minThreads: usual ? this.count : 0,
      maxThreads: this.count,
      idleTimeout: usual ? Infinity : 60_000,
      concurrentTasksPerWorker: JOBS_PER_THREAD,
      // Waiting by Atomics would hold up messages to jobs that are under way.
      atomics: 'disabled',
    });
    this.pools.set(sampleRate, pool);
    return pool;
  }
}

/** What a caller is told of a fault: a broken SoundFont is not a fault of what it asked for. */
function faultError({ field, value, allowed }: Fault): DomainError {
  if (field === 'soundFont')
    return new DomainError(
      'INTERNAL',
      `this renderer's SoundFont is broken: ${String(value)}, which must be ${allowed}`,
    );
  return invalidArgument(field, value, allowed);
}
