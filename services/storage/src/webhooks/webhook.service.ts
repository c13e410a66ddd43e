import { CONFIG, DomainError, invalidArgument } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { v7 as uuidV7 } from 'uuid';
import type { Config } from '../config';
import { Database, type Executor } from '../database/database';
import { databaseNow } from '../database/database-time';
import { webhookDeliveries, webhooks } from '../database/schema';
import { ForbiddenTarget, readTargetUrl, resolveTarget } from './target';
import type { Delivery, Webhook } from './webhook';
import { webhookSecret } from './webhook-secret';

export const MAX_WEBHOOKS_OF_OWNER = 10;

/** Webhooks and what came of their messages. Another owner's are NOT_FOUND. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @throws DomainError FAILED_PRECONDITION where webhooks are not set up, INVALID_ARGUMENT for a URL that is not allowed,
   * IDEMPOTENCY_KEY_REUSED for another URL under a used id, QUOTA_EXCEEDED beyond the most webhooks of an owner
   */
  async create(owner: string, requestId: string, text: string): Promise<{ webhook: Webhook; secret: string }> {
    const url = await this.allowedUrl(text, 'url');
    const webhook = await this.database.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`webhooks of ${owner}`}, 0))`);
      const known = await webhooksOf(tx, owner);
      const made = known.find((candidate) => candidate.requestId === requestId);
      if (made && made.url !== url) {
        throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'the request id was used for another URL; use a new one', {
          fields: [{ field: 'request_id', value: requestId, allowed: 'an id not used for another URL' }],
        });
      }
      if (made) return made;
      if (known.length >= MAX_WEBHOOKS_OF_OWNER)
        throw new DomainError('QUOTA_EXCEEDED', `there are ${known.length} webhooks, as many as an owner may have`);
      const [row] = await tx
        .insert(webhooks)
        .values({ id: uuidV7(), owner, requestId, url, createTime: databaseNow })
        .returning();
      if (!row) throw new Error('INSERT returned no row');
      return row;
    });
    return { webhook, secret: this.secretOf(webhook) };
  }

  /**
   * A URL as it is kept. Checked when a webhook is made so that its owner is told, and again before each message, since
   * names change.
   * @throws DomainError FAILED_PRECONDITION where webhooks are not set up, INVALID_ARGUMENT for a URL that is not allowed
   */
  async allowedUrl(text: string, field: string): Promise<string> {
    const { WEBHOOK_ALLOWED_TARGETS: allowed } = this.config;
    this.signingSecret();
    try {
      const { url } = await resolveTarget(readTargetUrl(text, allowed), allowed);
      return url.href;
    } catch (error) {
      const why = error instanceof ForbiddenTarget ? error.message : 'its host cannot be found';
      // Answers are kept by proxies and logs of callers: no password is told back.
      throw invalidArgument(field, text.replace(/\/\/[^/]*@/, '//***@'), `an https URL on a public address: ${why}`);
    }
  }

  /** The key of a webhook's signatures. */
  secretOf({ id }: Pick<Webhook, 'id'>): string {
    return webhookSecret(this.signingSecret(), id);
  }

  private signingSecret(): string {
    const { WEBHOOK_SIGNING_SECRET: secret } = this.config;
    if (secret === undefined) throw new DomainError('FAILED_PRECONDITION', 'webhooks are not set up on this server');
    return secret;
  }

  async list(owner: string): Promise<Webhook[]> {
    return this.database.run((db) => webhooksOf(db, owner));
  }

  async delete(owner: string, webhookId: string): Promise<void> {
    await this.database.run(async (db) => {
      const gone = await db.delete(webhooks).where(own(owner, webhookId)).returning({ id: webhooks.id });
      if (gone.length === 0) throw webhookNotFound(webhookId);
    });
  }

  /** The newest first. */
  async deliveries(owner: string, webhookId: string, limit: number): Promise<Delivery[]> {
    return this.database.run(async (db) => {
      await assertOwn(db, owner, webhookId);
      return db
        .select()
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.webhookId, webhookId))
        .orderBy(desc(webhookDeliveries.createTime), desc(webhookDeliveries.id))
        .limit(limit);
    });
  }

  /** Sends a delivery again from its first try on; one that is being sent is sent once more after that. */
  async replay(owner: string, webhookId: string, deliveryId: string): Promise<Delivery> {
    return this.database.transaction(async (tx) => {
      await assertOwn(tx, owner, webhookId);
      const [delivery] = await tx
        .update(webhookDeliveries)
        .set({ state: 'pending', tries: 0, nextAttemptTime: databaseNow })
        .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.webhookId, webhookId)))
        .returning();
      if (!delivery) throw deliveryNotFound(deliveryId);
      return delivery;
    });
  }
}

export function webhookNotFound(webhookId: string): DomainError {
  return new DomainError('NOT_FOUND', `webhook ${webhookId} does not exist`, { metadata: { webhook_id: webhookId } });
}

export function deliveryNotFound(deliveryId: string): DomainError {
  return new DomainError('NOT_FOUND', `delivery ${deliveryId} does not exist`, {
    metadata: { delivery_id: deliveryId },
  });
}

function own(owner: string, webhookId: string) {
  return and(eq(webhooks.id, webhookId), eq(webhooks.owner, owner));
}

async function assertOwn(db: Executor, owner: string, webhookId: string): Promise<void> {
  const [found] = await db.select({ id: webhooks.id }).from(webhooks).where(own(owner, webhookId));
  if (!found) throw webhookNotFound(webhookId);
}

/** Those of single jobs are as many as these, and come and go with them. */
function webhooksOf(db: Executor, owner: string): Promise<Webhook[]> {
  return db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.owner, owner), isNull(webhooks.jobId)))
    .orderBy(desc(webhooks.createTime));
}
