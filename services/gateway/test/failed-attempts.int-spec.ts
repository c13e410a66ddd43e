import { once } from 'node:events';
import request from 'supertest';
import WebSocket from 'ws';
import { readConfig } from '../src/config';
import { GatewayHarness } from './fakes/gateway-harness';

const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789abcdef';

describe('guesses at keys', () => {
  let gateway: GatewayHarness;
  const from = (address: string, key: string | undefined) => {
    const asked = request(gateway.url).get('/v1/songs').set('X-Forwarded-For', address);
    return key === undefined ? asked : asked.set('Authorization', `Bearer ${key}`);
  };

  beforeAll(async () => {
    gateway = await GatewayHarness.start({
      AUTH: 'keys',
      OPERATOR_KEY,
      AUTH_FAILURES_PER_MINUTE: '5',
      TRUSTED_PROXIES: 'loopback',
    });
  });
  afterAll(() => gateway.stop());

  it('are refused with 429 and Retry-After, without harm to others', async () => {
    expect((await from('203.0.113.1', OPERATOR_KEY)).status).toBe(200);
    for (let time = 0; time < 5; time++)
      expect((await from('203.0.113.1', `bbk_${String(time).repeat(43)}`)).status).toBe(401);
    const refused = await from('203.0.113.1', `bbk_${'x'.repeat(43)}`);
    expect([refused.status, refused.body.reason]).toEqual([429, 'RATE_LIMITED']);
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    // Who shares the address and was let in before is let in, and so is every other address.
    expect((await from('203.0.113.1', OPERATOR_KEY)).status).toBe(200);
    expect((await from('203.0.113.2', OPERATOR_KEY)).status).toBe(200);
    expect((await from('203.0.113.1', undefined)).status).toBe(401);
    // An address that the client claims itself is none.
    expect((await from('198.51.100.7, 203.0.113.1', `bbk_${'y'.repeat(43)}`)).status).toBe(429);
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/v1/events`, {
      headers: { authorization: 'Bearer guess', 'x-forwarded-for': '203.0.113.1' },
    });
    await expect(once(socket, 'open')).rejects.toThrow('429');
  });
});

describe('the configuration of proxies', () => {
  const base = {
    REDIS_URL: 'redis://127.0.0.1:1',
    ORCHESTRATOR_ADDRESS: 'a:1',
    STORAGE_ADDRESS: 'a:1',
    COMPOSER_ADDRESS: 'a:1',
    RENDERER_ADDRESS: 'a:1',
  };

  it('names addresses and networks', () => {
    const { TRUSTED_PROXIES } = readConfig({ ...base, TRUSTED_PROXIES: 'loopback, 10.0.0.0/8 fd00::/8,192.0.2.1' });
    expect(TRUSTED_PROXIES).toEqual(['loopback', '10.0.0.0/8', 'fd00::/8', '192.0.2.1']);
    for (const wrong of ['10.0.0.0/33', 'proxy.example', '10.0.0.0/x'])
      expect(() => readConfig({ ...base, TRUSTED_PROXIES: wrong })).toThrow(/TRUSTED_PROXIES/);
    for (const wrong of ['0', 'x', '1.5'])
      expect(() => readConfig({ ...base, AUTH_FAILURES_PER_MINUTE: wrong })).toThrow(/AUTH_FAILURES_PER_MINUTE/);
  });
});
