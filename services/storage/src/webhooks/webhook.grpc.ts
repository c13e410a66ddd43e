import { enumNames } from '@beatbot/contracts';
import type * as Messages from '@beatbot/contracts/storage/v1/webhooks';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { idOf } from '../edge/id-of';
import { ownerOf } from '../edge/owner';
import { toTimestamp } from '../edge/proto-time';
import { type Delivery, DELIVERY_STATES, type Webhook } from './webhook';
import { deliveryNotFound, webhookNotFound, WebhookService } from './webhook.service';

const stateNames = enumNames<Delivery['state'], Messages.DeliveryState>('DELIVERY_STATE', DELIVERY_STATES);

@Controller()
export class WebhookGrpc {
  constructor(private readonly webhooks: WebhookService) {}

  @GrpcMethod('WebhookService', 'CreateWebhook')
  async createWebhook(
    request: Messages.CreateWebhookRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.CreateWebhookResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const requestId = checks.text('request_id', request.requestId, 1, 128);
    const url = checks.text('url', request.url, 1, 2000);
    checks.done();
    const { webhook, secret } = await this.webhooks.create(owner, requestId, url);
    return { webhook: webhookMessage(webhook), secret };
  }

  @GrpcMethod('WebhookService', 'ListWebhooks')
  async listWebhooks(
    _request: Messages.ListWebhooksRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListWebhooksResponse> {
    return { webhooks: (await this.webhooks.list(ownerOf(callContext(call)))).map(webhookMessage) };
  }

  @GrpcMethod('WebhookService', 'DeleteWebhook')
  async deleteWebhook(
    request: Messages.DeleteWebhookRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.DeleteWebhookResponse> {
    const owner = ownerOf(callContext(call));
    await this.webhooks.delete(owner, idOf(request.webhookId, webhookNotFound));
    return {};
  }

  @GrpcMethod('WebhookService', 'ListDeliveries')
  async listDeliveries(
    request: Messages.ListDeliveriesRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListDeliveriesResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const limit = checks.pageSize('page_size', request.pageSize, 100, 50);
    checks.done();
    const webhookId = idOf(request.webhookId, webhookNotFound);
    return { deliveries: (await this.webhooks.deliveries(owner, webhookId, limit)).map(deliveryMessage) };
  }

  @GrpcMethod('WebhookService', 'ReplayDelivery')
  async replayDelivery(
    request: Messages.ReplayDeliveryRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ReplayDeliveryResponse> {
    const owner = ownerOf(callContext(call));
    const webhookId = idOf(request.webhookId, webhookNotFound);
    const deliveryId = idOf(request.deliveryId, deliveryNotFound);
    return { delivery: deliveryMessage(await this.webhooks.replay(owner, webhookId, deliveryId)) };
  }
}

function webhookMessage({ id, url, createTime, disableTime }: Webhook): Messages.Webhook {
  return { id, url, createTime: toTimestamp(createTime), disableTime: toTimestamp(disableTime) };
}

function deliveryMessage(delivery: Delivery): Messages.Delivery {
  const { id, webhookId, type, jobId, state, createTime, nextAttemptTime, attempts } = delivery;
  return {
    id,
    webhookId,
    type,
    jobId,
    state: stateNames.toMessage(state),
    createTime: toTimestamp(createTime),
    nextAttemptTime: state === 'pending' ? toTimestamp(nextAttemptTime) : undefined,
    attempts: attempts.map(({ time, ...attempt }) => ({ ...attempt, time: toTimestamp(new Date(time)) })),
  };
}
