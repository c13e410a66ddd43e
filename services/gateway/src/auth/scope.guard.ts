import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@beatbot/service-kit';
import type { Request } from 'express';
import { principalOf } from '../requests/caller';
import { allows, type Scope } from './principal';

export const NEEDED_SCOPE = 'needed scope';

/** The scope that a handler, or all of a controller, needs, where it is not the one that its method implies. */
export const NeedsScope = (scope: Scope) => SetMetadata(NEEDED_SCOPE, scope);

/** What a method implies: reading changes nothing. */
export function scopeOfMethod(method: string): Scope {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

/** Refuses callers whose scope is too small, before anything is looked up. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const needed =
      this.reflector.getAllAndOverride<Scope | undefined>(NEEDED_SCOPE, [context.getHandler(), context.getClass()]) ??
      scopeOfMethod(request.method);
    const principal = principalOf(request);
    if (!allows(principal, needed)) {
      throw new DomainError(
        'PERMISSION_DENIED',
        `scope ${needed} is needed here; these credentials have ${principal.scope}`,
        {
          metadata: { needed, scope: principal.scope },
        },
      );
    }
    return true;
  }
}
