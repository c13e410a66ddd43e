import type { NextFunction, Request, Response } from 'express';

/** How long a client may take to send its whole request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Takes archives, for which the time limit of downloads holds. */
const ARCHIVES = /^\/v1\/import\/?$/i;

/** Ends connections of clients that send their body too slowly. */
export function bodyTimeLimit(request: Request, _response: Response, next: NextFunction): void {
  if (!request.complete && !ARCHIVES.test(request.path)) {
    const timer = setTimeout(() => {
      if (request.complete || request.socket.destroyed) return;
      // As node does where its own limit is passed.
      request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      request.destroy();
    }, REQUEST_TIMEOUT_MS);
    request.once('close', () => clearTimeout(timer));
    request.once('end', () => clearTimeout(timer));
  }
  next();
}
