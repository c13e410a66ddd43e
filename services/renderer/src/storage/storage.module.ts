import { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { CONFIG, GrpcClient, grpcClientProvider, Lifecycle, Readiness } from '@beatbot/service-kit';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { GrpcObjectStore } from './grpc-object-store';
import { OBJECT_STORE } from './object-store';
import { StorageHealth } from './storage-health';

const CLIENT = Symbol('storage objects');

/** Storage, as the renderer sees it. */
@Global()
@Module({
  providers: [
    grpcClientProvider(
      CLIENT,
      { package: 'beatbot.storage.v1', service: 'ObjectService' },
      (config: Config) => config.STORAGE_ADDRESS,
    ),
    {
      provide: OBJECT_STORE,
      inject: [CLIENT],
      useFactory: (client: GrpcClient<ObjectServiceController>) => new GrpcObjectStore(client),
    },
    {
      provide: StorageHealth,
      inject: [CONFIG, Readiness, Lifecycle],
      useFactory: (config: Config, readiness: Readiness, lifecycle: Lifecycle) => {
        const health = new StorageHealth(config.STORAGE_ADDRESS);
        readiness.addCheck('storage', () => health.check());
        lifecycle.closeClient('storage health', () => health.close());
        return health;
      },
    },
  ],
  exports: [OBJECT_STORE],
})
export class StorageModule {}
