import { DomainError } from '@beatbot/service-kit';
import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
/** How long credentials that held are known to be used from an address. */
const KNOWN_MS = 3_600_000;
/** Addresses, and credentials at addresses, that are remembered; the oldest are forgotten first. */
const MAX_REMEMBERED = 10_000;

/**
 * Counts credentials that did not hold, by the address they came from. From an address with too many in a minute only
 * credentials are looked at that held there before: whoever guesses is stopped, and who shares the address is not.
 */
export class FailedAttempts {
  private readonly failures: LRUCache<string, { count: number }>;
  private readonly known: LRUCache<string, true>;

  /** @param clock milliseconds from any time on */
  constructor(
    private readonly perMinute: number,
    clock: { now(): number } = performance,
  ) {
    const bounds = { max: MAX_REMEMBERED, perf: clock, ttlResolution: 0 };
    this.failures = new LRUCache({ ...bounds, ttl: MINUTE_MS });
    this.known = new LRUCache({ ...bounds, ttl: KNOWN_MS, updateAgeOnGet: true });
  }

  /**
   * Looks at credentials by `verify`, which throws UNAUTHENTICATED where they do not hold.
   * @throws DomainError RATE_LIMITED, with the time until the minute is over, without a look
   */
  async attempt<T>(address: string, credentialsHash: string, verify: () => Promise<T>): Promise<T> {
    const place = `${address} ${credentialsHash}`;
    if ((this.failures.get(address)?.count ?? 0) >= this.perMinute && !this.known.has(place)) {
      throw new DomainError('RATE_LIMITED', 'too many credentials from this address did not hold; try again later', {
        retryAfterMs: Math.max(1000, this.failures.getRemainingTTL(address)),
      });
    }
    try {
      const result = await verify();
      this.known.set(place, true);
      return result;
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'UNAUTHENTICATED') this.count(address);
      throw error;
    }
  }

  private count(address: string): void {
    const failures = this.failures.get(address);
    // The minute begins with its first failure: counting on does not prolong it.
    if (failures) failures.count++;
    else this.failures.set(address, { count: 1 });
  }
}
