import type { Logger } from '@nestjs/common';
import { Pool, type PoolConfig } from 'pg';

/** A pool whose lost connections end up in the log and not in the end of the process. */
export function openPool(settings: PoolConfig, log: Logger): Pool {
  const pool = new Pool({
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'beatbot-storage',
    ...settings,
  });
  // Both without a listener would end the process: the pool's is for idle connections, the client's for those in use.
  pool.on('error', (error) => log.warn(`idle connection lost: ${error.message}`));
  pool.on('connect', (client) => client.on('error', (error) => log.debug(`connection lost: ${error.message}`)));
  return pool;
}
