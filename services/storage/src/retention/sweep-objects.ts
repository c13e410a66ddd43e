import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/database';
import { objects } from '../database/schema';
import type { ObjectStore } from '../objects/object-store';

const PAGE = 500;
/** Bytes without a row may be those of a PutObject between its two steps. */
const LEAST_ORPHAN_AGE_MS = 3_600_000;

export interface ObjectSweep {
  graceMs: number;
  /** How exactly the last use of objects is kept. */
  useTimeExactnessMs: number;
  /** Aborted when the service stops. */
  signal: AbortSignal;
}

interface Place extends Record<string, unknown> {
  owner: string;
  key: string;
  use_time: string;
}

/**
 * Deletes objects that were not used within the grace time and that nothing needs: no asset and no Score of a live
 * song, and no queued or running job of their owner which had begun when they were used last. First the row, then the bytes:
 * a crash between leaves bytes without a row, which {@link sweepOrphans} finds. Answers how many were deleted.
 */
export async function sweepObjects(database: Database, store: ObjectStore, sweep: ObjectSweep): Promise<number> {
  let deleted = 0;
  let last: Place | undefined;
  do {
    const { rows } = await database.run((db) =>
      db.execute<Place & { deleted: string | null }>(sql`
        WITH old AS (
          SELECT owner, key, use_time FROM objects
          WHERE use_time < now() - ${sweep.graceMs}::float8 * interval '1 millisecond'
            ${last ? sql`AND (use_time, owner, key) > (${last.use_time}::timestamptz, ${last.owner}, ${last.key})` : sql``}
          ORDER BY use_time, owner, key LIMIT ${PAGE}
        ), gone AS (
          DELETE FROM objects USING old
          WHERE objects.owner = old.owner AND objects.key = old.key
            -- Looked at again after waiting for a use that is being noted.
            AND objects.use_time < now() - ${sweep.graceMs}::float8 * interval '1 millisecond'
            AND NOT EXISTS (
              SELECT FROM assets JOIN songs ON songs.id = assets.song_id
              WHERE assets.owner = old.owner AND assets.object_key = old.key AND songs.delete_time IS NULL)
            AND NOT EXISTS (
              SELECT FROM revisions JOIN songs ON songs.id = revisions.song_id
              WHERE revisions.score_key = old.key AND songs.owner = old.owner AND songs.delete_time IS NULL)
            AND NOT EXISTS (
              SELECT FROM jobs WHERE jobs.owner = old.owner AND end_time IS NULL
                AND (score_key = old.key OR state IN ('queued', 'running')
                  AND create_time <= old.use_time + ${sweep.useTimeExactnessMs}::float8 * interval '1 millisecond'))
          RETURNING objects.owner, objects.key, objects.location
        )
        SELECT old.owner, old.key, old.use_time::text, gone.location AS deleted
        FROM old LEFT JOIN gone ON gone.owner = old.owner AND gone.key = old.key
        ORDER BY old.use_time, old.owner, old.key`),
    );
    for (const { deleted: location } of rows) {
      if (location === null) continue;
      await store.delete(location);
      deleted++;
    }
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last && !sweep.signal.aborted);
  return deleted;
}

/** Deletes bytes without a row, which a crash or a lost database left behind. Answers how many. */
export async function sweepOrphans(database: Database, store: ObjectStore, sweep: ObjectSweep): Promise<number> {
  const before = new Date(Date.now() - Math.max(sweep.graceMs, LEAST_ORPHAN_AGE_MS));
  let deleted = await store.removeLeftovers(before);
  let batch: string[] = [];
  const settle = async (): Promise<void> => {
    if (batch.length === 0) return;
    const known = await database.run((db) =>
      db.select({ location: objects.location }).from(objects).where(inArray(objects.location, batch)),
    );
    const rows = new Set(known.map(({ location }) => location));
    for (const location of batch) {
      if (rows.has(location)) continue;
      await store.delete(location);
      deleted++;
    }
    batch = [];
  };
  for await (const { location, writeTime } of store.list()) {
    if (sweep.signal.aborted) return deleted;
    if (writeTime >= before) continue;
    batch.push(location);
    if (batch.length === PAGE) await settle();
  }
  await settle();
  return deleted;
}
