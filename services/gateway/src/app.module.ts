import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { peerReadinessProvider } from '@beatbot/service-kit';
import { json } from 'express';
import { ArchivesController } from './archives/archives.controller';
import { AssetSender } from './assets/asset-sender';
import { Authenticator } from './auth/authenticator';
import { AuthModule } from './auth/auth.module';
import { AssetsController } from './assets/assets.controller';
import { LiveAudio } from './assets/live-audio';
import { BackendsModule } from './backends/backends';
import { CatalogueController } from './catalogue/catalogue.controller';
import type { GatewayConfig } from './config';
import { EventsGateway } from './events/events.gateway';
import { JobEvents } from './events/job-events';
import { JobsController } from './jobs/jobs.controller';
import { KeysController } from './keys/keys.controller';
import { BODY_LIMIT_BYTES } from './problems/http-error';
import { allowedMethodsMiddleware } from './problems/allowed-methods';
import { ProblemFilter } from './problems/problem.filter';
import { RateLimitModule } from './rate-limit/rate-limit.module';
import { AllowedHosts } from './requests/allowed-hosts';
import { callerMiddleware } from './requests/caller';
import { MediaTypeGuard } from './requests/media-type.guard';
import { QueryGuard } from './requests/query.guard';
import { RequestBound } from './requests/request-bound';
import { sameOriginMiddleware } from './requests/same-origin';
import { RevisionsController } from './revisions/revisions.controller';
import { SongsController } from './songs/songs.controller';
import { UsageController } from './usage/usage.controller';
import { ZodRequestPipe } from './validation/zod-request.pipe';
import { WebhooksController } from './webhooks/webhooks.controller';

@Module({
  imports: [BackendsModule, AuthModule, RateLimitModule],
  controllers: [
    SongsController,
    RevisionsController,
    AssetsController,
    ArchivesController,
    JobsController,
    CatalogueController,
    KeysController,
    UsageController,
    WebhooksController,
  ],
  providers: [
    AllowedHosts,
    RequestBound,
    AssetSender,
    LiveAudio,
    JobEvents,
    EventsGateway,
    // A song can be taken and given with these two; queued work waits for the others.
    peerReadinessProvider<GatewayConfig>('orchestrator', ({ ORCHESTRATOR_ADDRESS }) => ORCHESTRATOR_ADDRESS),
    peerReadinessProvider<GatewayConfig>('storage', ({ STORAGE_ADDRESS }) => STORAGE_ADDRESS),
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: MediaTypeGuard },
    { provide: APP_GUARD, useClass: QueryGuard },
    { provide: APP_PIPE, useClass: ZodRequestPipe },
  ],
})
export class AppModule implements NestModule {
  constructor(
    private readonly hosts: AllowedHosts,
    private readonly bound: RequestBound,
    private readonly authenticator: Authenticator,
  ) {}

  /** These come after the logger, which gives each request its id. */
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(
        this.hosts.middleware(),
        this.bound.middleware(),
        sameOriginMiddleware,
        callerMiddleware(this.authenticator),
        allowedMethodsMiddleware,
        json({ limit: BODY_LIMIT_BYTES, strict: false }),
      )
      .forRoutes('{*path}');
  }
}
