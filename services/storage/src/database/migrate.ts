import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { migrationsFolder } from '../migrations-folder';
import { ADVISORY_LOCKS } from './advisory-locks';

/** How long a process waits for its turn. */
const TURN_WAIT_MS = 120_000;
/**
 * How long a migration waits for a table that is in use, before it gives up and is tried again: whoever wants the table
 * next waits behind it, and calls give up after DATABASE_LOCK_TIMEOUT_MS.
 */
const TABLE_WAIT_MS = 1000;

/**
 * Brings the schema up to date. Processes that start together take turns; who finds nothing to do, or a schema of a later
 * release, does nothing. All that is to do is done at once or not at all.
 * Migrations expand first and contract in a later release, so that the release before keeps working on the new schema.
 * @throws what pg throws: with code 55P03 where a table was in use for too long
 */
export async function migrate(
  connectionString: string,
  connectTimeoutMs: number,
  notice: (message: string) => void,
  folder = migrationsFolder,
): Promise<void> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'beatbot-storage-migrate',
    keepAlive: true,
    lock_timeout: TURN_WAIT_MS,
  });
  // The failure reaches us through the query it interrupts.
  client.on('error', () => undefined);
  // Ours only; PostgreSQL's own ("already exists, skipping") have other codes.
  client.on('notice', ({ code, message }) => {
    if (code === '00000' && message) notice(message);
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCKS.migrate]);
    // The lock ends with the connection.
    await client.query(`SET lock_timeout = ${TABLE_WAIT_MS}`);
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
