import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'node:util';
import { CONFIG, DomainError, Metrics, Readiness } from '@beatbot/service-kit';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { Webhook as Signer } from 'standardwebhooks';
import type { Config } from '../config';
import { Database } from '../database/database';
import { databaseIn, databaseNow } from '../database/database-time';
import { webhookDeliveries, webhooks } from '../database/schema';
import { claimDeliveries, type ClaimedDelivery } from './claim-deliveries';
import { postMessage } from './post-message';
import { ForbiddenTarget, readTargetUrl, resolveTarget } from './target';
import type { AttemptRecord } from './webhook';
import { webhookSecret } from './webhook-secret';

const AT_A_TIME = 16;
const TIMEOUT_MS = 10_000;
/** Longer than a try takes: who is cut off in the middle has the message sent again. */
const LEASE_MS = 3 * TIMEOUT_MS;
const POLL_MS = 1000;
const GONE = 410;
/** Of the log of one delivery; replays add to it. */
const MAX_KEPT_ATTEMPTS = 50;
/** Share of a pause by which it is longer or shorter, so that what failed together does not come again together. */
const JITTER = 0.1;

/**
 * Sends what the deliveries' rows say, each at least once and under the same id: one message at a time to a webhook, so
 * that a slow target holds up nobody else's.
 */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('webhooks');
  private readonly stopped = new AbortController();
  private readonly sending = new Set<Promise<void>>();
  private readonly ended;
  private loop?: Promise<void>;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    readiness: Readiness,
    metrics: Metrics,
  ) {
    this.ended = metrics.counter('webhook_attempts_total', 'Tries to deliver a message to a webhook', ['result']);
    readiness.draining.addEventListener('abort', () => this.stopped.abort(), { once: true });
  }

  onApplicationBootstrap(): void {
    const secret = this.config.WEBHOOK_SIGNING_SECRET;
    if (secret !== undefined) this.loop = this.run(secret);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.loop;
    await Promise.all(this.sending);
  }

  private async run(signingSecret: string): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const claimed = await this.claim(AT_A_TIME - this.sending.size);
      for (const delivery of claimed) {
        const work: Promise<void> = this.send(delivery, signingSecret)
          .catch((error: unknown) =>
            this.log.warn(`delivery ${delivery.id} is not noted, so it is sent again: ${String(error)}`),
          )
          .finally(() => this.sending.delete(work));
        this.sending.add(work);
      }
      // More may be due behind those just claimed; else the next look is soon enough.
      if (claimed.length > 0)
        await Promise.race([...this.sending, sleep(POLL_MS, undefined, { signal })]).catch(() => undefined);
      else await sleep(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async claim(count: number): Promise<ClaimedDelivery[]> {
    if (count <= 0) return [];
    try {
      return await this.database.run((db) => claimDeliveries(db, count, LEASE_MS));
    } catch (error) {
      if (!(error instanceof DomainError)) this.log.error(error);
      return [];
    }
  }

  private async send(delivery: ClaimedDelivery, signingSecret: string): Promise<void> {
    const begun = Date.now();
    const { status, error } = await this.attempt(delivery, signingSecret);
    const record = { time: new Date(begun).toISOString(), status, error, durationMs: Date.now() - begun };
    this.ended.inc({ result: error === '' ? 'delivered' : 'failed' });
    await this.note(delivery, record);
  }

  private async attempt(delivery: ClaimedDelivery, signingSecret: string): Promise<{ status: number; error: string }> {
    const { WEBHOOK_ALLOWED_TARGETS: allowed } = this.config;
    const body = JSON.stringify(delivery.payload);
    const now = new Date();
    try {
      const target = await resolveTarget(readTargetUrl(delivery.url, allowed), allowed);
      const status = await postMessage(
        target,
        {
          'content-type': 'application/json',
          'user-agent': 'BeatBot-Webhooks',
          'webhook-id': delivery.id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Signer(webhookSecret(signingSecret, delivery.webhookId)).sign(
            delivery.id,
            now,
            body,
          ),
        },
        body,
        TIMEOUT_MS,
      );
      return { status, error: status >= 200 && status < 300 ? '' : `the target answers ${status}` };
    } catch (error) {
      return { status: 0, error: failureText(error) };
    }
  }

  private async note({ id, webhookId, tries }: ClaimedDelivery, record: AttemptRecord): Promise<void> {
    const pause = this.config.WEBHOOK_RETRY_SECONDS[tries - 1];
    const delivered = record.error === '';
    const gone = record.status === GONE;
    const again = !delivered && !gone && pause !== undefined;
    const pauseMs = (pause ?? 0) * 1000 * (1 + JITTER * (2 * Math.random() - 1));
    await this.database.transaction(async (tx) => {
      await tx
        .update(webhookDeliveries)
        .set({
          leaseExpireTime: null,
          attempts: sql`(SELECT coalesce(jsonb_agg(kept.record ORDER BY kept.place), '[]') FROM (
            SELECT record, place FROM jsonb_array_elements(${webhookDeliveries.attempts} || ${JSON.stringify([record])}::jsonb)
              WITH ORDINALITY AS all_of_them (record, place) ORDER BY place DESC LIMIT ${MAX_KEPT_ATTEMPTS}) AS kept)`,
        })
        .where(eq(webhookDeliveries.id, id));
      // A replay that came meanwhile has begun to count anew: it stays due.
      await tx
        .update(webhookDeliveries)
        .set(again ? { nextAttemptTime: databaseIn(pauseMs) } : { state: delivered ? 'delivered' : 'failed' })
        .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.tries, tries)));
      if (gone) await tx.update(webhooks).set({ disableTime: databaseNow }).where(eq(webhooks.id, webhookId));
    });
  }
}

/** Says what an owner needs, and nothing of the inside. */
function failureText(error: unknown): string {
  if (error instanceof ForbiddenTarget) return `nothing was sent: ${error.message}`;
  if (!types.isNativeError(error) && !(error instanceof DOMException)) return 'no answer';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code !== 'string' ? 'no answer' : `no answer: ${code}`;
}
