import { setTimeout as sleep } from 'node:timers/promises';
import { Approval } from '@beatbot/contracts/music/v1/job';
import type { OrchestratorServiceController } from '@beatbot/contracts/orchestrator/v1/orchestrator';
import { DomainError, grpcClient } from '@beatbot/service-kit';

export interface GrpcLoad {
  accepted: number;
  refused: number;
  /** Of these, with RetryInfo and gRPC's push-back. */
  refusedWithTime: number;
  failed: string[];
}

const CALLERS = 32;

/** Asks an orchestrator for songs at a rate, whatever it answers. */
export async function grpcLoad(address: string, seconds: number, rate: number): Promise<GrpcLoad> {
  const definition = { package: 'beatbot.orchestrator.v1', service: 'OrchestratorService' };
  const client = grpcClient<OrchestratorServiceController>(definition, address);
  const load: GrpcLoad = { accepted: 0, refused: 0, refusedWithTime: 0, failed: [] };
  const until = performance.now() + seconds * 1000;
  const ask = async (number: number): Promise<void> => {
    try {
      await client.createSong(
        { requestId: `grpc-${number}`, song: songRequest(number), webhook: undefined },
        { owner: 'grpc' },
      );
      load.accepted++;
    } catch (error) {
      if (
        !(error instanceof DomainError) ||
        !['QUEUE_FULL', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE'].includes(error.reason)
      ) {
        load.failed.push(String(error));
        return;
      }
      load.refused++;
      const { metadata } = error.cause as { metadata?: { get(key: string): unknown[] } };
      const pushBack = metadata?.get('grpc-retry-pushback-ms').length === 1;
      if (error.retryAfterMs !== undefined && pushBack) load.refusedWithTime++;
    }
  };
  let asked = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (let next = performance.now(); next < until; next += (CALLERS / rate) * 1000) {
        await sleep(Math.max(0, next - performance.now()));
        if (performance.now() < until) await ask(asked++);
      }
    }),
  );
  client.close();
  return load;
}

function songRequest(seed: number) {
  return {
    prompt: 'lo-fi',
    controls: { bars: 2, instruments: ['acoustic-bass'], exclude: [], key: undefined, meter: undefined },
    seed,
    candidates: 1,
    approval: Approval.APPROVAL_UNSPECIFIED,
    formats: ['wav'],
    stemFormat: '',
    tags: [],
  };
}
