import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { CallContext } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import type { OwnerResolver } from '../owner/owner';

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const callers = new WeakMap<Request, CallContext>();

/** Gives every request its context: owner, request id and trace, and a signal that aborts when the client goes before the answer is complete. */
export function callerMiddleware(owners: OwnerResolver) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const owner = await owners.ownerOf(request);
    const traceparent = request.header('traceparent');
    const caller = new CallContext(
      requestId(request, response),
      undefined,
      owner,
      traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent : undefined,
    );
    callers.set(request, caller);
    response.on('close', () => {
      if (!response.writableFinished) caller.cancel();
    });
    next();
  };
}

/** The id that the logger gave the request (the client's X-Request-Id where it is well-formed), or a new one where the request came no further than the router. */
export function requestId(request: Request, response: Response): string {
  if (request.id === undefined) {
    request.id = randomUUID();
    response.set('X-Request-Id', request.id);
  }
  return String(request.id);
}

export function callerOf(request: Request): CallContext {
  const caller = callers.get(request);
  if (!caller) throw new Error('the request has no caller: callerMiddleware is not installed');
  return caller;
}

/** The context of the request being served. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallContext =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
