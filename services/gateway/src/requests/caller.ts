import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { CallContext } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import type { Authenticator } from '../auth/authenticator';
import type { Principal } from '../auth/principal';

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

interface Caller {
  context: CallContext;
  principal: Principal;
}

const callers = new WeakMap<Request, Caller>();

/** Gives every request whose credentials hold its context: owner, request id and trace, and a signal that aborts when the client goes before the answer is complete. */
export function callerMiddleware(authenticator: Authenticator) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const principal = await authenticator.authenticate(request);
    const traceparent = request.header('traceparent');
    const context = new CallContext(
      requestId(request, response),
      undefined,
      principal.owner,
      traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent : undefined,
    );
    callers.set(request, { context, principal });
    response.on('close', () => {
      if (!response.writableFinished) context.cancel();
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
  return known(request).context;
}

export function principalOf(request: Request): Principal {
  return known(request).principal;
}

function known(request: Request): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Error('the request has no caller: callerMiddleware is not installed');
  return caller;
}

/** The context of the request being served. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): CallContext =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
