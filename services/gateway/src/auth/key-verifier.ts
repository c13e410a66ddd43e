import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { enumNames } from '@beatbot/contracts';
import { type Key, KeyScope } from '@beatbot/contracts/storage/v1/keys';
import { CONFIG } from '@beatbot/service-kit';
import { LRUCache } from 'lru-cache';
import { type KeyClient, Keys } from '../backends/backends';
import { present } from '../backends/present';
import type { GatewayConfig } from '../config';
import { isKeySecret, sha256Of } from './key-secret';
import { LOCAL_OWNER, type Principal } from './principal';

export const KEY_SCOPES = ['read', 'write', 'admin'] as const;
export const keyScopeNames = enumNames<(typeof KEY_SCOPES)[number], KeyScope>('KEY_SCOPE', KEY_SCOPES);

const MAX_CACHED = 10_000;

interface Known {
  keyId: string;
  principal: Principal;
}

/** Tells whose a key is, by its hash; what storage answered holds for a few seconds. */
@Injectable()
export class KeyVerifier {
  private readonly known: LRUCache<string, Known>;
  private readonly operator?: Buffer;

  constructor(
    @Keys() private readonly keys: KeyClient,
    @Inject(CONFIG) { AUTH_CACHE_SECONDS, OPERATOR_KEY }: GatewayConfig,
  ) {
    const longestMs = AUTH_CACHE_SECONDS * 1000;
    this.known = new LRUCache<string, Known>({
      max: MAX_CACHED,
      fetchMethod: async (sha256, _stale, { options }) => {
        const key = present((await this.keys.verifyKey({ sha256 })).key, 'key');
        options.ttl = Math.max(1, Math.min(longestMs, ...endsOf(key).map((end) => end - Date.now())));
        return { keyId: key.id, principal: { owner: key.owner, scope: keyScopeNames.fromMessage(key.scope) } };
      },
    });
    if (OPERATOR_KEY !== undefined) this.operator = Buffer.from(sha256Of(OPERATOR_KEY), 'hex');
  }

  /** Whether `secret` is a key at all, and not a token of an issuer. */
  isKey(secret: string): boolean {
    return isKeySecret(secret) || this.isOperator(secret);
  }

  /** @throws DomainError UNAUTHENTICATED for a key that does not hold, UNAVAILABLE while storage is away */
  async verify(secret: string): Promise<Principal> {
    if (this.isOperator(secret)) return { owner: LOCAL_OWNER, scope: 'operator' };
    return present(await this.known.fetch(sha256Of(secret)), 'key').principal;
  }

  /** Asks storage again about a key that was changed here. */
  forget(keyId: string): void {
    for (const [sha256, known] of this.known.entries()) if (known.keyId === keyId) this.known.delete(sha256);
  }

  private isOperator(secret: string): boolean {
    return this.operator !== undefined && timingSafeEqual(Buffer.from(sha256Of(secret), 'hex'), this.operator);
  }
}

/** When an answer about a key may cease to be true, in milliseconds of the epoch. */
function endsOf({ expireTime, previousExpireTime }: Key): number[] {
  return [expireTime, previousExpireTime]
    .filter((time) => time !== null && time !== undefined)
    .map(({ seconds, nanos }) => seconds * 1000 + nanos / 1e6);
}
