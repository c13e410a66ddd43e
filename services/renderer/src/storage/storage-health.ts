import { dirname } from 'node:path';
import { DomainError, grpcClient } from '@beatbot/service-kit';
import { protoPath } from 'grpc-health-check';

/** grpc.health.v1, as far as it is asked here. */
interface HealthController {
  check(request: { service: string }): Promise<{ status: string }>;
}

const CHECK_DEADLINE_MS = 1500;

/** Asks the storage service whether it serves. */
export class StorageHealth {
  private readonly client;

  constructor(address: string) {
    const health = { package: 'grpc.health.v1', files: [protoPath], root: dirname(protoPath) };
    this.client = grpcClient<HealthController>({ package: health, service: 'Health' }, address);
  }

  /** @throws DomainError UNAVAILABLE where it does not */
  async check(): Promise<void> {
    const { status } = await this.client.check({ service: '' }, { deadlineMs: CHECK_DEADLINE_MS });
    if (status !== 'SERVING') throw new DomainError('UNAVAILABLE', `storage says ${status}`);
  }

  close(): void {
    this.client.close();
  }
}
