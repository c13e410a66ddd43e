import { DomainError, type Metrics } from '@beatbot/service-kit';
import { Piscina } from 'piscina';
import type { TaskInput, TaskName, TaskOutput } from './tasks';
import type { Reply } from './worker';
import type { Workshop } from './workshop';

/** Threads beyond the first end after this time without work. */
const IDLE_TIMEOUT_MS = 60_000;

/** Worker threads that run the tasks. */
export class ThreadWorkshop implements Workshop {
  private readonly pool: Piscina<{ name: TaskName; input: unknown }, Reply>;

  constructor(threads: number, metrics: Metrics) {
    this.pool = new Piscina({
      filename: require.resolve('@beatbot/composer/worker'),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: IDLE_TIMEOUT_MS,
    });
    metrics.pool('composer-threads', () => ({
      size: this.pool.threads.length,
      busy: Math.round(this.pool.threads.length * this.pool.utilization),
      waiting: this.pool.queueSize,
    }));
  }

  async run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    const reply = await this.pool.run({ name, input });
    if ('value' in reply) return reply.value as TaskOutput<Name>;
    const { field, value, allowed } = reply.refused;
    const shown = JSON.stringify(value);
    throw new DomainError(
      'INVALID_ARGUMENT',
      `${field} ${shown.length > 80 ? `${shown.slice(0, 77)}...` : shown} is not allowed: ${allowed}`,
      { fields: [reply.refused] },
    );
  }

  /** Answers once a thread has loaded its code and works. */
  async warm(): Promise<void> {
    await this.run('interpret', { prompt: 'lo-fi', controls: {} });
  }

  close(): Promise<void> {
    return this.pool.close({ force: true });
  }
}
