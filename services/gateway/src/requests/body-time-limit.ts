import type { NextFunction, Request, Response } from 'express';

/** Takes archives, for which the time limit of downloads holds. */
const ARCHIVES = /^\/v1\/import\/?$/i;

/** Ends connections of clients that take longer than `limitMs` to send their whole request. */
export function bodyTimeLimit(limitMs: number) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (!ARCHIVES.test(request.path)) {
      const timer = setTimeout(() => {
        if (request.complete || request.socket.destroyed) return;
        // As node does where its own limit is passed.
        request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        request.destroy();
      }, limitMs);
      request.once('close', () => clearTimeout(timer));
      request.once('end', () => clearTimeout(timer));
    }
    next();
  };
}
