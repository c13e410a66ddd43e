import { Module } from '@nestjs/common';
import { WebhookGrpc } from './webhook.grpc';
import { WebhookSender } from './webhook-sender';
import { WebhookService } from './webhook.service';

@Module({ controllers: [WebhookGrpc], providers: [WebhookService, WebhookSender], exports: [WebhookService] })
export class WebhookModule {}
