import { RedisCheckpointSaver } from '@beatbot/checkpoint-redis';
import { ComposerServiceController } from '@beatbot/contracts/composer/v1/composer';
import { RendererServiceController } from '@beatbot/contracts/renderer/v1/renderer';
import { JobServiceController } from '@beatbot/contracts/storage/v1/jobs';
import { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { SongServiceController } from '@beatbot/contracts/storage/v1/songs';
import {
  CONFIG,
  createRedis,
  GrpcClient,
  grpcClientProvider,
  Lifecycle,
  peerReadinessProvider,
  redisProvider,
} from '@beatbot/service-kit';
import { BaseCheckpointSaver } from '@langchain/langgraph';
import { FactoryProvider, Global, Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config';
import { CANCEL_CHANNEL } from '../events/cancel-channel';
import { EVENT_FEED } from '../events/event-feed';
import { RedisCancelChannel } from '../events/redis-cancel-channel';
import { RedisEventFeed } from '../events/redis-event-feed';
import { GrpcJobStore } from '../jobs/grpc-job-store';
import { JOB_STORE } from '../jobs/job-store';
import { COMPOSER } from '../production/composer';
import { GrpcComposer } from '../production/grpc-composer';
import { GrpcJobQueue } from '../production/grpc-job-queue';
import { GrpcRenderer } from '../production/grpc-renderer';
import { GrpcSongLibrary } from '../production/grpc-song-library';
import { JOB_QUEUE } from '../production/job-queue';
import { RENDERER } from '../production/renderer';
import { SONG_LIBRARY } from '../production/song-library';
import { Telemetry } from '../telemetry';
import { CallGuard } from './call-guard';

const JOBS = Symbol('storage jobs');
const SONGS = Symbol('storage songs');
const OBJECTS = Symbol('storage objects');
const COMPOSER_CLIENT = Symbol('composer client');
const RENDERER_CLIENT = Symbol('renderer client');

const storage = (config: Config): string => config.STORAGE_ADDRESS;

const clients = [
  grpcClientProvider(JOBS, { package: 'beatbot.storage.v1', service: 'JobService' }, storage),
  grpcClientProvider(SONGS, { package: 'beatbot.storage.v1', service: 'SongService' }, storage),
  grpcClientProvider(OBJECTS, { package: 'beatbot.storage.v1', service: 'ObjectService' }, storage),
  grpcClientProvider(
    COMPOSER_CLIENT,
    { package: 'beatbot.composer.v1', service: 'ComposerService' },
    ({ COMPOSER_ADDRESS }: Config) => COMPOSER_ADDRESS,
  ),
  grpcClientProvider(
    RENDERER_CLIENT,
    { package: 'beatbot.renderer.v1', service: 'RendererService' },
    ({ RENDERER_ADDRESS }: Config) => RENDERER_ADDRESS,
  ),
  redisProvider(),
  peerReadinessProvider('storage', storage),
];

const ports: FactoryProvider[] = [
  {
    provide: JOB_STORE,
    inject: [JOBS],
    useFactory: (client: GrpcClient<JobServiceController>) => new GrpcJobStore(client),
  },
  {
    provide: JOB_QUEUE,
    inject: [JOBS],
    useFactory: (client: GrpcClient<JobServiceController>) => new GrpcJobQueue(client),
  },
  {
    provide: SONG_LIBRARY,
    inject: [SONGS, OBJECTS],
    useFactory: (songs: GrpcClient<SongServiceController>, objects: GrpcClient<ObjectServiceController>) =>
      new GrpcSongLibrary(songs, objects),
  },
  {
    provide: COMPOSER,
    inject: [COMPOSER_CLIENT, Telemetry],
    useFactory: (client: GrpcClient<ComposerServiceController>, telemetry: Telemetry) =>
      new GrpcComposer(client, guardOf('composer', telemetry)),
  },
  {
    provide: RENDERER,
    inject: [RENDERER_CLIENT, Telemetry],
    useFactory: (client: GrpcClient<RendererServiceController>, telemetry: Telemetry) =>
      new GrpcRenderer(client, guardOf('renderer', telemetry)),
  },
  {
    provide: EVENT_FEED,
    inject: [CONFIG, Redis, Lifecycle],
    useFactory: (config: Config, redis: Redis, lifecycle: Lifecycle) => {
      const feed = new RedisEventFeed(redis, dedicatedRedis(config), config.EVENT_STREAM_SECONDS);
      lifecycle.closeClient('event feed', () => feed.close());
      return feed;
    },
  },
  {
    provide: CANCEL_CHANNEL,
    inject: [CONFIG, Redis, Lifecycle],
    useFactory: (config: Config, redis: Redis, lifecycle: Lifecycle) => {
      const subscriber = dedicatedRedis(config);
      lifecycle.closeClient('cancel channel', () => subscriber.disconnect());
      return new RedisCancelChannel(redis, subscriber);
    },
  },
  {
    provide: BaseCheckpointSaver,
    inject: [CONFIG, Redis],
    useFactory: (config: Config, redis: Redis) =>
      new RedisCheckpointSaver(redis, { ttlSeconds: config.CHECKPOINT_SECONDS, prefix: 'beatbot:production' }),
  },
];

function guardOf(service: string, telemetry: Telemetry): CallGuard {
  telemetry.heldBack.set({ service }, 0);
  return new CallGuard(service, (open) => telemetry.heldBack.set({ service }, Number(open)));
}

/** A connection that blocks, or only listens: it waits for Redis as long as that takes. */
function dedicatedRedis(config: Config): Redis {
  return createRedis(config.REDIS_URL, { commandTimeout: undefined, maxRetriesPerRequest: null });
}

/** What the orchestrator needs from the world: the ports, and behind them storage, composer, renderer and Redis. */
@Global()
@Module({ providers: [...clients, ...ports], exports: [...ports.map(({ provide }) => provide), Redis] })
export class BackendsModule {}
