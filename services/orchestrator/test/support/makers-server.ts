import { createHash } from 'node:crypto';
import {
  ComposeProgress,
  ComposeRequest,
  InterpretRequest,
  InterpretResponse,
  ProducePlanResponse,
} from '@beatbot/contracts/composer/v1/composer';
import { Asset, AssetKind } from '@beatbot/contracts/music/v1/song';
import { RenderAssetsProgress, RenderAssetsRequest } from '@beatbot/contracts/renderer/v1/renderer';
import {
  baseEnvironment,
  callContext,
  DomainError,
  GrpcServerStream,
  readEnvironment,
  RunningService,
  runService,
  ServerCall,
} from '@beatbot/service-kit';
import { Metadata } from '@grpc/grpc-js';
import { Controller, Module } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { SongLibrary } from '../../src/production/song-library';
import { asset, briefOf, composed } from '../fakes/fake-makers';

/** Composer and renderer behind one real gRPC server: they store small real objects and make no music. */
export class MakersServer {
  readonly calls: string[] = [];
  /** While set, a render stands still until its call is cancelled. */
  holdRender = false;
  private service?: RunningService;

  constructor(private readonly library: () => SongLibrary) {}

  async start(port = 0): Promise<string> {
    const makers = { calls: this.calls, held: () => this.holdRender, stored: this.stored.bind(this) };
    @Controller()
    class ComposerGrpc {
      @GrpcMethod('ComposerService', 'Interpret')
      interpret({ prompt }: InterpretRequest): InterpretResponse {
        makers.calls.push('interpret');
        if (prompt.includes('5000 bpm')) {
          const fields = [{ field: 'prompt', value: '5000 bpm', allowed: 'a tempo of 20 to 400' }];
          throw new DomainError('INVALID_ARGUMENT', 'tempo 5000 is not allowed: 20 to 400', { fields });
        }
        return { brief: briefOf(prompt) };
      }

      @GrpcMethod('ComposerService', 'ProducePlan')
      producePlan(): ProducePlanResponse {
        makers.calls.push('producePlan');
        return { plan: { title: 'A plan', sections: [], tracks: [] } };
      }

      @GrpcServerStream('ComposerService', 'Compose')
      async *compose(request: ComposeRequest, _: Metadata, call: ServerCall): AsyncIterable<ComposeProgress> {
        makers.calls.push('compose');
        for (const agent of ['harmony', 'critic']) yield { progress: { agent, percent: 50, detail: 'works' } };
        const result = composed('', request.brief, request.plan);
        const assets = await makers.stored(result.assets, call);
        yield { result: { ...result, assets, scoreKey: assets[0]?.objectKey ?? '' } };
      }
    }
    @Controller()
    class RendererGrpc {
      @GrpcServerStream('RendererService', 'RenderAssets')
      async *renderAssets(
        { formats }: RenderAssetsRequest,
        _: Metadata,
        call: ServerCall,
      ): AsyncIterable<RenderAssetsProgress> {
        makers.calls.push('render');
        yield { progress: { percent: 50, detail: 'bass' } };
        const { signal } = callContext(call);
        while (makers.held() && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
        if (signal.aborted) makers.calls.push('render cancelled');
        const mixes = formats.map((format) => asset(`mix.${format}`, AssetKind.ASSET_KIND_MIX, format));
        yield { result: { assets: await makers.stored(mixes, call), demands: [], measures: [] } };
      }
    }
    @Module({ controllers: [ComposerGrpc, RendererGrpc] })
    class MakersModule {}

    const variables = { HOST: '127.0.0.1', GRPC_PORT: String(port), HTTP_PORT: '0', METRICS_PORT: '0' };
    const config = readEnvironment(baseEnvironment, { ...variables, LOG_LEVEL: 'silent' });
    const grpcPackages = ['beatbot.composer.v1', 'beatbot.renderer.v1'];
    this.service = await runService({ name: 'makers', module: MakersModule, config, grpcPackages });
    return `127.0.0.1:${this.service.grpcPort}`;
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }

  count(method: string): number {
    return this.calls.filter((call) => call === method).length;
  }

  private async stored(assets: Asset[], call: ServerCall): Promise<Asset[]> {
    const { owner } = callContext(call);
    const stored: Asset[] = [];
    for (const one of assets) {
      const bytes = Buffer.from(one.name);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const key = `tests/${sha256}`;
      const object = { key, contentType: 'application/octet-stream', sha256, bytes };
      await this.library().putObject(object, { owner });
      stored.push({ ...one, objectKey: key, sha256, size: bytes.length });
    }
    return stored;
  }
}
