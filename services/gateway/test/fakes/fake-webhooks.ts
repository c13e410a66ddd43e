import { randomUUID } from 'node:crypto';
import { type Delivery, DeliveryState, type Webhook } from '@beatbot/contracts/storage/v1/webhooks';
import { type CallContext, DomainError } from '@beatbot/service-kit';

interface Entry {
  owner: string;
  requestId: string;
  webhook: Webhook;
  deliveries: Delivery[];
}

/** What storage knows of webhooks, in memory; each has one delivery that was given up. */
export class FakeWebhooks {
  private readonly entries = new Map<string, Entry>();

  services() {
    return {
      WebhookService: {
        createWebhook: ({ requestId, url }: { requestId: string; url: string }, { owner }: CallContext) => {
          const known = [...this.entries.values()].find(
            (entry) => entry.owner === owner && entry.requestId === requestId,
          );
          const { webhook } = known ?? this.add(owner, requestId, url);
          return { webhook, secret: `whsec_${webhook.id}` };
        },
        listWebhooks: (_request: object, { owner }: CallContext) => ({
          webhooks: [...this.entries.values()].filter((entry) => entry.owner === owner).map(({ webhook }) => webhook),
        }),
        deleteWebhook: ({ webhookId }: { webhookId: string }, { owner }: CallContext) => {
          this.entries.delete(this.entry(webhookId, owner).webhook.id);
          return {};
        },
        listDeliveries: ({ webhookId }: { webhookId: string }, { owner }: CallContext) => ({
          deliveries: this.entry(webhookId, owner).deliveries,
        }),
        replayDelivery: (
          { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
          { owner }: CallContext,
        ) => {
          const delivery = this.entry(webhookId, owner).deliveries.find(({ id }) => id === deliveryId);
          if (!delivery) throw new DomainError('NOT_FOUND', `delivery ${deliveryId} does not exist`);
          Object.assign(delivery, { state: DeliveryState.DELIVERY_STATE_PENDING, nextAttemptTime: now() });
          return { delivery };
        },
      },
    };
  }

  private add(owner: string, requestId: string, url: string): Entry {
    const id = randomUUID();
    const delivery: Delivery = {
      id: randomUUID(),
      webhookId: id,
      type: 'job.succeeded',
      jobId: 'job-1',
      state: DeliveryState.DELIVERY_STATE_FAILED,
      createTime: now(),
      nextAttemptTime: undefined,
      attempts: [{ time: now(), status: 500, error: 'the target answers 500', durationMs: 12 }],
    };
    const webhook = { id, url, createTime: now(), disableTime: undefined };
    const entry = { owner, requestId, webhook, deliveries: [delivery] };
    this.entries.set(id, entry);
    return entry;
  }

  private entry(webhookId: string, owner: string): Entry {
    const entry = this.entries.get(webhookId);
    if (entry?.owner !== owner) throw new DomainError('NOT_FOUND', `webhook ${webhookId} does not exist`);
    return entry;
  }
}

function now(): { seconds: number; nanos: number } {
  return { seconds: Math.floor(Date.now() / 1000), nanos: 0 };
}
