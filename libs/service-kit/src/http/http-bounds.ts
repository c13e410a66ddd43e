import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';

/** How long a client may take to send its headers, and its whole request; Node looks every half minute. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Node's own bound on the size of all headers is 16 KiB: 431 above it. */
const MAX_HEADERS = 100;
/** How often it is told that connections are refused. */
const TOLD_EVERY_MS = 60_000;

export interface HttpBounds {
  /** Open connections; more are closed at once. */
  maxConnections: number;
  /** A connection over which nothing moves for this long while an answer is due is closed: it would hold what the answer is made from. */
  stallMs: number;
}

/** What a server of ours lets clients take: time for a request, a stalled answer, headers, connections. */
export function boundHttp(server: Server, { maxConnections, stallMs }: HttpBounds): void {
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.timeout = stallMs;
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = maxConnections;
  const log = new Logger('http');
  let told = -Infinity;
  server.on('drop', () => {
    if (performance.now() - told < TOLD_EVERY_MS) return;
    told = performance.now();
    log.warn(`${maxConnections} connections are open (HTTP_MAX_CONNECTIONS): more are refused`);
  });
}
