import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, DomainError } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import type { GatewayConfig } from '../config';

const FULL_RETRY_MS = 1000;
/** Streams that stay open as long as a job takes: the orchestrator bounds how many are watched. */
const EVENTS = /^\/v1\/jobs\/[^/?]+\/events(?:\?|$)/;

/** Refuses requests while as many are served as may be, before anything is done for them. Then those that are served are served soon. */
@Injectable()
export class RequestBound {
  private served = 0;

  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  /** @throws DomainError UNAVAILABLE with a time to retry */
  middleware() {
    return (request: Request, response: Response, next: NextFunction): void => {
      // Logs, metrics, streams and more want to know when an answer ends: more than Node takes for a leak.
      response.setMaxListeners(30);
      if (EVENTS.test(request.originalUrl)) {
        next();
        return;
      }
      const { MAX_REQUESTS: most } = this.config;
      if (this.served >= most) {
        throw new DomainError('UNAVAILABLE', `${most} requests are served already; try again later`, {
          retryAfterMs: FULL_RETRY_MS,
        });
      }
      this.served++;
      response.once('close', () => this.served--);
      next();
    };
  }
}
