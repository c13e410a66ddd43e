import { resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { ADVISORY_LOCKS } from './advisory-locks';

/** The same from src/ and from dist/. */
export const migrationsFolder = resolve(__dirname, '../../migrations');

const LOCK_WAIT_MS = 120_000;

/**
 * Brings the schema up to date. Processes that start together take turns; who finds nothing to do does nothing.
 * Migrations expand first and contract in a later release, so that the release before keeps working on the new schema.
 */
export async function migrate(
  connectionString: string,
  connectTimeoutMs: number,
  notice: (message: string) => void,
): Promise<void> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'beatbot-storage-migrate',
    keepAlive: true,
    lock_timeout: LOCK_WAIT_MS,
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
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}
