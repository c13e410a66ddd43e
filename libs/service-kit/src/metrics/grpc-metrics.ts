import { status } from '@grpc/grpc-js';
import type { Metrics } from './metrics';

/** Seconds; up to the minutes that a render takes. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Rate, errors and duration of every RPC served. */
export class GrpcMetrics {
  private readonly handled;
  private readonly seconds;
  private readonly inFlight;

  constructor(metrics: Metrics) {
    this.handled = metrics.counter('grpc_server_handled_total', 'RPCs ended, by status code', [
      'grpc_service',
      'grpc_method',
      'grpc_code',
    ]);
    this.seconds = metrics.histogram(
      'grpc_server_handling_seconds',
      'Duration of RPCs',
      ['grpc_service', 'grpc_method'],
      BUCKETS,
    );
    this.inFlight = metrics.gauge('grpc_server_in_flight', 'RPCs being served', ['grpc_service', 'grpc_method']);
  }

  /** Counts a call in; the returned function counts it out. `path` is `/package.Service/Method`. */
  started(path: string): (code: status) => void {
    const [, grpc_service = '', grpc_method = ''] = path.split('/');
    const labels = { grpc_service, grpc_method };
    this.inFlight.inc(labels);
    const end = this.seconds.startTimer(labels);
    return (code) => {
      end();
      this.inFlight.dec(labels);
      this.handled.inc({ ...labels, grpc_code: status[code] });
    };
  }
}
