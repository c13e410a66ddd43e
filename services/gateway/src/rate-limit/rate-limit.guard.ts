import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { callerOf } from '../requests/caller';

export type RequestKind = 'reads' | 'writes';

export function kindOf(context: ExecutionContext): RequestKind {
  const { method } = context.switchToHttp().getRequest<Request>();
  return method === 'GET' || method === 'HEAD' ? 'reads' : 'writes';
}

/** Limits requests by owner, reads and writes apart, and tells by RateLimit-* headers what is left. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override readonly headerPrefix = 'RateLimit';

  protected override async getTracker(request: Request): Promise<string> {
    return callerOf(request).owner;
  }

  protected override generateKey(context: ExecutionContext, owner: string): string {
    return `beatbot:rate:${kindOf(context)}:${owner}`;
  }

  protected override async throwThrottlingException(
    context: ExecutionContext,
    detail: ThrottlerLimitDetail,
  ): Promise<never> {
    const { limit, ttl, timeToBlockExpire } = detail;
    context
      .switchToHttp()
      .getResponse<Response>()
      .set({
        'RateLimit-Limit': String(limit),
        'RateLimit-Remaining': '0',
        'RateLimit-Reset': String(timeToBlockExpire),
      });
    throw new DomainError(
      'RATE_LIMITED',
      `more than ${limit} ${kindOf(context)} in ${ttl / 1000} s; try again in ${timeToBlockExpire} s`,
      {
        retryAfterMs: timeToBlockExpire * 1000,
      },
    );
  }
}
