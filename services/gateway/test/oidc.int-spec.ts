import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { TokenVerifier } from '../src/auth/token-verifier';
import { GatewayHarness } from './fakes/gateway-harness';

const AUDIENCE = 'beatbot';

/** An issuer with its documents, whose keys can be turned over. */
class Issuer {
  fetches = { discovery: 0, keys: 0 };
  broken = false;
  private keys: { kid: string; privateKey: CryptoKey; publicJwk: object }[] = [];
  private server?: Server;

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.server = createServer((incoming, response) => {
      if (this.broken) return response.writeHead(500).end();
      const discovery = incoming.url === '/.well-known/openid-configuration';
      this.fetches[discovery ? 'discovery' : 'keys']++;
      const document = discovery
        ? { issuer: this.url, jwks_uri: `${this.url}/keys` }
        : { keys: this.keys.map(({ publicJwk }) => publicJwk) };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
  }

  async newKey(kid: string, alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    this.keys = [{ kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }];
  }

  token(claims: JWTPayload = {}, { kid = this.keys[0]?.kid, alg = 'ES256' } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: this.url, aud: AUDIENCE, sub: 'ann', scope: 'openid beatbot:write', exp: now + 300, ...claims };
    return new SignJWT(all).setProtectedHeader({ alg, kid }).sign(this.keys[0]!.privateKey);
  }

  stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

describe('tokens of an OIDC issuer', () => {
  const issuer = new Issuer();
  let gateway: GatewayHarness;
  const use = (token: string, path = '/v1/usage') =>
    request(gateway.url).get(path).set('Authorization', `Bearer ${token}`);

  beforeAll(async () => {
    await issuer.start();
    await issuer.newKey('first');
    gateway = await GatewayHarness.start({
      AUTH: 'oidc',
      AUTH_FAILURES_PER_MINUTE: '100000',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_CLOCK_SKEW_SECONDS: '5',
      OPERATOR_KEY: 'operator-key-of-the-tests-0123456789abcdef',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    issuer.stop();
  });

  it('say the owner and the scope; the issuer is asked for its keys once', async () => {
    const token = await issuer.token();
    const answers = await Promise.all(Array.from({ length: 10 }, () => use(token)));
    expect(answers.map(({ status, body }) => [status, body.owner])).toEqual(Array(10).fill([200, 'ann']));
    expect(issuer.fetches).toEqual({ discovery: 1, keys: 1 });
    const make = async (scope: unknown) =>
      (
        await request(gateway.url)
          .post('/v1/songs')
          .set('Authorization', `Bearer ${await issuer.token({ scope: undefined, ...(scope as object) })}`)
          .send({ prompt: 'x' })
      ).status;
    expect(await make({ scope: 'beatbot:read' })).toBe(403);
    expect(await make({ scope: 'beatbot:read beatbot:admin' })).toBe(202);
    expect(await make({ scp: ['beatbot:write'] })).toBe(202);
    expect(await make({ scope: 'read write admin' })).toBe(403);
    expect(await make({})).toBe(403);
    expect(await make({ scope: { 'beatbot:write': true } })).toBe(403);
  });

  it('let keys in beside them', async () => {
    const admin = await issuer.token({ scope: 'beatbot:admin' });
    const made = await request(gateway.url)
      .post('/v1/keys')
      .set('Authorization', `Bearer ${admin}`)
      .send({ name: 'x', scope: 'read' });
    expect(made.status).toBe(201);
    expect((await use(made.body.secret as string)).body.owner).toBe('ann');
    expect((await use('operator-key-of-the-tests-0123456789abcdef')).body.owner).toBe('local');
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => JWTPayload]>([
    ['has expired, beyond the skew of clocks', () => ({ exp: now() - 6 })],
    ['never expires', () => ({ exp: undefined })],
    ['is not valid yet', () => ({ nbf: now() + 60 })],
    ['is meant for others', () => ({ aud: 'elsewhere' })],
    ['is meant for nobody', () => ({ aud: undefined })],
    ['is of another issuer', () => ({ iss: 'https://elsewhere.example' })],
    ['has no owner', () => ({ sub: undefined })],
    ['has an owner that cannot be', () => ({ sub: 'a b' })],
    ['has an empty owner', () => ({ sub: '' })],
  ])('are refused: one that %s', async (_name, claims) => {
    const answer = await use(await issuer.token(claims()));
    expect([answer.status, answer.body.reason]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('are accepted within the skew of clocks, and for one of several audiences', async () => {
    expect((await use(await issuer.token({ exp: now() - 2, aud: ['x', AUDIENCE] }))).status).toBe(200);
    expect((await use(await issuer.token({ nbf: now() + 3 }))).status).toBe(200);
  });

  it('are refused where they are signed by nobody, by a shared secret, or changed', async () => {
    const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'ann', scope: 'beatbot:operator', exp: now() + 60 };
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode('x'.repeat(64)));
    const [header, , signature] = (await issuer.token()).split('.');
    const changed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    for (const token of [new UnsecuredJWT(claims).encode(), shared, changed, 'a.b.c', 'x', '..'])
      expect([token, (await use(token)).status]).toEqual([token, 401]);
  });

  it('are refused where another issuer signed them under a known key id', async () => {
    const other = new Issuer();
    await other.start();
    await other.newKey('first');
    expect((await use(await other.token({ iss: issuer.url }))).status).toBe(401);
    other.stop();
  });
});

describe('the keys of an issuer', () => {
  const verifierOf = (issuer: Issuer) =>
    new TokenVerifier({
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_CLOCK_SKEW_SECONDS: 0,
      OIDC_OWNER_CLAIM: 'sub',
    } as ConstructorParameters<typeof TokenVerifier>[0]);

  it('may be turned over: a token that names a new one has them read again, but not oftener than every ten seconds', async () => {
    const issuer = new Issuer();
    await issuer.start();
    try {
      await issuer.newKey('first');
      const verifier = verifierOf(issuer);
      await verifier.verify(await issuer.token());
      const old = await issuer.token();
      await issuer.newKey('second', 'RS256');
      const second = await issuer.token({}, { alg: 'RS256' });
      for (let index = 0; index < 5; index++)
        await expect(verifier.verify(second)).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
      expect(issuer.fetches.keys).toBe(1);
      jest.useFakeTimers({
        now: Date.now() + 11_000,
        doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
      });
      expect(await verifier.verify(second)).toEqual({ owner: 'ann', scope: 'write' });
      expect(issuer.fetches.keys).toBe(2);
      await expect(verifier.verify(old)).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
    } finally {
      jest.useRealTimers();
      issuer.stop();
    }
  });

  it('that cannot be had are no fault of the token, and are asked for again', async () => {
    const issuer = new Issuer();
    await issuer.start();
    try {
      await issuer.newKey('first');
      const verifier = verifierOf(issuer);
      const token = await issuer.token();
      issuer.broken = true;
      await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'UNAVAILABLE', retryAfterMs: 2000 });
      issuer.broken = false;
      expect(await verifier.verify(token)).toEqual({ owner: 'ann', scope: 'write' });
    } finally {
      issuer.stop();
    }
  });
});
