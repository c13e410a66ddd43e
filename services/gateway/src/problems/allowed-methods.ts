import { DomainError } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import { openApiDocument } from '../openapi/openapi-document';
import { askedPath } from '../requests/asked-path';

interface Route {
  pattern: RegExp;
  methods: string[];
}

let routes: Route[] | undefined;

/**
 * Refuses methods that a documented path does not have. The router alone would take GET /v1/jobs/{job}:cancel for a GET of a
 * job with a strange id.
 */
export function allowedMethodsMiddleware(request: Request, response: Response, next: NextFunction): void {
  const path = askedPath(request);
  const methods = methodsOf(path);
  if (methods.length > 0 && !methods.includes(request.method)) {
    const allowed = methods.join(', ');
    response.set('Allow', allowed);
    throw new DomainError('METHOD_NOT_ALLOWED', `${request.method} is not allowed at ${path}: use ${allowed}`, {
      fields: [{ field: 'method', value: request.method, allowed }],
    });
  }
  next();
}

/** The methods of the routes that fit a path; none where no route does. */
function methodsOf(path: string): string[] {
  routes ??= Object.entries(openApiDocument().paths).map(([documented, operations]) => ({
    pattern: patternOf(documented),
    methods: Object.keys(operations).map((method) => method.toUpperCase()),
  }));
  const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** A parameter never holds a colon: what follows one is a verb, as in /v1/jobs/{job}:cancel. Names of assets hold slashes. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace('{name}', '.+').replace(/\{\w+\}/g, '[^/:]+')}/?$`);
}
