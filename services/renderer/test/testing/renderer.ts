import type { RendererServiceController } from '@beatbot/contracts/renderer/v1/renderer';
import { grpcClient, runService } from '@beatbot/service-kit';
import { Global, Module } from '@nestjs/common';
import { CatalogueGrpc } from '../../src/catalogue/catalogue.grpc';
import { readConfig } from '../../src/config';
import { RenderModule } from '../../src/rendering/render.module';
import { FakeObjectStore } from '../../src/storage/fake-object-store';
import { OBJECT_STORE } from '../../src/storage/object-store';

/** Starts the renderer as it runs in production, with objects in memory in the place of storage. */
export async function startRenderer(environment: Record<string, string> = {}) {
  const objects = new FakeObjectStore();

  @Global()
  @Module({ providers: [{ provide: OBJECT_STORE, useValue: objects }], exports: [OBJECT_STORE] })
  class FakeStorageModule {}

  @Module({ imports: [FakeStorageModule, RenderModule], controllers: [CatalogueGrpc] })
  class TestModule {}

  const service = await runService({
    name: 'renderer',
    module: TestModule,
    config: readConfig({
      HOST: '127.0.0.1',
      GRPC_PORT: '0',
      HTTP_PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'warn',
      STORAGE_ADDRESS: '127.0.0.1:1',
      READINESS_INTERVAL_MS: '50',
      RENDER_SLOTS: '2',
      ...environment,
    }),
    grpcPackages: ['beatbot.renderer.v1'],
  });
  const client = grpcClient<RendererServiceController>(
    { package: 'beatbot.renderer.v1', service: 'RendererService' },
    `127.0.0.1:${service.grpcPort}`,
  );
  const ready = async (): Promise<void> => {
    for (;;) {
      if ((await fetch(`http://127.0.0.1:${service.httpPort}/readyz`)).status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async (): Promise<void> => {
    client.close();
    await service.stop();
  };
  return { objects, client, service, ready, stop };
}
