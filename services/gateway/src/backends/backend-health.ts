import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, grpcClient, Lifecycle, Readiness } from '@beatbot/service-kit';
import type { Observable } from 'rxjs';
import type { GatewayConfig } from '../config';

/** grpc.health.v1, as far as it is asked here. */
interface HealthController {
  check(request: {
    service: string;
  }): Promise<HealthCheckResponse> | Observable<HealthCheckResponse> | HealthCheckResponse;
}

interface HealthCheckResponse {
  status: string;
}

const HEALTH = {
  package: {
    package: 'grpc.health.v1',
    files: ['health/v1/health.proto'],
    root: join(dirname(require.resolve('grpc-health-check/package.json')), 'proto'),
  },
  service: 'Health',
};
const CHECK_MS = 1500;

/** Makes the gateway ready only while it can take a song and give one: with orchestrator and storage. Queued work waits for the others. */
@Injectable()
export class BackendHealth {
  constructor(@Inject(CONFIG) config: GatewayConfig, readiness: Readiness, lifecycle: Lifecycle) {
    for (const [name, address] of [
      ['orchestrator', config.ORCHESTRATOR_ADDRESS],
      ['storage', config.STORAGE_ADDRESS],
    ] as const) {
      const client = grpcClient<HealthController>(HEALTH, address, { deadlineMs: CHECK_MS });
      lifecycle.closeClient(`${name} health`, () => client.close());
      readiness.addCheck(name, async () => {
        const { status } = await client.check({ service: '' });
        if (status !== 'SERVING') throw new Error(`${name} says ${status}`);
      });
    }
  }
}
