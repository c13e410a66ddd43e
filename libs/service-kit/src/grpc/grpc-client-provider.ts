import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { type BaseConfig, CONFIG } from '../config/environment';
import { Lifecycle } from '../lifecycle/lifecycle';
import { channelCredentials } from './certificate-files';
import { grpcClient, type GrpcClientOptions, type GrpcServiceDefinition } from './grpc-client';

/** Provides the client of a service under `token`; its address comes from the configuration, and it closes at the stop. */
export function grpcClientProvider<Config>(
  token: InjectionToken,
  definition: GrpcServiceDefinition,
  address: (config: Config) => string,
  options: GrpcClientOptions = {},
): FactoryProvider {
  return {
    provide: token,
    inject: [CONFIG, Lifecycle],
    useFactory: (config: Config & BaseConfig, lifecycle: Lifecycle) => {
      const client = grpcClient<object>(definition, address(config), {
        credentials: channelCredentials(config),
        ...options,
      });
      lifecycle.closeClient(definition.service, () => client.close());
      return client;
    },
  };
}
