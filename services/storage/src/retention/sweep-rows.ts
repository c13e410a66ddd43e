import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../database/database';

const PAGE = 200;
const REQUEST_ID_HOURS = 24;
/** An owner who was not served for so long is as good as one never served. */
const TURN_DAYS = 7;

export interface RowSweep {
  songPurgeHours: number;
  eventDays: number;
  signal: AbortSignal;
}

export interface SweptRows {
  songs: number;
  jobsWithoutEvents: number;
  requestIds: number;
}

/** Deletes rows whose time has passed, in small steps, so that no lock is held for long. */
export async function sweepRows(
  database: Database,
  { songPurgeHours, eventDays, signal }: RowSweep,
): Promise<SweptRows> {
  const repeat = async (statement: SQL): Promise<number> => {
    let all = 0;
    let now: number;
    do {
      now = (await database.run((db) => db.execute(statement))).rowCount ?? 0;
      all += now;
    } while (now === PAGE && !signal.aborted);
    return all;
  };
  const songs = await repeat(sql`
    DELETE FROM songs WHERE id IN (
      SELECT id FROM songs WHERE delete_time < now() - ${songPurgeHours}::float8 * interval '1 hour' LIMIT ${PAGE})`);
  const jobsWithoutEvents = await repeat(sql`
    WITH expired AS (
      SELECT id FROM jobs
      WHERE end_time < now() - ${eventDays}::float8 * interval '1 day' AND NOT events_purged
      LIMIT ${PAGE} FOR UPDATE SKIP LOCKED
    ), gone AS (
      DELETE FROM job_events WHERE job_id IN (SELECT id FROM expired)
    )
    UPDATE jobs SET events_purged = true WHERE id IN (SELECT id FROM expired)`);
  const requestIds = await repeat(sql`
    DELETE FROM request_ids WHERE (owner, request_id) IN (
      SELECT owner, request_id FROM request_ids
      WHERE create_time < now() - ${REQUEST_ID_HOURS} * interval '1 hour' LIMIT ${PAGE})`);
  await repeat(sql`
    DELETE FROM webhook_deliveries WHERE id IN (
      SELECT id FROM webhook_deliveries
      WHERE state <> 'pending' AND create_time < now() - ${eventDays}::float8 * interval '1 day' LIMIT ${PAGE})`);
  await repeat(sql`
    DELETE FROM owner_turns WHERE owner IN (
      SELECT owner FROM owner_turns WHERE claim_time < now() - ${TURN_DAYS} * interval '1 day' LIMIT ${PAGE})`);
  return { songs, jobsWithoutEvents, requestIds };
}
