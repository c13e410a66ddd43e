import { Inject, Module } from '@nestjs/common';
import type { ComposerServiceController } from '@beatbot/contracts/composer/v1/composer';
import type { OrchestratorServiceController } from '@beatbot/contracts/orchestrator/v1/orchestrator';
import type { RendererServiceController } from '@beatbot/contracts/renderer/v1/renderer';
import type { ArchiveServiceController } from '@beatbot/contracts/storage/v1/archives';
import type { KeyServiceController } from '@beatbot/contracts/storage/v1/keys';
import type { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import type { SongServiceController } from '@beatbot/contracts/storage/v1/songs';
import type { UsageServiceController } from '@beatbot/contracts/storage/v1/usage';
import type { WebhookServiceController } from '@beatbot/contracts/storage/v1/webhooks';
import { type GrpcClient, grpcClientProvider } from '@beatbot/service-kit';
import type { GatewayConfig } from '../config';

export type OrchestratorClient = GrpcClient<OrchestratorServiceController>;
export type SongClient = GrpcClient<SongServiceController>;
export type ObjectClient = GrpcClient<ObjectServiceController>;
export type ArchiveClient = GrpcClient<ArchiveServiceController>;
export type KeyClient = GrpcClient<KeyServiceController>;
export type UsageClient = GrpcClient<UsageServiceController>;
export type WebhookClient = GrpcClient<WebhookServiceController>;
export type ComposerClient = GrpcClient<ComposerServiceController>;
export type RendererClient = GrpcClient<RendererServiceController>;

const ORCHESTRATOR = Symbol('orchestrator');
const SONGS = Symbol('storage songs');
const OBJECTS = Symbol('storage objects');
const ARCHIVES = Symbol('storage archives');
const KEYS = Symbol('storage keys');
const USAGE = Symbol('storage usage');
const WEBHOOKS = Symbol('storage webhooks');
const COMPOSER = Symbol('composer');
const RENDERER = Symbol('renderer');

export const Orchestrator = (): ParameterDecorator => Inject(ORCHESTRATOR);
export const Songs = (): ParameterDecorator => Inject(SONGS);
export const Objects = (): ParameterDecorator => Inject(OBJECTS);
export const Archives = (): ParameterDecorator => Inject(ARCHIVES);
export const Keys = (): ParameterDecorator => Inject(KEYS);
export const Usage = (): ParameterDecorator => Inject(USAGE);
export const Webhooks = (): ParameterDecorator => Inject(WEBHOOKS);
export const Composer = (): ParameterDecorator => Inject(COMPOSER);
export const Renderer = (): ParameterDecorator => Inject(RENDERER);

const clients = [
  grpcClientProvider(
    ORCHESTRATOR,
    { package: 'beatbot.orchestrator.v1', service: 'OrchestratorService' },
    (config: GatewayConfig) => config.ORCHESTRATOR_ADDRESS,
  ),
  grpcClientProvider(
    SONGS,
    { package: 'beatbot.storage.v1', service: 'SongService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    OBJECTS,
    { package: 'beatbot.storage.v1', service: 'ObjectService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    ARCHIVES,
    { package: 'beatbot.storage.v1', service: 'ArchiveService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    KEYS,
    { package: 'beatbot.storage.v1', service: 'KeyService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    USAGE,
    { package: 'beatbot.storage.v1', service: 'UsageService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    WEBHOOKS,
    { package: 'beatbot.storage.v1', service: 'WebhookService' },
    (config: GatewayConfig) => config.STORAGE_ADDRESS,
  ),
  grpcClientProvider(
    COMPOSER,
    { package: 'beatbot.composer.v1', service: 'ComposerService' },
    (config: GatewayConfig) => config.COMPOSER_ADDRESS,
  ),
  grpcClientProvider(
    RENDERER,
    { package: 'beatbot.renderer.v1', service: 'RendererService' },
    (config: GatewayConfig) => config.RENDERER_ADDRESS,
  ),
];

/** The services behind the gateway, by their contracts. */
@Module({ providers: clients, exports: clients })
export class BackendsModule {}
