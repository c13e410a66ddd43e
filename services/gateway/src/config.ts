import { baseEnvironment, readEnvironment, redisEnvironment } from '@beatbot/service-kit';
import { z } from 'zod';

const address = z.string().regex(/^\S+:\d+$/, 'must be host:port');
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** What the gateway reads from the environment, once. */
const environment = baseEnvironment.extend({
  ...redisEnvironment.shape,
  /** Loopback, because there is one local owner and no credentials. */
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
  ORCHESTRATOR_ADDRESS: address,
  STORAGE_ADDRESS: address,
  COMPOSER_ADDRESS: address,
  RENDERER_ADDRESS: address,
  /** Requests of one owner in a minute that change nothing (GET, HEAD), and all others. */
  RATE_LIMIT_READS_PER_MINUTE: whole(1, 10_000_000).default(3000),
  RATE_LIMIT_WRITES_PER_MINUTE: whole(1, 10_000_000).default(300),
  /** Pause between signs of life on event streams and WebSockets. */
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).max(300).default(15),
  /** How long a download or a live stream may take. */
  DOWNLOAD_TIME_LIMIT_SECONDS: whole(1, 86_400).default(3600),
});

export type GatewayConfig = z.infer<typeof environment>;

/** @throws ConfigurationError that names each bad variable */
export function readConfig(variables?: NodeJS.ProcessEnv): GatewayConfig {
  return readEnvironment(environment, variables);
}
