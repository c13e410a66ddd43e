import { dirname } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { protoPath } from 'grpc-health-check';
import { type BaseConfig, CONFIG } from '../config/environment';
import { DomainError } from '../errors/domain-error';
import { channelCredentials } from '../grpc/certificate-files';
import { grpcClient } from '../grpc/grpc-client';
import { Lifecycle } from '../lifecycle/lifecycle';
import { Readiness } from './readiness';

/** grpc.health.v1, as far as it is asked here. */
interface HealthController {
  check(request: { service: string }): Promise<{ status: string }>;
}

const CHECK_DEADLINE_MS = 1500;
const HEALTH = {
  package: { package: 'grpc.health.v1', files: [protoPath], root: dirname(protoPath) },
  service: 'Health',
};

/** Makes this service ready only while another one serves, whose name and address are given. */
export function peerReadinessProvider<Config>(name: string, address: (config: Config) => string): FactoryProvider {
  return {
    provide: Symbol(`${name} readiness`),
    inject: [CONFIG, Readiness, Lifecycle],
    useFactory: (config: Config & BaseConfig, readiness: Readiness, lifecycle: Lifecycle) => {
      const client = grpcClient<HealthController>(HEALTH, address(config), {
        name,
        deadlineMs: CHECK_DEADLINE_MS,
        credentials: channelCredentials(config),
      });
      lifecycle.closeClient(`${name} readiness`, () => client.close());
      readiness.addCheck(name, async () => {
        const { status } = await client.check({ service: '' });
        if (status !== 'SERVING') throw new DomainError('UNAVAILABLE', `${name} says ${status}`);
      });
      return client;
    },
  };
}
