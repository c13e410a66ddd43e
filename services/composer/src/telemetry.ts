import { Metrics } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';

/** The composer's own metrics, all declared here. */
@Injectable()
export class Telemetry {
  readonly agentSeconds;
  readonly repairs;
  readonly cacheReads;

  constructor(metrics: Metrics) {
    this.agentSeconds = metrics.histogram(
      'composer_agent_seconds',
      'How long an agent worked',
      ['agent'],
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    );
    this.repairs = metrics.counter('composer_repairs_total', 'What the critic sent back, by agent', ['agent']);
    this.cacheReads = metrics.counter('composer_cache_reads_total', 'Cached results asked for', ['cache', 'outcome']);
  }
}
