import type { Job, JobEvent } from '@beatbot/contracts/music/v1/job';
import type { CreateJobRequest } from '@beatbot/contracts/storage/v1/jobs';
import { DomainError } from '@beatbot/service-kit';
import fc from 'fast-check';
import type { JobState } from '../src/jobs/job';
import { isEnded, mayMove } from '../src/jobs/job-state';
import { claimRequest, createRequest, newOwner, put, revision, seconds } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('model');
  storage = await stack.service();
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());

/** What a job should be, in memory. */
interface Model {
  state: JobState;
  fencingNumber: number;
  cancelRequested: boolean;
  revision: number;
  events: number;
  finishedBy?: number;
  approved: boolean;
  deaths: number;
}

interface Real {
  /** The request that made the job, to be sent again. */
  request: CreateJobRequest;
  owner: string;
  jobId: string;
  scoreKey: string;
}

const PLAN = { title: 'Plan', sections: [], tracks: [] };
const stateOf = (job: Job) => job.state.replace('JOB_STATE_', '').toLowerCase() as JobState;

const WORKER_ACTIONS = ['heartbeat', 'append', 'release', 'await', 'succeed', 'fail', 'end'] as const;
/** `crash`: the worker's lease runs out, and the next claim finds it. */
const ACTIONS = ['submit', 'claim', 'crash', ...WORKER_ACTIONS, 'cancel', 'approve', 'retry'] as const;
type Action = (typeof ACTIONS)[number];
const MAX_DEATHS = 3;

/** One call against both: the model says whether it may succeed, and what the job is afterwards. */
class Step implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly action: Action,
    /** How far behind the newest fencing number the worker is. */
    private readonly behind: number,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    const expected = this.expected(model);
    let answer: unknown;
    const outcome = await this.call(real).then(
      (given) => void (answer = given),
      (error: unknown) => error,
    );
    if (this.action === 'heartbeat' && expected === 'OK')
      expect(answer).toEqual({ cancelRequested: model.cancelRequested });
    if (outcome !== undefined && !(outcome instanceof DomainError)) throw outcome;
    expect(`${this.toString()}: ${outcome?.reason ?? 'OK'}`).toBe(`${this.toString()}: ${expected}`);
    const { job } = await storage.jobs.getJob({ jobId: real.jobId }, { owner: real.owner });
    if (!job) throw new Error('no job');
    expect({
      state: stateOf(job),
      fencingNumber: job.fencingNumber,
      cancelRequested: job.cancelRequested,
      revision: job.revision,
      events: job.lastEventSeq,
    }).toEqual({
      state: model.state,
      fencingNumber: model.fencingNumber,
      cancelRequested: model.cancelRequested,
      revision: model.revision,
      events: model.events,
    });
    expect(job.endTime !== null).toBe(isEnded(model.state));
  }

  toString(): string {
    return this.behind > 0 ? `${this.action}(-${this.behind})` : this.action;
  }

  /** The call alone, by the newest worker. */
  callFor(model: Model, real: Real): Promise<unknown> {
    this.spoken = model.fencingNumber;
    return this.call(real);
  }

  private async call({ jobId, owner, scoreKey, request }: Real): Promise<unknown> {
    const { jobs } = storage;
    // The model has moved already; a worker speaks with the number it had before.
    const lease = { jobId, fencingNumber: Math.max(1, this.spoken) };
    switch (this.action) {
      case 'submit': {
        const { job, created } = await jobs.createJob(request, { owner });
        expect({ id: job?.id, created }).toEqual({ id: jobId, created: false });
        return undefined;
      }
      case 'claim':
        return jobs.claimJob(claimRequest({ maxAttempts: MAX_DEATHS }));
      case 'crash':
        await stack
          .sql()
          .query(
            `UPDATE jobs SET lease_expire_time = now() - interval '1 second' WHERE id = $1 AND state = 'running'`,
            [jobId],
          );
        return jobs.claimJob(claimRequest({ maxAttempts: MAX_DEATHS }));
      case 'heartbeat':
        return jobs.heartbeat({ ...lease, lease: seconds(60) });
      case 'append':
        return jobs.appendJobEvent({ ...lease, stage: 'compose', percent: 50, agent: '', detail: '', scoreKey: '' });
      case 'release':
        return jobs.releaseJob({ ...lease, delay: undefined, detail: '', forgiveAttempt: false });
      case 'await':
        return jobs.awaitApproval({ ...lease, plan: PLAN });
      case 'succeed':
        return jobs.finishJob({ ...lease, revision: revision(scoreKey) });
      case 'fail':
        return jobs.finishJob({ ...lease, error: { reason: 'BROKEN', message: '' } });
      case 'end':
        return jobs.finishJob({ ...lease, cancelled: {} });
      case 'cancel':
        return jobs.cancelJob({ jobId }, { owner });
      case 'approve':
        return jobs.approveJob({ jobId, plan: undefined }, { owner });
      case 'retry':
        return jobs.retryJob({ jobId }, { owner });
    }
  }

  private spoken = 0;

  private expected(model: Model): string {
    this.spoken = model.fencingNumber - this.behind;
    const moveTo = (state: JobState, change: Partial<Model> = {}): string => {
      Object.assign(model, { state, events: model.events + 1, ...change });
      return 'OK';
    };
    const claim = () => moveTo('running', { fencingNumber: model.fencingNumber + 1 });
    if (WORKER_ACTIONS.some((action) => action === this.action)) return this.expectedOfWorker(model, moveTo);
    switch (this.action) {
      case 'submit':
        return 'OK';
      case 'claim':
        return model.state === 'queued' ? claim() : 'OK';
      case 'crash':
        if (model.state === 'queued') return claim();
        if (model.state !== 'running') return 'OK';
        model.deaths++;
        if (model.cancelRequested) return moveTo('cancelled');
        if (model.deaths >= MAX_DEATHS) return moveTo('failed');
        moveTo('queued');
        return claim();
      case 'cancel':
        if (model.state === 'cancelled') return 'OK';
        if (model.state === 'running')
          return model.cancelRequested ? 'OK' : moveTo('running', { cancelRequested: true });
        return isEnded(model.state) ? 'JOB_ENDED' : moveTo('cancelled', { cancelRequested: true });
      case 'approve':
        if (model.state === 'awaiting_approval') return moveTo('queued', { approved: true, deaths: 0 });
        return model.approved && !isEnded(model.state)
          ? 'OK'
          : isEnded(model.state)
            ? 'JOB_ENDED'
            : 'FAILED_PRECONDITION';
      default:
        if (model.state !== 'failed' && model.state !== 'cancelled')
          return isEnded(model.state) ? 'JOB_ENDED' : 'FAILED_PRECONDITION';
        return moveTo('queued', { cancelRequested: false, finishedBy: undefined, deaths: 0 });
    }
  }

  private expectedOfWorker(model: Model, moveTo: (state: JobState, change?: Partial<Model>) => string): string {
    const finishes = { succeed: 'succeeded', fail: 'failed', end: 'cancelled' }[this.action as 'succeed'] as
      JobState | undefined;
    const spoken = Math.max(1, this.spoken);
    if (finishes && model.finishedBy === spoken) return model.state === finishes ? 'OK' : 'JOB_ENDED';
    if (model.state !== 'running' || model.fencingNumber !== spoken) return 'STALE_FENCING_NUMBER';
    switch (this.action) {
      case 'heartbeat':
        return 'OK';
      case 'append':
        return moveTo('running');
      case 'release':
        return moveTo(model.cancelRequested ? 'cancelled' : 'queued');
      case 'await':
        return model.cancelRequested ? moveTo('cancelled') : moveTo('awaiting_approval', { approved: false });
      case 'succeed':
        return moveTo('succeeded', { revision: 1, finishedBy: spoken });
      case 'fail':
        return moveTo('failed', { finishedBy: spoken });
      default:
        return model.cancelRequested ? moveTo('cancelled', { finishedBy: spoken }) : 'FAILED_PRECONDITION';
    }
  }
}

function assertAllowed(events: JobEvent[]): void {
  let before: JobState | undefined;
  events.forEach((event, index) => {
    expect(event.seq).toBe(index + 1);
    const state = event.state.replace('JOB_STATE_', '').toLowerCase() as JobState;
    if (before !== undefined && state !== before) expect(mayMove(before, state)).toBe(true);
    expect(event.type).toBe(state === before ? 'JOB_EVENT_TYPE_PROGRESS' : 'JOB_EVENT_TYPE_STATE');
    before = state;
  });
}

describe('a job under any order of calls', () => {
  const step = fc
    .tuple(fc.constantFrom(...ACTIONS), fc.constantFrom(0, 0, 0, 1, 2))
    .map(([action, behind]) => new Step(action, behind));

  it('moves as the state machine says, and refuses all else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([step], { maxCommands: 25 }), async (commands) => {
        await stack.sql().query('TRUNCATE songs CASCADE');
        const owner = newOwner();
        const request = createRequest();
        const { job } = await storage.jobs.createJob(request, { owner });
        if (!job) throw new Error('no job');
        const scoreKey = await put(storage, owner, 'scores/model.json');
        const setup = () => ({
          model: {
            state: 'queued',
            fencingNumber: 0,
            cancelRequested: false,
            revision: 0,
            events: 1,
            approved: false,
            deaths: 0,
          } as Model,
          real: { owner, jobId: job.id, scoreKey, request },
        });
        await fc.asyncModelRun(setup, commands);
        assertAllowed(
          (await storage.jobs.listJobEvents({ jobId: job.id, afterSeq: 0, pageSize: 0 }, { owner })).events,
        );
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 60_000);

  it('moves only as the state machine says when all calls come at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Action>(...ACTIONS), { minLength: 5, maxLength: 20 }),
        async (actions) => {
          await stack.sql().query('TRUNCATE songs CASCADE');
          const owner = newOwner();
          const request = createRequest();
          const { job } = await storage.jobs.createJob(request, { owner });
          if (!job) throw new Error('no job');
          const scoreKey = await put(storage, owner, 'scores/model.json');
          const model: Model = {
            state: 'running',
            fencingNumber: 1,
            cancelRequested: false,
            revision: 0,
            events: 1,
            approved: false,
            deaths: 0,
          };
          await storage.jobs.claimJob(claimRequest());
          const outcomes = await Promise.allSettled(
            actions.map((action) => new Step(action, 0).callFor(model, { owner, jobId: job.id, scoreKey, request })),
          );
          for (const outcome of outcomes) {
            if (outcome.status === 'fulfilled') continue;
            if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
            expect(['STALE_FENCING_NUMBER', 'FAILED_PRECONDITION', 'JOB_ENDED']).toContain(outcome.reason.reason);
          }
          const { job: last } = await storage.jobs.getJob({ jobId: job.id }, { owner });
          const { events } = await storage.jobs.listJobEvents({ jobId: job.id, afterSeq: 0, pageSize: 0 }, { owner });
          assertAllowed(events);
          expect(last).toMatchObject({ lastEventSeq: events.length, state: events.at(-1)?.state });
          const { rows } = await stack.sql().query<{ count: string }>('SELECT count(*) FROM revisions');
          expect(Number(rows[0]?.count)).toBe(last?.revision);
        },
      ),
      { numRuns: 30, endOnFailure: true },
    );
  }, 60_000);
});
