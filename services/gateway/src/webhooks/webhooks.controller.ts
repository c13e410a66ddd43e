import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { CallContext } from '@beatbot/service-kit';
import type { Response } from 'express';
import { NeedsScope } from '../auth/scope.guard';
import { type WebhookClient, Webhooks } from '../backends/backends';
import { present } from '../backends/present';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { IdempotencyKey, idempotencyHeader } from '../requests/idempotency-key';
import { deliveryView, webhookView } from './webhook.mapping';
import {
  CreateWebhookDto,
  DeliveryDto,
  DeliveryListDto,
  DeliveryParams,
  ListDeliveriesQuery,
  SecretWebhookDto,
  WebhookListDto,
  WebhookParams,
} from './webhook.schemas';

/** Where the caller's owner is told of jobs. */
@Controller('v1/webhooks')
@NeedsScope('admin')
export class WebhooksController {
  constructor(@Webhooks() private readonly webhooks: WebhookClient) {}

  @Post()
  @HttpCode(201)
  @Operation({
    id: 'createWebhook',
    summary: 'Be told of jobs',
    description:
      'By Standard Webhooks, when a job has succeeded, failed, was cancelled, or waits for approval: signed, at least once, tried again for a day. A message tells which job; read the job for more.',
    headers: idempotencyHeader,
    answers: { 201: { description: 'The webhook, with the key of its signatures', body: SecretWebhookDto } },
  })
  async create(
    @Caller() caller: CallContext,
    @IdempotencyKey() requestId: string,
    @Body() { url }: CreateWebhookDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SecretWebhookDto> {
    const { webhook, secret } = await this.webhooks.createWebhook({ requestId, url }, { context: caller });
    response.set('Cache-Control', 'no-store');
    return { webhook: webhookView(present(webhook, 'webhook')), secret };
  }

  @Get()
  @Operation({
    id: 'listWebhooks',
    summary: 'List the webhooks, newest first',
    answers: { 200: { description: 'All of them, without secrets', body: WebhookListDto } },
  })
  async list(@Caller() caller: CallContext): Promise<WebhookListDto> {
    const { webhooks } = await this.webhooks.listWebhooks({}, { context: caller });
    return { webhooks: webhooks.map(webhookView) };
  }

  @Delete(':webhook')
  @HttpCode(204)
  @Operation({
    id: 'deleteWebhook',
    summary: 'Be told no more',
    answers: { 204: { description: 'Deleted, with what was still to be sent' } },
  })
  async delete(@Caller() caller: CallContext, @Param() { webhook: webhookId }: WebhookParams): Promise<void> {
    await this.webhooks.deleteWebhook({ webhookId }, { context: caller });
  }

  @Get(':webhook/deliveries')
  @Operation({
    id: 'listDeliveries',
    summary: 'Read what came of the newest messages',
    answers: { 200: { description: 'The newest first', body: DeliveryListDto } },
  })
  async deliveries(
    @Caller() caller: CallContext,
    @Param() { webhook: webhookId }: WebhookParams,
    @Query() { pageSize = 0 }: ListDeliveriesQuery,
  ): Promise<DeliveryListDto> {
    const { deliveries } = await this.webhooks.listDeliveries({ webhookId, pageSize }, { context: caller });
    return { deliveries: deliveries.map(deliveryView) };
  }

  @Post(':webhook/deliveries/:delivery\\:replay')
  @HttpCode(200)
  @Operation({
    id: 'replayDelivery',
    summary: 'Send a message again',
    description: 'Under the same id, whatever came of it.',
    answers: { 200: { description: 'The delivery, as it is now', body: DeliveryDto } },
  })
  async replay(
    @Caller() caller: CallContext,
    @Param() { webhook: webhookId, delivery: deliveryId }: DeliveryParams,
  ): Promise<DeliveryDto> {
    const { delivery } = await this.webhooks.replayDelivery({ webhookId, deliveryId }, { context: caller });
    return deliveryView(present(delivery, 'delivery'));
  }
}
