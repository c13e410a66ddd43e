import { DomainError } from '@beatbot/service-kit';
import { clientAddress, networkOf } from './client-address';
import { FailedAttempts } from './failed-attempts';

const wrong = (): Promise<string> => Promise.reject(new DomainError('UNAUTHENTICATED', 'no'));
const right = (): Promise<string> => Promise.resolve('ann');

async function fail(attempts: FailedAttempts, address: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++)
    await expect(attempts.attempt(address, `guess ${time}`, wrong)).rejects.toMatchObject({
      reason: 'UNAUTHENTICATED',
    });
}

describe('credentials that do not hold', () => {
  it('are looked at so often in a minute, and then refused without a look', async () => {
    const attempts = new FailedAttempts(3);
    await fail(attempts, '10.0.0.1', 3);
    const verify = jest.fn(right);
    const refused = attempts.attempt('10.0.0.1', 'another', verify);
    await expect(refused).rejects.toMatchObject({ reason: 'RATE_LIMITED' });
    const { retryAfterMs } = (await refused.catch((error: unknown) => error)) as DomainError;
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(verify).not.toHaveBeenCalled();
  });

  it('lock out nobody else: not other addresses, nor credentials that held at this one', async () => {
    const attempts = new FailedAttempts(3);
    expect(await attempts.attempt('10.0.0.1', 'good', right)).toBe('ann');
    await fail(attempts, '10.0.0.1', 3);
    expect(await attempts.attempt('10.0.0.2', 'good elsewhere', right)).toBe('ann');
    expect(await attempts.attempt('10.0.0.1', 'good', right)).toBe('ann');
    await expect(attempts.attempt('10.0.0.1', 'good elsewhere', right)).rejects.toMatchObject({
      reason: 'RATE_LIMITED',
    });
    // What held and holds no more says so.
    await expect(attempts.attempt('10.0.0.1', 'good', wrong)).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
  });

  it('count only where they do not hold', async () => {
    const attempts = new FailedAttempts(1);
    const away = () => Promise.reject(new DomainError('UNAVAILABLE', 'away'));
    for (let time = 0; time < 5; time++)
      await expect(attempts.attempt('10.0.0.1', 'x', away)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(await attempts.attempt('10.0.0.1', 'x', right)).toBe('ann');
  });

  it('are forgotten after the minute that began with the first', async () => {
    let now = 1000;
    const attempts = new FailedAttempts(2, { now: () => now });
    await fail(attempts, '10.0.0.1', 1);
    now += 59_000;
    await fail(attempts, '10.0.0.1', 1);
    await expect(attempts.attempt('10.0.0.1', 'x', right)).rejects.toMatchObject({ retryAfterMs: 1000 });
    now += 1001;
    expect(await attempts.attempt('10.0.0.1', 'x', right)).toBe('ann');
  });

  it('take a bounded room, whatever comes', async () => {
    const attempts = new FailedAttempts(1);
    await fail(attempts, 'first', 1);
    for (let index = 0; index < 10_000; index++) await fail(attempts, `address ${index}`, 1);
    // The oldest is forgotten, the newest is not.
    expect(await attempts.attempt('first', 'x', right)).toBe('ann');
    await expect(attempts.attempt('address 9999', 'x', right)).rejects.toMatchObject({ reason: 'RATE_LIMITED' });
  });
});

describe('the address of a client', () => {
  const from = (trusted: string[], remoteAddress: string, forwarded?: string) =>
    clientAddress(trusted)({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    } as never);

  it('is that of the connection, unless a trusted proxy tells another', () => {
    expect(from([], '10.0.0.9', '1.2.3.4')).toBe('10.0.0.9');
    expect(from(['10.0.0.0/8'], '10.0.0.9', '1.2.3.4')).toBe('1.2.3.4');
    // What the client itself claims in front of the proxy's entry is not believed.
    expect(from(['10.0.0.0/8'], '10.0.0.9', '6.6.6.6, 1.2.3.4')).toBe('1.2.3.4');
    expect(from(['10.0.0.0/8'], '10.0.0.9')).toBe('10.0.0.9');
    expect(from(['loopback'], '127.0.0.1', 'x'.repeat(500))).toHaveLength(64);
  });

  it.each([
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '::/64'],
    ['', ''],
  ])('counts %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
