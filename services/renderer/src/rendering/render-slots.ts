import { CONFIG, DomainError, Metrics } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';

/** How much one render moves the estimate of the next one's length. */
const SMOOTHING = 0.3;
const FIRST_GUESS_MS = 3_000;
const SHORTEST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** How many renders run at a time. One more is refused at once, with the time after which to try again, so that its caller can go elsewhere. */
@Injectable()
export class RenderSlots {
  private taken = 0;
  private usualMs = FIRST_GUESS_MS;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.pool('render_slots', () => ({ size: this.size, busy: this.taken, waiting: 0 }));
  }

  get size(): number {
    return this.config.RENDER_SLOTS;
  }

  /** Takes a slot; what it returns gives it back. @throws DomainError RESOURCE_EXHAUSTED with a push-back delay */
  take(): () => void {
    if (this.taken >= this.size) {
      const retryAfterMs = Math.round(Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, this.usualMs / this.size)));
      throw new DomainError(
        'RESOURCE_EXHAUSTED',
        `all ${this.size} render slots are taken; try again in ${retryAfterMs} ms`,
        { retryAfterMs, metadata: { slots: String(this.size) } },
      );
    }
    this.taken++;
    const start = performance.now();
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.taken--;
      this.usualMs += (performance.now() - start - this.usualMs) * SMOOTHING;
    };
  }
}
