import { sql } from 'drizzle-orm';
import type { Executor } from '../database/database';
import type { JsonDocument } from '../edge/json-document';

export interface ClaimedDelivery {
  id: string;
  webhookId: string;
  url: string;
  payload: JsonDocument;
  /** This one included. */
  tries: number;
}

/**
 * Leases at most `count` deliveries that are due, the oldest of each webhook that has none under way. Processes that claim
 * at the same time take different ones.
 */
export async function claimDeliveries(db: Executor, count: number, leaseMs: number): Promise<ClaimedDelivery[]> {
  const { rows } = await db.execute<{
    id: string;
    webhook_id: string;
    url: string;
    payload: JsonDocument;
    tries: number;
  }>(sql`
    WITH due AS (
      SELECT delivery.id, delivery.next_attempt_time,
        row_number() OVER (PARTITION BY webhook_id ORDER BY next_attempt_time, delivery.create_time, delivery.id) AS turn
      FROM webhook_deliveries AS delivery JOIN webhooks ON webhooks.id = delivery.webhook_id
      WHERE state = 'pending' AND next_attempt_time <= clock_timestamp() AND disable_time IS NULL
        AND NOT EXISTS (
          SELECT FROM webhook_deliveries AS other
          WHERE other.webhook_id = delivery.webhook_id AND other.lease_expire_time > clock_timestamp())
    ), chosen AS (
      SELECT delivery.id FROM webhook_deliveries AS delivery JOIN due ON due.id = delivery.id
      WHERE due.turn = 1 AND delivery.state = 'pending' AND delivery.next_attempt_time <= clock_timestamp()
        AND (delivery.lease_expire_time IS NULL OR delivery.lease_expire_time <= clock_timestamp())
      ORDER BY due.next_attempt_time LIMIT ${count}
      FOR UPDATE OF delivery SKIP LOCKED
    )
    UPDATE webhook_deliveries AS delivery
    SET tries = tries + 1, lease_expire_time = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    FROM chosen, webhooks
    WHERE delivery.id = chosen.id AND webhooks.id = delivery.webhook_id
    RETURNING delivery.id, delivery.webhook_id, webhooks.url, delivery.payload, delivery.tries`);
  return rows.map(({ webhook_id: webhookId, ...row }) => ({ ...row, webhookId }));
}
