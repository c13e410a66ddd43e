import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG, DomainError } from '@beatbot/service-kit';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../config';
import { ADVISORY_LOCKS } from '../database/advisory-locks';
import { Database } from '../database/database';
import { useTimeExactnessMs } from '../objects/object-catalogue';
import { OBJECT_STORE, type ObjectStore } from '../objects/object-store';
import { sweepObjects, sweepOrphans } from './sweep-objects';
import { type SweptRows, sweepRows } from './sweep-rows';

export type Swept = SweptRows & { objects: number; orphans: number };

const HOUR_MS = 3_600_000;

/** Takes away what nobody needs any more, now and then, in one process at a time. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('retention');
  private readonly stopped = new AbortController();
  private loop?: Promise<void>;

  constructor(
    private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.sweepNowAndThen();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  /** Sweeps once; undefined where another process is at it. */
  async sweep(): Promise<Swept | undefined> {
    const { signal } = this.stopped;
    const objectSweep = {
      graceMs: this.config.OBJECT_GRACE_HOURS * HOUR_MS,
      useTimeExactnessMs: useTimeExactnessMs(this.config),
      signal,
    };
    let swept: Swept | undefined;
    await this.database.exclusively(ADVISORY_LOCKS.sweep, async () => {
      const { SONG_PURGE_HOURS: songPurgeHours, EVENT_DAYS: eventDays } = this.config;
      const rows = await sweepRows(this.database, { songPurgeHours, eventDays, signal });
      const objects = await sweepObjects(this.database, this.store, objectSweep);
      swept = { ...rows, objects, orphans: await sweepOrphans(this.database, this.store, objectSweep) };
    });
    return swept;
  }

  private async sweepNowAndThen(): Promise<void> {
    const { signal } = this.stopped;
    for (;;) {
      await sleep(this.config.SWEEP_INTERVAL_SECONDS * 1000, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        const swept = await this.sweep();
        if (swept && Object.values(swept).some((count) => count > 0)) this.log.log({ msg: 'swept', ...swept });
      } catch (error) {
        const away = error instanceof DomainError && error.reason === 'UNAVAILABLE';
        if (away) this.log.warn(`not swept, later again: ${error.message}`);
        else this.log.error({ err: error, msg: 'not swept, later again' });
      }
    }
  }
}
