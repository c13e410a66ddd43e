import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type GrpcObject,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { grpcLoaderOptions, protoFiles } from '@beatbot/contracts';
import { JobState } from '@beatbot/contracts/music/v1/job';
import {
  type CallContext,
  callContext,
  DomainError,
  type ServerCall,
  toDomainError,
  toGrpcStatus,
} from '@beatbot/service-kit';
import { FakeArchives } from './fake-archives';
import { FakeKeys } from './fake-keys';
import { FakeWebhooks } from './fake-webhooks';
import { FakeWorld, FINAL, noise } from './fake-world';

type Answer = (request: never, context: CallContext, call: ServerCall) => unknown;
type Stream = (request: never, context: CallContext, call: ServerCall) => AsyncIterable<unknown>;

interface UnaryCall {
  request: unknown;
}

interface StreamCall extends UnaryCall, NodeJS.EventEmitter {
  write(message: unknown): boolean;
  end(): void;
}

/** Orchestrator, storage, composer and renderer behind their contracts, on one port. */
export class FakeBackends {
  readonly world = new FakeWorld();
  readonly keys = new FakeKeys();
  readonly webhooks = new FakeWebhooks();
  readonly archives = new FakeArchives((owner, songId) => this.world.songs.get(songId)?.owner === owner);
  /** What each call brought along. */
  readonly calls: { method: string; owner: string; requestId: string; traceparent?: string; request: unknown }[] = [];
  /** Calls of a server stream that the caller has left. */
  readonly left: string[] = [];
  /** Set to fail every call of a method: `GetSong`. */
  readonly failures = new Map<string, DomainError>();
  /** Plays jobs by themselves, with this pause between steps. */
  performPauseMs?: number;
  /** Since the last object was asked for. */
  objectBytesRead = 0;
  live = { chunks: 8, pauseMs: 20 };
  port = 0;
  private server?: Server;

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = new Server();
    for (const packageName of ['orchestrator', 'storage', 'composer', 'renderer'].map((name) => `beatbot.${name}.v1`)) {
      const definition = loadPackageDefinition(loadSync(protoFiles(packageName), grpcLoaderOptions)) as GrpcObject;
      for (const [service, methods] of Object.entries(this.services())) {
        const constructor = packageName
          .split('.')
          .reduce<unknown>((node, part) => (node as GrpcObject)[part], definition) as Record<
          string,
          ServiceClientConstructor
        >;
        if (constructor[service]) server.addService(constructor[service].service, this.implementation(methods));
      }
    }
    const health = loadPackageDefinition(
      loadSync(require.resolve('grpc-health-check/proto/health/v1/health.proto'), grpcLoaderOptions),
    ) as unknown as {
      grpc: { health: { v1: { Health: ServiceClientConstructor } } };
    };
    server.addService(
      health.grpc.health.v1.Health.service,
      this.implementation({ check: () => ({ status: 'SERVING' }) }),
    );
    this.port = await new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    this.server = server;
  }

  /** Goes away at once, as a killed process does; `start` comes back on the same port. */
  stop(): void {
    this.server?.forceShutdown();
  }

  /** Resolves once the caller of such a stream has left it, and forgets that. */
  async untilLeft(method: string): Promise<void> {
    for (let tries = 0; tries < 250 && !this.left.includes(method); tries++) await sleep(20);
    if (!this.left.includes(method)) throw new Error(`nobody left ${method}`);
    this.left.length = 0;
  }

  private services(): Record<string, Record<string, Answer | Stream>> {
    const { world } = this;
    const backends = this as FakeBackends;
    return {
      ...this.keys.services(),
      ...this.webhooks.services(),
      ...this.archives.services(),
      OrchestratorService: {
        createSong: (
          { requestId, song, webhook }: { requestId: string; song: never; webhook?: { url: string } | null },
          { owner },
        ) => ({
          ...this.started(world.createSong(owner, requestId, song)),
          webhook: webhook && { id: `hook-of-${requestId}`, url: webhook.url, secret: 'whsec_of_one_job' },
        }),
        createRevision: ({ requestId, revision }: { requestId: string; revision: never }, { owner }) =>
          this.started({ job: world.createRevision(owner, requestId, revision) }),
        getJob: ({ jobId }: { jobId: string }, { owner }) => ({ job: world.job(owner, jobId).job }),
        listJobs: ({ songId, states }: { songId: string; states: JobState[] }, { owner }) => ({
          jobs: [...world.jobs.values()]
            .map(({ job }) => job)
            .filter(
              (job) =>
                job.owner === owner &&
                (songId === '' || job.songId === songId) &&
                (states.length === 0 || states.includes(job.state)),
            )
            .reverse(),
          nextPageToken: '',
        }),
        cancelJob: ({ jobId }: { jobId: string }, { owner }) => {
          const { job } = world.job(owner, jobId);
          if (job.state === JobState.JOB_STATE_SUCCEEDED)
            throw new DomainError('JOB_ENDED', `job ${jobId} has succeeded`);
          if (!FINAL.includes(job.state)) world.append(jobId, { state: JobState.JOB_STATE_CANCELLED });
          return { job };
        },
        approvePlan: ({ jobId, plan }: { jobId: string; plan: never }, { owner }) => {
          const { job } = world.job(owner, jobId);
          Object.assign(job, { planApproved: true, plan });
          return { job };
        },
        retryJob: ({ jobId }: { jobId: string }, { owner }) => {
          const { job } = world.job(owner, jobId);
          if (![JobState.JOB_STATE_FAILED, JobState.JOB_STATE_CANCELLED].includes(job.state))
            throw new DomainError('FAILED_PRECONDITION', `job ${jobId} has not failed`);
          world.append(jobId, { state: JobState.JOB_STATE_QUEUED, stage: 'queued', percent: 0 });
          return { job };
        },
        watchJob: ({ jobId, afterSeq }: { jobId: string; afterSeq: number }, { owner, signal }) =>
          world.watch(owner, jobId, afterSeq, signal),
      },
      SongService: {
        getSong: ({ songId }: { songId: string }, { owner }) => ({ song: world.entry(owner, songId).song }),
        listSongs: ({ text, tag, pageSize }: { text: string; tag: string; pageSize: number }, { owner }) => {
          const songs = [...world.songs.values()].filter((entry) => entry.owner === owner).map(({ song }) => song);
          const found = songs.filter((song) => song.prompt.includes(text) && (tag === '' || song.tags.includes(tag)));
          return {
            songs: found.slice(0, pageSize || 50),
            nextPageToken: found.length > (pageSize || 50) ? 'next' : '',
          };
        },
        updateSong: (
          { song: given, updateMask }: { song: { id: string; title: string; tags: string[] }; updateMask: string[] },
          { owner },
        ) => {
          const { song } = world.entry(owner, given.id);
          if (updateMask.includes('title')) song.title = given.title;
          if (updateMask.includes('tags')) song.tags = given.tags;
          return { song };
        },
        deleteSong: ({ songId }: { songId: string }, { owner }) => {
          world.entry(owner, songId);
          world.songs.delete(songId);
          return {};
        },
        getRevision: ({ songId, number }: { songId: string; number: number }, { owner }) => {
          const revision = world.entry(owner, songId).revisions[number - 1];
          if (!revision) throw new DomainError('NOT_FOUND', `song ${songId} has no revision ${number}`);
          return { revision };
        },
        listRevisions: ({ songId }: { songId: string }, { owner }) => ({
          revisions: [...world.entry(owner, songId).revisions].reverse(),
          nextPageToken: '',
        }),
      },
      ObjectService: {
        async *getObject({ key, offset, length }: { key: string; offset: number; length: number }) {
          const bytes = world.objects.get(key);
          if (!bytes) throw new DomainError('NOT_FOUND', `there is no object ${key}`);
          yield { header: { key, size: bytes.length, sha256: '', contentType: '', createTime: undefined } };
          const end = length === 0 ? bytes.length : offset + length;
          backends.objectBytesRead = 0;
          for (let at = offset; at < end; at += 65_536) {
            backends.objectBytesRead += 65_536;
            yield { chunk: bytes.subarray(at, Math.min(end, at + 65_536)) };
          }
        },
      },
      ComposerService: {
        listStyles: () => ({
          styles: [
            {
              id: 'lo-fi-hip-hop',
              name: 'Lo-fi hip hop',
              description: 'Dusty drums, warm keys',
              aliases: ['lofi'],
              minTempoBpm: 60,
              maxTempoBpm: 95,
              defaultTempoBpm: 80,
            },
          ],
          nextPageToken: '',
        }),
      },
      RendererService: {
        listInstruments: () => ({
          instruments: [
            {
              id: 'electric-piano-1',
              name: 'Electric piano 1',
              family: 'piano',
              program: 4,
              drumKit: false,
              lowestPitch: 28,
              highestPitch: 103,
              aliases: ['rhodes'],
            },
          ],
          nextPageToken: '',
        }),
        getCapabilities: () => ({
          rendererVersion: '0.1.0',
          mixFormats: ['wav', 'mp3', 'flac', 'opus'],
          stemFormats: ['wav', 'flac'],
          sampleRates: [44_100, 48_000],
          slots: 2,
          maxDurationSeconds: 1800,
          maxTracks: 32,
          maxNotes: 100_000,
          soundFont: 'FluidR3Mono',
        }),
        render: ({ format }: { format: string }) => this.render(format),
      },
    };
  }

  private async *render(format: string): AsyncGenerator<object> {
    yield {
      header: {
        contentType: format === 'mp3' ? 'audio/mpeg' : 'audio/wav',
        sampleRate: 44_100,
        channels: 2,
        durationMs: 94_000,
      },
    };
    const bytes = noise(this.live.chunks * 1000);
    for (let index = 0; index < this.live.chunks; index++) {
      yield { progress: { percent: Math.round((100 * index) / this.live.chunks), detail: 'bass' } };
      yield { audio: bytes.subarray(index * 1000, (index + 1) * 1000) };
      await sleep(this.live.pauseMs);
    }
  }

  private started<T extends { job: { id: string; state: JobState } }>(accepted: T): T {
    const pauseMs = this.performPauseMs;
    const { job } = accepted;
    if (pauseMs !== undefined && job.state === JobState.JOB_STATE_QUEUED) {
      void sleep(pauseMs).then(() => this.world.perform(job.id, () => sleep(pauseMs)));
    }
    return structuredClone(accepted);
  }

  private implementation(methods: Record<string, Answer | Stream>): UntypedServiceImplementation {
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        (call: UnaryCall & StreamCall, done?: (error: object | null, answer?: unknown) => void) => {
          const context = callContext(call as unknown as ServerCall);
          const { requestId, traceparent, ownerIfAny: owner = '' } = context;
          this.calls.push({ method: name, owner, requestId, traceparent, request: call.request });
          void this.answer(name, method, call, context, done);
        },
      ]),
    );
  }

  private async answer(
    name: string,
    method: Answer | Stream,
    call: StreamCall,
    context: CallContext,
    done?: (error: object | null, answer?: unknown) => void,
  ): Promise<void> {
    try {
      const failure = this.failures.get(name);
      if (failure) throw failure;
      const answer = method(call.request as never, context, call as unknown as ServerCall);
      if (done) {
        const value = await answer;
        if (context.signal.aborted) this.left.push(name);
        done(null, value);
        return;
      }
      for await (const message of answer as AsyncIterable<unknown>) {
        if (context.signal.aborted) break;
        if (!call.write(message)) await once(call, 'drain', { signal: context.signal });
      }
      if (context.signal.aborted) this.left.push(name);
      call.end();
    } catch (error) {
      if (context.signal.aborted) this.left.push(name);
      const status = toGrpcStatus(toDomainError(error));
      if (done) done(status);
      else call.emit('error', status);
    }
  }
}
