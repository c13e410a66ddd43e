import { Approval, type JobState as JobStateName } from '@beatbot/contracts/music/v1/job';
import type { OrchestratorServiceController } from '@beatbot/contracts/orchestrator/v1/orchestrator';
import { DomainError, type GrpcClient, grpcClient } from '@beatbot/service-kit';
import { type Accepted, type Door, Refused, type SeenEvent, type SongWish } from './door';
import type { JobState } from './job-states';
import { EXCLUDED } from './rest-door';

const CALL_MS = 15_000;
const PASSING = [
  'UNAVAILABLE',
  'RESOURCE_EXHAUSTED',
  'QUEUE_FULL',
  'DEADLINE_EXCEEDED',
  'CANCELLED',
  'ABORTED',
  'INTERNAL',
];

/** Straight to the orchestrators, by turns, as an internal service calls them for any owner. */
export class GrpcDoor implements Door {
  private readonly clients: GrpcClient<OrchestratorServiceController>[];
  private turn = 0;

  constructor(
    readonly owner: string,
    addresses: readonly string[],
  ) {
    const definition = { package: 'beatbot.orchestrator.v1', service: 'OrchestratorService' };
    this.clients = addresses.map((address) => grpcClient<OrchestratorServiceController>(definition, address));
  }

  create(requestId: string, { prompt, bars, instruments, seed, askForPlan }: SongWish): Promise<Accepted> {
    return orRefused(async () => {
      const song = {
        prompt,
        controls: { bars, instruments, exclude: EXCLUDED, key: undefined, meter: undefined },
        seed,
        candidates: 1,
        approval: askForPlan ? Approval.APPROVAL_PLAN : Approval.APPROVAL_UNSPECIFIED,
        formats: ['wav'],
        stemFormat: '',
        tags: [],
      };
      const { job } = await this.client().createSong({ requestId, song, webhook: undefined }, this.call());
      return { jobId: job!.id, songId: job!.songId };
    });
  }

  revise(requestId: string, songId: string, tempoBpm: number): Promise<Accepted> {
    return orRefused(async () => {
      const edits = [{ setTempo: { tempoBpm } }];
      const revision = { songId, baseRevision: 0, edits, instruction: '', formats: [], stemFormat: '' };
      const { job } = await this.client().createRevision({ requestId, revision }, this.call());
      return { jobId: job!.id, songId: job!.songId };
    });
  }

  async *events(jobId: string, afterSeq: number, signal: AbortSignal): AsyncGenerator<SeenEvent> {
    const stream = this.client().watchJob({ jobId, afterSeq }, { owner: this.owner, signal });
    for await (const { seq, state, stage, percent } of stream) {
      yield { seq, state: stateOf(state), stage, percent, seenAt: Date.now() };
    }
  }

  async cancel(jobId: string): Promise<void> {
    await orRefused(() => this.client().cancelJob({ jobId }, this.call()));
  }

  async approve(jobId: string): Promise<void> {
    await orRefused(() => this.client().approvePlan({ jobId, plan: undefined }, this.call()));
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  private call() {
    return { owner: this.owner, deadlineMs: CALL_MS };
  }

  private client(): GrpcClient<OrchestratorServiceController> {
    return this.clients[this.turn++ % this.clients.length] as GrpcClient<OrchestratorServiceController>;
  }
}

function stateOf(name: JobStateName): JobState {
  return name.replace('JOB_STATE_', '').toLowerCase() as JobState;
}

async function orRefused<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DomainError && !PASSING.includes(error.reason)) throw new Refused(error.reason, error.message);
    throw error;
  }
}
