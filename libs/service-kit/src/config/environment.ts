import { z } from 'zod';

/** A port; 0 takes a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** What every service reads. Services extend it: `baseEnvironment.extend({ CACHE_SECONDS: ... })`. */
export const baseEnvironment = z.object({
  /** Address that all servers bind. */
  HOST: z.string().default('0.0.0.0'),
  GRPC_PORT: port.default(50_051),
  /** /healthz and /readyz; in the gateway also REST. */
  HTTP_PORT: port.default(8080),
  METRICS_PORT: port.default(9464),
  /** HTTP connections open at a time. */
  HTTP_MAX_CONNECTIONS: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** A client that takes nothing of an answer for this long is cut off. */
  HTTP_STALL_SECONDS: z.coerce.number().min(0.1).max(3600).default(60),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Where traces go; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Pause between "not ready" and the end of listening, so that load balancers notice. */
  SHUTDOWN_DELAY_SECONDS: z.coerce.number().min(0).max(120).default(0),
  /** How long running calls may take to end at a stop before they are cut. */
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(0).max(3600).default(20),
  /** How often dependencies are checked. */
  READINESS_INTERVAL_MS: z.coerce.number().int().min(50).max(60_000).default(2000),
  /**
   * Certificate and key of this service and the authority of all, as files: gRPC then speaks mutual TLS. All three or none.
   */
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TLS_CA_FILE: z.string().optional(),
  /** How often these files are read again. */
  TLS_RELOAD_SECONDS: z.coerce.number().min(0.05).max(86_400).default(30),
  /** Age at which a client's connection is closed, so that it finds new pods. */
  GRPC_MAX_CONNECTION_AGE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  /** Calls that are served at a time, streams among them; more are refused. */
  GRPC_MAX_CALLS: z.coerce.number().int().min(1).max(1_000_000).default(1000),
  /** Calls over one connection at a time; a gateway has one for all its streams of events. */
  GRPC_MAX_STREAMS: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
});

export type BaseConfig = z.infer<typeof baseEnvironment>;

/** What a service with Redis adds: `baseEnvironment.extend(redisEnvironment.shape)`. */
export const redisEnvironment = z.object({
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }),
});

export type RedisConfig = z.infer<typeof redisEnvironment>;

/** Nest token of the service's configuration. */
export const CONFIG = Symbol('config');

/** The start cannot go on; the message names what to set. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(message: string) {
    super(message);
    // The message says what to do; a stack would bury it.
    this.stack = `${this.name}: ${message}`;
  }
}

/**
 * Reads the environment once. An empty variable counts as unset.
 * @throws ConfigurationError that names each bad variable, its value and what is allowed
 */
export function readEnvironment<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv = process.env): T {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const value = given[name];
    // Values of secrets stay out of logs.
    const shown =
      value === undefined
        ? 'is not set'
        : /KEY|SECRET|PASSWORD|TOKEN|URL/.test(name)
          ? 'is set to a bad value'
          : `is "${value}"`;
    return `environment variable ${name} ${shown}: ${issue.message}`;
  });
  throw new ConfigurationError(lines.join('\n'));
}
