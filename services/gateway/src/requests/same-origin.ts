import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import { scopeOfMethod } from '../auth/scope.guard';

/** Whether a page of this server asks; clients that are no browsers send no Origin. */
export function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Refuses what a page of another site would change in a person's name; what it would read, its browser keeps from it. */
export function sameOriginMiddleware(request: Request, _response: Response, next: NextFunction): void {
  if (scopeOfMethod(request.method) !== 'read' && !isSameOrigin(request.headers)) {
    const { origin } = request.headers;
    throw new DomainError('PERMISSION_DENIED', `pages of ${origin} may change nothing here`, {
      fields: [{ field: 'Origin', value: origin, allowed: 'this origin, or none' }],
    });
  }
  next();
}
