import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, REASONS, toDomainError } from '@beatbot/service-kit';
import { status } from '@grpc/grpc-js';

/**
 * What to do about a failure: `wait` until a service is there again or has room, try `again` since the same request may
 * do better, or `give-up` since it never will.
 */
export type Remedy = 'wait' | 'again' | 'give-up';

const REMEDIES = new Map<number, Remedy>([
  [status.UNAVAILABLE, 'wait'],
  [status.RESOURCE_EXHAUSTED, 'wait'],
  [status.ABORTED, 'wait'],
  [status.DEADLINE_EXCEEDED, 'again'],
  // Not our own cancel, which ends the run before anybody asks: a server that stopped in the middle.
  [status.CANCELLED, 'again'],
  [status.INTERNAL, 'again'],
  [status.DATA_LOSS, 'again'],
]);

/** By the gRPC code of the reason; a stale fencing number is never retried. */
export function remedyOf(error: DomainError): Remedy {
  if (error.reason === 'STALE_FENCING_NUMBER') return 'give-up';
  return REMEDIES.get(REASONS[error.reason].grpc) ?? 'give-up';
}

export interface RetryPolicy {
  /** How long `wait` failures in a row are retried. */
  waitMs: number;
  /** How many tries in all where failures ask for `again`. */
  tries: number;
  signal?: AbortSignal;
  onRetry?: (error: DomainError, delayMs: number) => Promise<void> | void;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8000;

/**
 * Tries `action` until it succeeds, with exponential backoff and equal jitter (M. Brooker, "Exponential Backoff And
 * Jitter", 2015), and never sooner than the failing service asked for.
 * @throws DomainError the last failure; the signal's reason once it aborts
 */
export async function withRetries<T>(action: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const { signal } = policy;
  let failingSince: number | undefined;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = toDomainError(error);
      const delayMs = delayOf(failure, tries);
      const remedy = remedyOf(failure);
      failingSince ??= performance.now();
      const waited = performance.now() - failingSince + delayMs;
      if (remedy === 'give-up' || (remedy === 'wait' ? waited > policy.waitMs : tries >= policy.tries)) throw failure;
      await policy.onRetry?.(failure, delayMs);
      await pause(delayMs, signal);
    }
  }
}

/** Milliseconds before try `tries + 1`. */
export function delayOf(failure: DomainError, tries: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
  const jittered = ceiling * (0.5 + Math.random() / 2);
  return failure.retryAfterMs === undefined ? jittered : failure.retryAfterMs + Math.random() * FIRST_DELAY_MS;
}

/** @throws the signal's reason where it aborts first */
export async function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
