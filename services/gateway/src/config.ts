import { baseEnvironment, readEnvironment, redisEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';
import { clientAddress } from './auth/client-address';
import { isLoopback } from './requests/loopback';

const address = z.string().regex(/^\S+:\d+$/, 'must be host:port');
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

const issuerUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https:// URL' })
  .refine(
    (url) => URL.canParse(url) && (url.startsWith('https:') || isLoopback(new URL(url).hostname)),
    'must be an https:// URL',
  );

function areNetworks(list: string[]): boolean {
  try {
    clientAddress(list);
    return true;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return false;
    throw error;
  }
}

/** What the gateway reads from the environment, once. */
const gatewayEnvironment = baseEnvironment.extend({
  ...redisEnvironment.shape,
  /** Loopback, because without AUTH there is one local owner and no credentials. */
  HOST: z.string().default('127.0.0.1'),
  /** Host names, beside localhost and addresses, that requests may be sent to; needed where a proxy stands before loopback. */
  ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((name) => name !== ''))
    .pipe(
      z.array(
        z
          .string()
          .toLowerCase()
          .regex(/^[a-z0-9_.-]+$/, 'must be host names without ports, with commas between'),
      ),
    ),
  /**
   * Who is let in. none: everybody, as one local owner who may do everything. keys: holders of API keys. oidc: these, and
   * holders of tokens of OIDC_ISSUER.
   */
  AUTH: z.enum(['none', 'keys', 'oidc']).default('none'),
  /** The operator's own key, of 32 characters or more, who makes the first keys of owners; without it there is no such key. */
  OPERATOR_KEY: z
    .string()
    .regex(/^[\w.~+/=-]{32,200}$/, 'must be 32 to 200 letters, digits and ._~+/=-')
    .optional(),
  /** How long it is believed that a key still holds. */
  AUTH_CACHE_SECONDS: z.coerce.number().min(0.001).max(300).default(5),
  /** How often it is looked again whether the credentials of an open event stream or WebSocket still hold. */
  AUTH_RECHECK_SECONDS: z.coerce.number().min(0.05).max(3600).default(30),
  /** Credentials from one address that may not hold in a minute; after that only those are looked at that held there before. */
  AUTH_FAILURES_PER_MINUTE: whole(1, 1_000_000).default(30),
  /** Proxies whose X-Forwarded-For is believed: addresses, networks, loopback, linklocal or uniquelocal, with commas between. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((name) => name !== ''))
    .refine(
      areNetworks,
      'must be addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal, with commas between',
    ),
  /** The issuer as its tokens name it. */
  OIDC_ISSUER: issuerUrl.optional(),
  /** Whom tokens must be meant for. */
  OIDC_AUDIENCE: z.string().min(1).optional(),
  /** Where the issuer's keys are, where it does not say so itself (/.well-known/openid-configuration). */
  OIDC_JWKS_URL: issuerUrl.optional(),
  /** Which claim names the owner. */
  OIDC_OWNER_CLAIM: z.string().min(1).default('sub'),
  OIDC_CLOCK_SKEW_SECONDS: whole(0, 600).default(30),
  ORCHESTRATOR_ADDRESS: address,
  STORAGE_ADDRESS: address,
  COMPOSER_ADDRESS: address,
  RENDERER_ADDRESS: address,
  /** Requests of one owner in a minute that change nothing (GET, HEAD), and all others. */
  RATE_LIMIT_READS_PER_MINUTE: whole(1, 10_000_000).default(3000),
  RATE_LIMIT_WRITES_PER_MINUTE: whole(1, 10_000_000).default(300),
  /** Requests that are served at a time, but for event streams; more are refused. */
  MAX_REQUESTS: whole(1, 1_000_000).default(500),
  /** Pause between signs of life on event streams and WebSockets. */
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).max(300).default(15),
  /** How long a download or a live stream may take. */
  DOWNLOAD_TIME_LIMIT_SECONDS: whole(1, 86_400).default(3600),
});

const environment = gatewayEnvironment.superRefine((config, context) => {
  if (config.AUTH !== 'oidc') return;
  for (const name of ['OIDC_ISSUER', 'OIDC_AUDIENCE'] as const) {
    if (config[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'must be set where AUTH is oidc' });
  }
});

export type GatewayConfig = z.infer<typeof environment>;

/** @throws ConfigurationError that names each bad variable */
export function readConfig(variables?: NodeJS.ProcessEnv): GatewayConfig {
  return readEnvironment(environment, variables);
}
