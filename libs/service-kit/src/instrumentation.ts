/**
 * Called by each service's `src/instrumentation.ts`, which `main.ts` imports before anything else.
 * Without OTEL_EXPORTER_OTLP_ENDPOINT nothing is loaded, so that it costs nothing.
 */
export function instrument(serviceName: string): void {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { startTracing } = require('./telemetry/start-tracing') as typeof import('./telemetry/start-tracing');
  startTracing(process.env.OTEL_SERVICE_NAME ?? serviceName);
}
