import { RedisCheckpointSaver } from '@beatbot/checkpoint-redis';
import type { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import {
  CONFIG,
  type GrpcClient,
  grpcClientProvider,
  Metrics,
  peerReadinessProvider,
  Readiness,
  redisProvider,
} from '@beatbot/service-kit';
import { BaseCheckpointSaver } from '@langchain/langgraph';
import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import { BriefsGrpc } from './briefs/briefs.grpc';
import { BriefsService } from './briefs/briefs.service';
import { CompositionGrpc } from './composition/composition.grpc';
import { CompositionService } from './composition/composition.service';
import { GrpcObjectStore } from './composition/grpc-object-store';
import { OBJECT_STORE, type ObjectStore } from './composition/object-store';
import { RedisScoreCache } from './composition/redis-score-cache';
import { SCORE_CACHE, type ScoreCache } from './composition/score-cache';
import { Studio } from './composition/studio';
import { Team } from './composition/team';
import type { Config } from './config';
import { StylesGrpc } from './styles/styles.grpc';
import { Telemetry } from './telemetry';
import { ThreadWorkshop } from './workshop/thread-workshop';
import { WORKSHOP, type Workshop } from './workshop/workshop';

const OBJECTS = Symbol('storage objects');

@Module({
  controllers: [BriefsGrpc, CompositionGrpc, StylesGrpc],
  providers: [
    Telemetry,
    redisProvider(),
    grpcClientProvider<Config>(
      OBJECTS,
      { package: 'beatbot.storage.v1', service: 'ObjectService' },
      ({ STORAGE_ADDRESS }) => STORAGE_ADDRESS,
    ),
    peerReadinessProvider<Config>('storage', ({ STORAGE_ADDRESS }) => STORAGE_ADDRESS),
    {
      provide: OBJECT_STORE,
      inject: [OBJECTS],
      useFactory: (objects: GrpcClient<ObjectServiceController>) => new GrpcObjectStore(objects),
    },
    {
      provide: WORKSHOP,
      inject: [CONFIG, Metrics, Readiness],
      useFactory: (config: Config, metrics: Metrics, readiness: Readiness) => {
        const workshop = new ThreadWorkshop(config.WORKER_THREADS, metrics);
        const warm = workshop.warm();
        readiness.addCheck('threads', () => warm);
        return workshop;
      },
    },
    {
      provide: SCORE_CACHE,
      inject: [CONFIG, Redis],
      useFactory: (config: Config, redis: Redis) => new RedisScoreCache(redis, config.SCORE_MEMORY_BYTES),
    },
    {
      provide: BaseCheckpointSaver,
      inject: [CONFIG, Redis],
      useFactory: (config: Config, redis: Redis) =>
        new RedisCheckpointSaver(redis, {
          ttlSeconds: config.CHECKPOINT_SECONDS,
          prefix: 'beatbot:composer:checkpoint',
        }),
    },
    {
      provide: Team,
      inject: [CONFIG, WORKSHOP, SCORE_CACHE, Telemetry, BaseCheckpointSaver],
      useFactory: (
        config: Config,
        workshop: Workshop,
        cache: ScoreCache,
        telemetry: Telemetry,
        checkpointer: BaseCheckpointSaver,
      ) =>
        new Team(new Studio(workshop, cache, telemetry, config.CHECKPOINT_SECONDS), config.MAX_REPAIRS, checkpointer),
    },
    {
      provide: BriefsService,
      inject: [CONFIG, Team, SCORE_CACHE, Telemetry],
      useFactory: (config: Config, team: Team, cache: ScoreCache, telemetry: Telemetry) =>
        new BriefsService(team, cache, telemetry, config.CACHE_SECONDS),
    },
    {
      provide: CompositionService,
      inject: [CONFIG, Team, WORKSHOP, SCORE_CACHE, OBJECT_STORE, Telemetry],
      useFactory: (
        config: Config,
        team: Team,
        workshop: Workshop,
        cache: ScoreCache,
        objects: ObjectStore,
        telemetry: Telemetry,
      ) =>
        new CompositionService(team, workshop, cache, objects, telemetry, {
          maxCompositions: config.MAX_COMPOSITIONS,
          defaultCandidates: config.DEFAULT_CANDIDATES,
          cacheSeconds: config.CACHE_SECONDS,
        }),
    },
  ],
})
export class AppModule implements OnModuleDestroy {
  constructor(@Inject(WORKSHOP) private readonly workshop: ThreadWorkshop) {}

  onModuleDestroy(): Promise<void> {
    return this.workshop.close();
  }
}
