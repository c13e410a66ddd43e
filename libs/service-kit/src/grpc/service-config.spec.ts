import { loadPackage } from './proto-package';
import { serviceConfig } from './service-config';
import { kitPackage } from '../../test/fixtures/kit-service';
import type { ServiceDefinition } from '@grpc/grpc-js';

describe('serviceConfig', () => {
  it('retries only what the contract marks idempotent', () => {
    const definition = loadPackage(kitPackage)['beatbot.kit.v1.KitService'] as ServiceDefinition;
    expect(serviceConfig('beatbot.kit.v1.KitService', definition)).toMatchObject({
      loadBalancingConfig: [{ round_robin: {} }],
      methodConfig: [
        {
          name: [{ service: 'beatbot.kit.v1.KitService', method: 'Echo' }],
          retryPolicy: { retryableStatusCodes: ['UNAVAILABLE'] },
        },
      ],
    });
  });
});
