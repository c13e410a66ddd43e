import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from './metrics';

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Express middleware: rate, errors and duration of every route; what no route takes is `unmatched`, so that paths do not become labels. */
export function httpMetrics(metrics: Metrics): (request: Request, response: Response, next: NextFunction) => void {
  const seconds = metrics.histogram(
    'http_server_request_duration_seconds',
    'Duration of HTTP requests',
    ['method', 'route', 'status'],
    BUCKETS,
  );
  const inFlight = metrics.gauge('http_server_in_flight', 'HTTP requests being served', []);
  return (request, response, next) => {
    const end = seconds.startTimer();
    inFlight.inc();
    // `close` comes once, whether the answer was finished or the client left.
    response.once('close', () => {
      const path = (request.route as { path?: unknown } | undefined)?.path;
      // Nest binds middleware to a route of its own, which takes everything.
      const matched = typeof path === 'string' && path !== '/{*path}';
      inFlight.dec();
      end({
        method: request.method,
        route: matched ? request.baseUrl + path : 'unmatched',
        status: String(response.statusCode),
      });
    });
    next();
  };
}
