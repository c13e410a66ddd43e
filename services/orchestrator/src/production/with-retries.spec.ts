import { DomainError } from '@beatbot/service-kit';
import { delayOf, remedyOf, withRetries } from './with-retries';

const away = new DomainError('UNAVAILABLE', 'away', { retryAfterMs: 1 });
const broken = new DomainError('INTERNAL', 'broken', { retryAfterMs: 1 });

/** Fails with the given errors, then succeeds. */
function failing(...errors: Error[]): () => Promise<string> {
  return () => {
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  };
}

describe('withRetries', () => {
  it('waits for what is away as long as it may', async () => {
    const errors = Array.from({ length: 5 }, () => away);
    await expect(withRetries(failing(...errors), { waitMs: 10_000, tries: 1 })).resolves.toBe('done');
    await expect(withRetries(failing(away), { waitMs: 0, tries: 9 })).rejects.toBe(away);
  });

  it('tries again what broke, a few times', async () => {
    await expect(withRetries(failing(broken, broken), { waitMs: 0, tries: 3 })).resolves.toBe('done');
    await expect(withRetries(failing(broken, broken, broken), { waitMs: 0, tries: 3 })).rejects.toBe(broken);
  });

  it('gives up at once on what no retry helps', async () => {
    const bad = new DomainError('INVALID_ARGUMENT', 'bad');
    await expect(withRetries(failing(bad), { waitMs: 10_000, tries: 9 })).rejects.toBe(bad);
  });

  it('stops waiting when it is told to', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const slow = new DomainError('UNAVAILABLE', 'away', { retryAfterMs: 60_000 });
    const waiting = withRetries(failing(slow), { waitMs: 120_000, tries: 1, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(waiting).rejects.toBe(reason);
  });
});

describe('delayOf', () => {
  it('grows, and has an upper bound', () => {
    const plain = new DomainError('UNAVAILABLE', 'away');
    expect(delayOf(plain, 1)).toBeLessThanOrEqual(250);
    expect(delayOf(plain, 4)).toBeGreaterThanOrEqual(1000);
    expect(delayOf(plain, 30)).toBeLessThanOrEqual(8000);
  });

  it('honours what the service asks for', () => {
    expect(delayOf(new DomainError('RESOURCE_EXHAUSTED', 'full', { retryAfterMs: 3000 }), 1)).toBeGreaterThanOrEqual(
      3000,
    );
  });
});

describe('remedyOf', () => {
  it('tells a stale fencing number from other conflicts', () => {
    expect(remedyOf(new DomainError('STALE_FENCING_NUMBER', 'stale'))).toBe('give-up');
    expect(remedyOf(new DomainError('ABORTED', 'conflict'))).toBe('wait');
    expect(remedyOf(new DomainError('QUEUE_FULL', 'full'))).toBe('wait');
    expect(remedyOf(new DomainError('NOT_FOUND', 'none'))).toBe('give-up');
  });
});
