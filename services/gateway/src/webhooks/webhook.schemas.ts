import { z } from 'zod';
import { queryInteger } from '../validation/page-query';
import { webhookId, deliveryId } from '../validation/path-params';
import { zodDto } from '../validation/zod-dto';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

const time = z.string().meta({ format: 'date-time' }).nullable();

export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    createTime: time,
    disableTime: time.describe('When its target answered that it is gone (410): nothing more is sent since'),
  })
  .meta({ id: 'Webhook' });

export const deliverySchema = z
  .object({
    id: z.string().describe('The webhook-id of each of its messages'),
    type: z.string().describe('job.succeeded, job.failed, job.cancelled or job.awaiting_approval'),
    job: z.string(),
    state: z.enum(DELIVERY_STATES),
    createTime: time,
    nextAttemptTime: time.describe('When it is sent next; null once it has ended'),
    attempts: z
      .array(
        z.object({
          time,
          status: z.int().describe('HTTP status of the answer; 0 where there was none'),
          error: z.string().describe('Empty where nothing went wrong'),
          durationMs: z.int(),
        }),
      )
      .describe('Oldest first'),
  })
  .meta({ id: 'Delivery' });

export const webhookUrl = z
  .string()
  .max(2000, 'an https URL of at most 2000 characters')
  .refine((text) => URL.canParse(text), 'an https URL of at most 2000 characters')
  .meta({ format: 'uri' })
  .describe('An https URL on a public address');

const createWebhookSchema = z
  .strictObject({ url: webhookUrl })
  .meta({ id: 'CreateWebhook', examples: [{ url: 'https://hooks.example.com/beatbot' }] });

export class WebhookParams extends zodDto(z.strictObject({ webhook: webhookId })) {}
export class DeliveryParams extends zodDto(z.strictObject({ webhook: webhookId, delivery: deliveryId })) {}
export class ListDeliveriesQuery extends zodDto(
  z.strictObject({ pageSize: queryInteger(1, 100).optional().describe('How many at most; 50 where not given') }),
) {}
export class CreateWebhookDto extends zodDto(createWebhookSchema) {}
export class SecretWebhookDto extends zodDto(
  z
    .object({ webhook: webhookSchema, secret: z.string().describe('Key of its signatures (HMAC-SHA-256)') })
    .meta({ id: 'WebhookWithSecret' }),
) {}
export class WebhookListDto extends zodDto(
  z.object({ webhooks: z.array(webhookSchema) }).meta({ id: 'WebhookList' }),
) {}
export class DeliveryDto extends zodDto(deliverySchema) {}
export class DeliveryListDto extends zodDto(
  z.object({ deliveries: z.array(deliverySchema) }).meta({ id: 'DeliveryList' }),
) {}

export type WebhookView = z.infer<typeof webhookSchema>;
export type DeliveryView = z.infer<typeof deliverySchema>;
