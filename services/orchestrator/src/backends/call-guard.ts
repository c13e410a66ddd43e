import { DomainError, type Reason, toDomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
} from 'cockatiel';

/** Failures that say something of the service; a refusal, also for want of room, shows that it lives. */
const SICK: readonly Reason[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL', 'DATA_LOSS'];
/** Failures in a row after which calls are no longer let through. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/**
 * Keeps calls from a service that cannot answer them: after some failures in a row only one call at a time, after growing
 * pauses, is let through to see whether it is back, however many jobs wait for it; all others fail at once. Thus the
 * retries of all jobs together are no load to a service that is sick.
 */
export class CallGuard {
  private readonly log = new Logger('call-guard');
  private readonly breaker: CircuitBreakerPolicy;

  constructor(
    /** For people. */
    readonly service: string,
    onState: (open: boolean) => void,
  ) {
    this.breaker = circuitBreaker(
      handleWhen((error) => SICK.includes(toDomainError(error).reason)),
      {
        halfOpenAfter: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS }),
        breaker: new ConsecutiveBreaker(FAILURES),
      },
    );
    let open = false;
    this.breaker.onBreak(() => {
      // Told again for each look that finds the service still away.
      if (open) return;
      open = true;
      this.log.warn(`calls to the ${service} are held back: ${FAILURES} in a row failed`);
      onState(true);
    });
    this.breaker.onReset(() => {
      open = false;
      this.log.log(`the ${service} answers again`);
      onState(false);
    });
  }

  /** @throws DomainError UNAVAILABLE, with a time to retry, while calls are held back; else what `call` throws */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new DomainError('UNAVAILABLE', `the ${this.service} is away; calls to it are held back`, {
        retryAfterMs: FIRST_PAUSE_MS,
        cause: error,
      });
    }
  }
}
