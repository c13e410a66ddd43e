import { baseEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';

const milliseconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// or postgresql:// URL' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' });

const common = baseEnvironment.extend({
  DATABASE_URL: postgresUrl,
  /** A connection past PgBouncer, for LISTEN, migrations and the sweeper's lock; DATABASE_URL where not given. */
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  /** Streaming replicas, for reads that may be stale. */
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .refine((urls) => urls.every((url) => postgresUrl.safeParse(url).success), {
      error: 'must be postgres:// or postgresql:// URLs with white space between',
    })
    .default([]),
  /** How old what a replica answers may be; an older replica is left alone. */
  DATABASE_REPLICA_MAX_LAG_MS: milliseconds(2000, 100, 60_000),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** Calls that may wait for a connection; more are refused, but for those of workers. */
  DATABASE_MAX_WAITING: z.coerce.number().int().min(0).max(100_000).default(200),
  /** How long a call waits for a connection. */
  DATABASE_CONNECT_TIMEOUT_MS: milliseconds(5000, 100, 60_000),
  DATABASE_STATEMENT_TIMEOUT_MS: milliseconds(10_000, 100, 600_000),
  DATABASE_LOCK_TIMEOUT_MS: milliseconds(5000, 50, 600_000),
  /** How often waiting claims look for expired leases, ended delays and lost wake-ups. */
  CLAIM_POLL_MS: milliseconds(2000, 20, 60_000),
  /** How long after a start, or after the database was away, no expired lease is taken for a worker's death; as long as a lease. */
  LEASE_GRACE_SECONDS: z.coerce.number().min(0).max(900).default(15),

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
  /** Jobs of one owner accepted in a day of UTC, and bytes of their objects from which on none is; 0 is no bound. */
  QUOTA_JOBS_PER_DAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(0),
  QUOTA_STORED_BYTES: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  /** Key that the secrets of webhooks are derived from, the same in all replicas; no webhooks without it. */
  WEBHOOK_SIGNING_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Targets beside public ones, as host:port with commas between: for tests, and for receivers inside. */
  WEBHOOK_ALLOWED_TARGETS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((target) => target !== ''))
    .pipe(z.array(z.string().regex(/^\S+:\d+$/, 'must be host:port'))),
  /** Pauses between the tries of a delivery, in seconds: about a day in all. */
  WEBHOOK_RETRY_SECONDS: z
    .string()
    .default('5,30,120,600,1800,3600,7200,14400,21600,36000')
    .transform((list) => list.split(',').map(Number))
    .pipe(
      z
        .array(z.number({ error: 'must be seconds, with commas between' }).min(0).max(86_400))
        .min(1)
        .max(30),
    ),
  /** Longest archive that is taken in. */
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(16 * 1024 ** 3),
  SWEEP_INTERVAL_SECONDS: z.coerce.number().positive().max(86_400).default(600),
});

const fileSystem = z.object({
  OBJECT_STORE: z.literal('file-system'),
  /** Folder of the objects' bytes. */
  OBJECT_STORE_PATH: z.string().min(1),
  /** Key of signed URLs; the same in all replicas. */
  OBJECT_SIGNING_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** Where this service's HTTP port is reached by who gets a signed URL. */
  OBJECT_PUBLIC_URL: httpUrl,
});

const s3 = z.object({
  OBJECT_STORE: z.literal('s3'),
  /** By https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket: 3 to 63 of a-z, 0-9, "." and "-"'),
  S3_REGION: z.string().min(1).default('us-east-1'),
  /** Any S3 server; AWS where not given. */
  S3_ENDPOINT: httpUrl.optional(),
  /** Where who gets a signed URL reaches S3; S3_ENDPOINT where not given. */
  S3_PUBLIC_ENDPOINT: httpUrl.optional(),
  /** Folder within the bucket. */
  S3_PREFIX: z
    .string()
    .regex(/^(?:\w[\w.-]*\/)*(?:\w[\w.-]*)?$/, 'must be a folder such as beatbot/production')
    .max(200)
    .default('')
    .transform((prefix) => (prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`)),
  /** The bucket in the path and not in the host's name, as most servers but AWS want it. */
  S3_FORCE_PATH_STYLE: z.stringbool({ error: 'must be true or false' }).default(false),
  S3_CONNECT_TIMEOUT_MS: milliseconds(2000, 50, 60_000),
  S3_REQUEST_TIMEOUT_MS: milliseconds(30_000, 100, 600_000),
  /** Of one request, with growing pauses between. */
  S3_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(4),
});

/** Which store is meant where OBJECT_STORE does not say, and the region that the AWS SDK would take. */
function choose(environment: unknown): unknown {
  const all = z.record(z.string(), z.unknown()).parse(environment);
  const given = { ...all, S3_REGION: all['S3_REGION'] ?? all['AWS_REGION'] } as Record<string, unknown>;
  if (given['OBJECT_STORE'] !== undefined || (given['S3_BUCKET'] && given['OBJECT_STORE_PATH'])) return given;
  return { ...given, OBJECT_STORE: given['S3_BUCKET'] ? 's3' : 'file-system' };
}

const objectStore = z.preprocess(
  choose,
  z.discriminatedUnion('OBJECT_STORE', [fileSystem, s3], {
    error: 'must be file-system or s3 (need not be set where only one of OBJECT_STORE_PATH and S3_BUCKET is)',
  }),
);

export const environment = common.and(objectStore);

export type Config = z.infer<typeof environment>;
