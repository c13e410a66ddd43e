import { baseEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';

const milliseconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// or postgresql:// URL' });

export const environment = baseEnvironment.extend({
  DATABASE_URL: postgresUrl,
  /** A connection past PgBouncer, for LISTEN, migrations and the sweeper's lock; DATABASE_URL where not given. */
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** How long a call waits for a connection. */
  DATABASE_CONNECT_TIMEOUT_MS: milliseconds(5000, 100, 60_000),
  DATABASE_STATEMENT_TIMEOUT_MS: milliseconds(10_000, 100, 600_000),
  DATABASE_LOCK_TIMEOUT_MS: milliseconds(5000, 50, 600_000),
  /** How often waiting claims look for expired leases, ended delays and lost wake-ups. */
  CLAIM_POLL_MS: milliseconds(2000, 20, 60_000),

  /** Folder of the objects' bytes. */
  OBJECT_STORE_PATH: z.string().min(1),
  /** Key of signed URLs; the same in all replicas. */
  OBJECT_SIGNING_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** Where this service's HTTP port is reached by who gets a signed URL. */
  OBJECT_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }),
  OBJECT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 40)
    .default(2 ** 31),
  /** How long an object that no live song refers to is kept after its last use. */
  OBJECT_GRACE_HOURS: z.coerce
    .number()
    .positive()
    .max(24 * 365)
    .default(24),
  SONG_PURGE_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 365)
    .default(24),
  /** How long the events of an ended job are kept. */
  EVENT_DAYS: z.coerce.number().min(0).max(3650).default(30),
  SWEEP_INTERVAL_SECONDS: z.coerce.number().positive().max(86_400).default(600),
});

export type Config = z.infer<typeof environment>;
