import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@beatbot/service-kit';
import type { Request } from 'express';

const PRODUCES = 'produces';

const CONSUMES = 'consumes';

/** What a handler takes, where it is not JSON. */
export const Consumes = (mediaType: string) => SetMetadata(CONSUMES, mediaType);

/** What a handler answers with; `*` where the asset decides. */
export const Produces = (mediaType: string) => SetMetadata(PRODUCES, mediaType);

/** Refuses bodies that are not what the handler takes, and callers that take nothing of what a handler answers with. */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const consumed = this.reflector.get<string | undefined>(CONSUMES, context.getHandler()) ?? 'application/json';
    // False where there is a body of another type, null where there is none; a body of no bytes is none.
    if (request.is(consumed) === false && request.header('content-length') !== '0') {
      throw refused('UNSUPPORTED_MEDIA_TYPE', 'Content-Type', request.header('content-type'), consumed);
    }
    const produced = this.reflector.get<string | undefined>(PRODUCES, context.getHandler()) ?? 'application/json';
    if (produced !== '*' && !request.accepts(produced))
      throw refused('NOT_ACCEPTABLE', 'Accept', request.header('accept'), produced);
    return true;
  }
}

function refused(
  reason: 'UNSUPPORTED_MEDIA_TYPE' | 'NOT_ACCEPTABLE',
  field: string,
  value: unknown,
  allowed: string,
): DomainError {
  return new DomainError(reason, `${field} ${String(value)} is not supported: ${allowed}`, {
    fields: [{ field, value, allowed }],
  });
}
