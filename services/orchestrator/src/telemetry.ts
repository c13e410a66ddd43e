import { Metrics } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';

/** Every metric of the orchestrator, by name. */
@Injectable()
export class Telemetry {
  /** Runs by how they ended: succeeded, failed, cancelled, released, awaiting_approval, lost. */
  readonly runs;
  readonly running;
  readonly stepSeconds;
  readonly stepRetries;
  readonly watchers;
  /** 1 while calls to a service are held back, as it cannot answer them. */
  readonly heldBack;

  constructor(metrics: Metrics) {
    this.runs = metrics.counter('orchestrator_runs_total', 'Runs of jobs by outcome', ['outcome']);
    this.running = metrics.gauge('orchestrator_running_jobs', 'Jobs that this process produces now');
    this.stepSeconds = metrics.histogram(
      'orchestrator_step_seconds',
      'Time of a finished step, its retries included',
      ['step'],
      [0.05, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 180, 600],
    );
    this.stepRetries = metrics.counter('orchestrator_step_retries_total', 'Retries by step and reason', [
      'step',
      'reason',
    ]);
    this.heldBack = metrics.gauge('orchestrator_calls_held_back', '1 while calls to a service are held back', [
      'service',
    ]);
    this.watchers = metrics.gauge('orchestrator_watchers', 'Open WatchJob streams');
  }
}
