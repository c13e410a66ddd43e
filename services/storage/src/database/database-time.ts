import { sql, type SQL } from 'drizzle-orm';

/** The database's clock now, not the transaction's start, cut (not rounded up) to the milliseconds that columns keep. */
export const databaseNow: SQL<Date> = sql<Date>`date_trunc('milliseconds', clock_timestamp())`;

/** The database's clock in `ms` milliseconds. */
export function databaseIn(ms: number): SQL<Date> {
  return sql<Date>`date_trunc('milliseconds', clock_timestamp()) + ${ms}::float8 * interval '1 millisecond'`;
}
