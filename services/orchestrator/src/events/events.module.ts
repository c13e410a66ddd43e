import { CONFIG, Readiness } from '@beatbot/service-kit';
import { Module } from '@nestjs/common';
import { Config } from '../config';
import { JOB_STORE, JobStore } from '../jobs/job-store';
import { Telemetry } from '../telemetry';
import { EVENT_FEED, EventFeed } from './event-feed';
import { JobWatcher } from './job-watcher';

/** The stream of a job's events. */
@Module({
  providers: [
    {
      provide: JobWatcher,
      inject: [JOB_STORE, EVENT_FEED, CONFIG, Readiness, Telemetry],
      useFactory: (store: JobStore, feed: EventFeed, config: Config, readiness: Readiness, telemetry: Telemetry) =>
        new JobWatcher(
          store,
          feed,
          config.WATCH_POLL_SECONDS * 1000,
          readiness.draining,
          telemetry,
          config.MAX_WATCHERS,
        ),
    },
  ],
  exports: [JobWatcher],
})
export class EventsModule {}
