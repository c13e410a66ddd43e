import type { webhookDeliveries, webhooks } from '../database/schema';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

export type Webhook = typeof webhooks.$inferSelect;
export type Delivery = typeof webhookDeliveries.$inferSelect;

/** One try to deliver, as it is kept. */
export interface AttemptRecord {
  /** RFC 3339. */
  time: string;
  /** HTTP status; 0 where there was no answer. */
  status: number;
  /** Empty where nothing went wrong. */
  error: string;
  durationMs: number;
}
