import { DomainError } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { v7 as uuidV7 } from 'uuid';
import { Database, type Executor } from '../database/database';
import { isDuplicate } from '../database/database-error';
import { databaseIn, databaseNow } from '../database/database-time';
import { apiKeys } from '../database/schema';
import type { ApiKey, KeyScope, KeySecret } from './key';

export const MAX_KEYS_OF_OWNER = 100;
/** How exactly the last use of a key is kept. */
const USE_EXACTNESS_MS = 60_000;

export interface NewKey {
  owner: string;
  requestId: string;
  name: string;
  scope: KeyScope;
  secret: KeySecret;
  expireTime: Date | null;
}

/** API keys. Another owner's key is NOT_FOUND. */
@Injectable()
export class KeyService {
  constructor(private readonly database: Database) {}

  /**
   * @throws DomainError ALREADY_EXISTS where the request id has made a key before or the secret is that of another key,
   * QUOTA_EXCEEDED beyond the most keys of an owner
   */
  async create({ owner, requestId, name, scope, secret, expireTime }: NewKey): Promise<ApiKey> {
    return this.database.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`keys of ${owner}`}, 0))`);
      const known = await keysOf(tx, owner);
      const made = known.find((key) => key.requestId === requestId);
      if (made) {
        throw new DomainError(
          'ALREADY_EXISTS',
          `this request made key ${made.id} before; its secret was told once: rotate the key for another`,
          { metadata: { key_id: made.id } },
        );
      }
      if (known.length >= MAX_KEYS_OF_OWNER) {
        throw new DomainError('QUOTA_EXCEEDED', `there are ${known.length} keys, as many as an owner may have`);
      }
      const [key] = await tx
        .insert(apiKeys)
        .values({
          id: uuidV7(),
          owner,
          requestId,
          name,
          scope,
          secretSha256: secret.sha256,
          hint: secret.hint,
          createTime: databaseNow,
          expireTime,
        })
        .returning()
        .catch(refuseKnownSecret);
      if (!key) throw new Error('INSERT returned no row');
      return key;
    });
  }

  async list(owner: string): Promise<ApiKey[]> {
    return this.database.run((db) => keysOf(db, owner));
  }

  /**
   * The secret before holds for `graceMs` longer, unless the key itself ends sooner.
   * @throws DomainError NOT_FOUND, ALREADY_EXISTS where the secret is that of another key
   */
  async rotate(owner: string, keyId: string, secret: KeySecret, graceMs: number): Promise<ApiKey> {
    return this.database.run(async (db) => {
      const [key] = await db
        .update(apiKeys)
        .set({
          secretSha256: secret.sha256,
          hint: secret.hint,
          previousSha256: graceMs > 0 ? sql`${apiKeys.secretSha256}` : null,
          previousExpireTime: graceMs > 0 ? databaseIn(graceMs) : null,
          rotateTime: databaseNow,
        })
        .where(and(eq(apiKeys.id, keyId), eq(apiKeys.owner, owner)))
        .returning()
        .catch(refuseKnownSecret);
      if (!key) throw keyNotFound(keyId);
      return key;
    });
  }

  async delete(owner: string, keyId: string): Promise<void> {
    await this.database.run(async (db) => {
      const [key] = await db
        .delete(apiKeys)
        .where(and(eq(apiKeys.id, keyId), eq(apiKeys.owner, owner)))
        .returning({ id: apiKeys.id });
      if (!key) throw keyNotFound(keyId);
    });
  }

  /**
   * The key that a secret belongs to, which counts as used now.
   * @throws DomainError UNAUTHENTICATED, the same for a secret that was never one and one that holds no more
   */
  async verify(sha256: string): Promise<ApiKey> {
    return this.database.run(async (db) => {
      const [key] = await db
        .select()
        .from(apiKeys)
        .where(
          and(
            or(
              eq(apiKeys.secretSha256, sha256),
              and(eq(apiKeys.previousSha256, sha256), gt(apiKeys.previousExpireTime, databaseNow)),
            ),
            or(isNull(apiKeys.expireTime), gt(apiKeys.expireTime, databaseNow)),
          ),
        );
      if (!key) throw new DomainError('UNAUTHENTICATED', 'the key is not one that holds');
      await db
        .update(apiKeys)
        .set({ lastUseTime: databaseNow })
        .where(
          and(
            eq(apiKeys.id, key.id),
            or(isNull(apiKeys.lastUseTime), lt(apiKeys.lastUseTime, databaseIn(-USE_EXACTNESS_MS))),
          ),
        );
      return key;
    });
  }
}

/** Whose it is, is not told. */
function refuseKnownSecret(error: unknown): never {
  throw isDuplicate(error, 'api_keys_secret')
    ? new DomainError('ALREADY_EXISTS', 'this secret is that of another key')
    : error;
}

export function keyNotFound(keyId: string): DomainError {
  return new DomainError('NOT_FOUND', `key ${keyId} does not exist`, { metadata: { key_id: keyId } });
}

function keysOf(db: Executor, owner: string): Promise<ApiKey[]> {
  return db.select().from(apiKeys).where(eq(apiKeys.owner, owner)).orderBy(desc(apiKeys.createTime), desc(apiKeys.id));
}
