import type { ServiceDefinition } from '@grpc/grpc-js';

/**
 * gRPC's service config for a client: calls go round all addresses, and methods that the contract marks
 * `idempotency_level = IDEMPOTENT` or `NO_SIDE_EFFECTS` are tried again, with backoff, while the server is UNAVAILABLE.
 */
export function serviceConfig(service: string, definition: ServiceDefinition): object {
  const idempotent = Object.entries(definition).filter(([, method]) => {
    const level: unknown = (method as { options?: { idempotency_level?: unknown } }).options?.idempotency_level;
    return level === 'IDEMPOTENT' || level === 'NO_SIDE_EFFECTS';
  });
  return {
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig:
      idempotent.length === 0
        ? []
        : [
            {
              name: idempotent.map(([method]) => ({ service, method })),
              retryPolicy: {
                maxAttempts: 4,
                initialBackoff: '0.1s',
                maxBackoff: '2s',
                backoffMultiplier: 2,
                retryableStatusCodes: ['UNAVAILABLE'],
              },
            },
          ],
    // While most calls fail, retries stop adding to the load.
    retryThrottling: { maxTokens: 20, tokenRatio: 0.2 },
  };
}
