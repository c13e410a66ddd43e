import { enumNames } from '@beatbot/contracts';
import type { Delivery, DeliveryState, Webhook } from '@beatbot/contracts/storage/v1/webhooks';
import { timestampText } from '../validation/timestamp';
import { DELIVERY_STATES, type DeliveryView, type WebhookView } from './webhook.schemas';

const stateNames = enumNames<DeliveryView['state'], DeliveryState>('DELIVERY_STATE', DELIVERY_STATES);

export function webhookView({ id, url, createTime, disableTime }: Webhook): WebhookView {
  return { id, url, createTime: timestampText(createTime), disableTime: timestampText(disableTime) };
}

export function deliveryView(delivery: Delivery): DeliveryView {
  return {
    id: delivery.id,
    type: delivery.type,
    job: delivery.jobId,
    state: stateNames.fromMessage(delivery.state),
    createTime: timestampText(delivery.createTime),
    nextAttemptTime: timestampText(delivery.nextAttemptTime),
    attempts: delivery.attempts.map(({ time, status, error, durationMs }) => ({
      time: timestampText(time),
      status,
      error,
      durationMs,
    })),
  };
}
