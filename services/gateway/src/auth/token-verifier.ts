import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, DomainError } from '@beatbot/service-kit';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { GatewayConfig } from '../config';
import { OWNER_PATTERN, type Principal, SCOPES } from './principal';

const FETCH_TIMEOUT_MS = 5000;
/** Keys are asked for again after this time, and sooner where a token names one that is not known. */
const KEYS_MAX_AGE_MS = 600_000;
/** However many tokens name unknown keys, the issuer is asked no oftener. */
const KEYS_COOLDOWN_MS = 10_000;
/** Of asymmetric keys only: with a symmetric one, whoever checks tokens could make them. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const SCOPE_PREFIX = 'beatbot:';

/** Codes of jose for what is wrong with the issuer's keys, and not with a token. */
const ISSUER_FAULTS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Tells whose a JWT of the OIDC issuer is (OpenID Connect Core 1.0; RFC 7519; scopes as in RFC 8693, section 4.2). */
@Injectable()
export class TokenVerifier {
  private readonly log = new Logger('oidc');
  private keys?: Promise<JWTVerifyGetKey>;

  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  /** @throws DomainError UNAUTHENTICATED for a token that is not accepted, UNAVAILABLE while its issuer cannot be asked */
  async verify(token: string): Promise<Principal> {
    const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLOCK_SKEW_SECONDS, OIDC_OWNER_CLAIM } = this.config;
    try {
      const { payload } = await jwtVerify(token, await this.issuerKeys(), {
        issuer: OIDC_ISSUER,
        audience: OIDC_AUDIENCE,
        algorithms: ALGORITHMS,
        clockTolerance: OIDC_CLOCK_SKEW_SECONDS,
        requiredClaims: ['exp', OIDC_OWNER_CLAIM],
      });
      return principalOf(payload, OIDC_OWNER_CLAIM);
    } catch (error) {
      throw this.refusalOf(error);
    }
  }

  private refusalOf(error: unknown): DomainError {
    if (error instanceof DomainError) return error;
    if (error instanceof errors.JOSEError && !ISSUER_FAULTS.includes(error.code))
      return new DomainError('UNAUTHENTICATED', `the token is not accepted: ${error.message}`);
    this.log.warn(`the issuer cannot be asked for its keys: ${String(error)}`);
    return new DomainError('UNAVAILABLE', 'the issuer of tokens cannot be asked for its keys; try again', {
      retryAfterMs: 2000,
    });
  }

  private issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const { OIDC_ISSUER = '', OIDC_JWKS_URL } = this.config;
    const url = OIDC_JWKS_URL ?? (await jwksUrlOf(OIDC_ISSUER));
    return createRemoteJWKSet(new URL(url), {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
      cooldownDuration: KEYS_COOLDOWN_MS,
    });
  }
}

/** OpenID Connect Discovery 1.0, section 4. */
async function jwksUrlOf(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`discovery answers ${response.status}`);
  const found = discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`discovery names another issuer: ${found.issuer}`);
  return found.jwks_uri;
}

function principalOf(payload: JWTPayload, ownerClaim: string): Principal {
  const owner = payload[ownerClaim];
  if (typeof owner !== 'string' || !OWNER_PATTERN.test(owner)) {
    throw new DomainError(
      'UNAUTHENTICATED',
      `the token is not accepted: its claim ${ownerClaim} is not 1 to 200 printable ASCII characters`,
    );
  }
  const given = scopesOf(payload);
  const scope = SCOPES.findLast((known) => given.includes(SCOPE_PREFIX + known));
  if (!scope) {
    const wanted = SCOPES.map((known) => SCOPE_PREFIX + known).join(', ');
    throw new DomainError('PERMISSION_DENIED', `the token has no scope of BeatBot: one of ${wanted}`);
  }
  return { owner, scope };
}

/** `scope` is a text with blanks between; some issuers have a list in `scp` instead. */
function scopesOf({ scope, scp }: JWTPayload): unknown[] {
  const given: unknown = scope ?? scp;
  if (typeof given === 'string') return given.split(' ');
  return Array.isArray(given) ? given : [];
}
