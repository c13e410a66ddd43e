import { CONFIG } from '@beatbot/service-kit';
import { Module } from '@nestjs/common';
import { Config } from '../config';
import { CANCEL_CHANNEL, CancelChannel } from '../events/cancel-channel';
import { EVENT_FEED, EventFeed } from '../events/event-feed';
import { EventsModule } from '../events/events.module';
import { COMPOSER, Composer } from '../production/composer';
import { JOB_STORE, JobStore } from './job-store';
import { JobsGrpc } from './jobs.grpc';
import { JobsService } from './jobs.service';

/** What people want of jobs. */
@Module({
  imports: [EventsModule],
  controllers: [JobsGrpc],
  providers: [
    {
      provide: JobsService,
      inject: [JOB_STORE, COMPOSER, EVENT_FEED, CANCEL_CHANNEL, CONFIG],
      useFactory: (store: JobStore, composer: Composer, feed: EventFeed, cancels: CancelChannel, config: Config) =>
        new JobsService(store, composer, feed, cancels, {
          maxUnfinished: config.MAX_UNFINISHED_JOBS,
          maxUnfinishedOfOwner: config.MAX_UNFINISHED_JOBS_PER_OWNER,
        }),
    },
  ],
})
export class JobsModule {}
