import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The service's metrics: one prom-client registry with the process's own (CPU, memory, event-loop lag, garbage collection) in it. */
export class Metrics {
  readonly registry = new Registry();
  private poolGauge?: Gauge<'pool' | 'state'>;
  private readonly pools = new Map<string, () => Record<string, number>>();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  /** A count that only grows; end its name in `_total`. */
  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** A distribution; end its name in its unit (`_seconds`, `_bytes`). */
  histogram<L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }

  /** A value that goes up and down; `collect` is called at every scrape. */
  gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void,
  ): Gauge<L> {
    return new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      ...(collect && {
        collect(this: Gauge<L>) {
          collect(this);
        },
      }),
    });
  }

  /** Shows a pool's use as `pool_resources{pool, state}`, read at every scrape: `pool('postgres', () => ({ size: 10, busy: 3, waiting: 0 }))`. */
  pool(name: string, read: () => Record<string, number>): void {
    this.pools.set(name, read);
    this.poolGauge ??= this.gauge(
      'pool_resources',
      'Connections or workers of a pool by state',
      ['pool', 'state'],
      (gauge) => {
        for (const [pool, states] of this.pools) {
          for (const [state, value] of Object.entries(states())) gauge.set({ pool, state }, value);
        }
      },
    );
  }
}
