import { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { GrpcClient, grpcClientProvider, peerReadinessProvider } from '@beatbot/service-kit';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { GrpcObjectStore } from './grpc-object-store';
import { OBJECT_STORE } from './object-store';

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
    peerReadinessProvider('storage', (config: Config) => config.STORAGE_ADDRESS),
  ],
  exports: [OBJECT_STORE],
})
export class StorageModule {}
