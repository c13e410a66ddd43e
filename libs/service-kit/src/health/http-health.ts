import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import type { Readiness } from './readiness';

/** Adds `/healthz` (the process lives; true while it drains) and `/readyz` (it can work; 503 and the reasons when not). */
export function addHttpHealth(app: NestExpressApplication, readiness: Readiness): void {
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  http.get('/readyz', (_request, response) => {
    const state = readiness.state();
    response.status(state.ready ? 200 : 503).json(state);
  });
}
