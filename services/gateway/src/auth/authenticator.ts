import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CONFIG, DomainError } from '@beatbot/service-kit';
import type { GatewayConfig } from '../config';
import { isLoopback } from '../requests/loopback';
import { bearerToken } from './bearer-token';
import { type ClientAddress, clientAddress } from './client-address';
import { FailedAttempts } from './failed-attempts';
import { sha256Of } from './key-secret';
import { KeyVerifier } from './key-verifier';
import { allows, LOCAL_OWNER, OWNER_PATTERN, type Principal } from './principal';
import { TokenVerifier } from './token-verifier';

/** Names the owner for whom the operator acts. */
export const ACT_FOR_OWNER = 'x-beatbot-owner';

/** Tells whose a request is and what it may do: the one place where credentials become an owner. */
@Injectable()
export class Authenticator implements OnModuleInit {
  private readonly log = new Logger('auth');
  private readonly failed: FailedAttempts;
  private readonly addressOf: ClientAddress;

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly keys: KeyVerifier,
    private readonly tokens: TokenVerifier,
  ) {
    this.failed = new FailedAttempts(config.AUTH_FAILURES_PER_MINUTE);
    this.addressOf = clientAddress(config.TRUSTED_PROXIES);
  }

  onModuleInit(): void {
    const { AUTH, HOST } = this.config;
    if (AUTH === 'none' && !isLoopback(HOST))
      this.log.warn(`AUTH is none and HOST is ${HOST}: whoever reaches this port may do everything; see AUTH`);
  }

  /**
   * @throws DomainError UNAUTHENTICATED without credentials that hold, PERMISSION_DENIED where somebody but the operator
   * names another owner, RATE_LIMITED where too many credentials from the same address did not hold
   */
  async authenticate(request: IncomingMessage): Promise<Principal> {
    const principal = await this.principalOf(request);
    const owner = request.headers[ACT_FOR_OWNER];
    if (owner === undefined) return principal;
    if (!allows(principal, 'operator'))
      throw new DomainError('PERMISSION_DENIED', `only the operator acts for another owner, by ${ACT_FOR_OWNER}`);
    if (typeof owner !== 'string' || !OWNER_PATTERN.test(owner)) {
      const allowed = '1 to 200 printable ASCII characters without blanks';
      throw new DomainError('INVALID_ARGUMENT', `${ACT_FOR_OWNER} is not allowed: ${allowed}`, {
        fields: [{ field: ACT_FOR_OWNER, value: owner, allowed }],
      });
    }
    this.log.log(`the operator acts for ${owner}: ${request.method} ${request.url?.split('?')[0]}`);
    return { ...principal, owner };
  }

  /** Aborts once the credentials of a long request hold no more: the key was deleted, the token has expired. */
  whileAccepted(request: IncomingMessage, done: AbortSignal): AbortSignal {
    const refused = new AbortController();
    if (this.config.AUTH === 'none') return refused.signal;
    const timer = setInterval(() => {
      this.authenticate(request).catch((error: unknown) => {
        if (error instanceof DomainError && (error.httpStatus === 401 || error.httpStatus === 403))
          refused.abort(error);
      });
    }, this.config.AUTH_RECHECK_SECONDS * 1000);
    for (const signal of [done, refused.signal]) {
      if (signal.aborted) clearInterval(timer);
      else signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    }
    return refused.signal;
  }

  private async principalOf(request: IncomingMessage): Promise<Principal> {
    if (this.config.AUTH === 'none') return { owner: LOCAL_OWNER, scope: 'operator' };
    const token = bearerToken(request);
    if (token === undefined)
      throw new DomainError('UNAUTHENTICATED', 'credentials are missing: Authorization: Bearer, with an API key');
    return this.failed.attempt(this.addressOf(request), sha256Of(token), () => this.verify(token));
  }

  private async verify(token: string): Promise<Principal> {
    if (this.keys.isKey(token)) return this.keys.verify(token);
    if (this.config.AUTH === 'oidc' && token !== '') return this.tokens.verify(token);
    throw new DomainError('UNAUTHENTICATED', 'the key is not one that holds');
  }
}
