import { CONFIG } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, lt } from 'drizzle-orm';
import type { Config } from '../config';
import { Database } from '../database/database';
import { databaseIn, databaseNow } from '../database/database-time';
import { objects } from '../database/schema';
import type { StoredObject } from './stored-object';

const LONGEST_TOUCH_MS = 3_600_000;

/** How exactly the last use of objects is kept: a tenth of the grace time, at most an hour. */
export function useTimeExactnessMs(config: Config): number {
  return Math.min(LONGEST_TOUCH_MS, config.OBJECT_GRACE_HOURS * 360_000);
}

/** Which objects exist. */
@Injectable()
export class ObjectCatalogue {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** True while there is no object at all. */
  async isEmpty(): Promise<boolean> {
    return this.database.run(async (db) => (await db.select({ key: objects.key }).from(objects).limit(1)).length === 0);
  }

  /** The object, which counts as used now. */
  async find(owner: string, key: string): Promise<StoredObject | undefined> {
    return this.database.run(async (db) => {
      const which = and(eq(objects.owner, owner), eq(objects.key, key));
      const [found] = await db.select().from(objects).where(which);
      if (!found) return undefined;
      // Writing each use would cost a write for every read.
      const stale = lt(objects.useTime, databaseIn(-useTimeExactnessMs(this.config)));
      await db.update(objects).set({ useTime: databaseNow }).where(and(which, stale));
      return found;
    });
  }

  /** Adds an object; where another one has its key already, nothing is written and that one is answered. */
  async add(object: Omit<StoredObject, 'createTime'>): Promise<StoredObject> {
    return this.database.run(async (db) => {
      for (;;) {
        const [added] = await db
          .insert(objects)
          .values({ ...object, createTime: databaseNow, useTime: databaseNow })
          .onConflictDoNothing({ target: [objects.owner, objects.key] })
          .returning();
        if (added) return added;
        const [existing] = await db
          .update(objects)
          .set({ useTime: databaseNow })
          .where(and(eq(objects.owner, object.owner), eq(objects.key, object.key)))
          .returning();
        if (existing) return existing;
        // Swept between the two statements: free again.
      }
    });
  }
}
