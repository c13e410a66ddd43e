import { demandToMessage, scoreFromMessage } from '@beatbot/contracts';
import { Asset, AssetKind } from '@beatbot/contracts/music/v1/song';
import {
  RenderAssetsProgress,
  RenderAssetsRequest,
  RenderRequest,
  RenderResponse,
} from '@beatbot/contracts/renderer/v1/renderer';
import { SAMPLE_RATES, SampleRate } from '@beatbot/dsp';
import { callContext, GrpcServerStream, invalidArgument, ServerCall } from '@beatbot/service-kit';
import { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { LIVE_FORMATS, MIX_FORMATS, STEM_FORMATS } from '../formats';
import { AssetRenderService } from './asset-render.service';
import { LiveRenderService } from './live-render.service';
import { RenderedAsset } from './rendered-assets';
import { ScoreReference } from './score-source';

const KINDS = { mix: AssetKind.ASSET_KIND_MIX, stem: AssetKind.ASSET_KIND_STEM, peaks: AssetKind.ASSET_KIND_PEAKS };
const CHANNELS = 2;

@Controller()
export class RenderGrpc {
  constructor(
    private readonly live: LiveRenderService,
    private readonly assets: AssetRenderService,
  ) {}

  @GrpcServerStream('RendererService', 'Render')
  async *render(request: RenderRequest, _metadata: Metadata, call: ServerCall): AsyncGenerator<RenderResponse> {
    const live = {
      source: scoreReference(request),
      format: oneOf('format', request.format || 'wav', LIVE_FORMATS),
      sampleRate: sampleRate(request.sampleRate),
      trackId: request.trackId || undefined,
    };
    for await (const event of this.live.render(live, callContext(call))) {
      if ('header' in event) yield { header: { ...event.header, channels: CHANNELS } };
      else if ('audio' in event) yield { audio: event.audio as Buffer };
      else yield event;
    }
  }

  @GrpcServerStream('RendererService', 'RenderAssets')
  async *renderAssets(
    request: RenderAssetsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<RenderAssetsProgress> {
    if (request.scoreKey === '') throw invalidArgument('score_key', '', 'the key of a stored score');
    const rendering = this.assets.render(
      {
        scoreKey: request.scoreKey,
        formats: [...new Set(request.formats.map((format, index) => oneOf(`formats[${index}]`, format, MIX_FORMATS)))],
        stemFormat: request.stemFormat === '' ? undefined : oneOf('stem_format', request.stemFormat, STEM_FORMATS),
        sampleRate: sampleRate(request.sampleRate),
      },
      callContext(call),
    );
    // Read by hand, for `for await` drops what a generator returns.
    try {
      for (;;) {
        const { done, value } = await rendering.next();
        if (!done) yield { progress: value };
        else {
          const { assets, demands, measures } = value;
          yield { result: { assets: assets.map(toAsset), demands: demands.map(demandToMessage), measures } };
          return;
        }
      }
    } finally {
      await rendering.return(undefined as never);
    }
  }
}

function scoreReference({ score, scoreKey }: RenderRequest): ScoreReference {
  if (score) {
    try {
      return { score: scoreFromMessage(score) };
    } catch (error) {
      if (error instanceof RangeError) throw invalidArgument('score', error.message, 'a whole score');
      throw error;
    }
  }
  if (!scoreKey) throw invalidArgument('score_key', scoreKey ?? null, 'the key of a stored score, or a score itself');
  return { scoreKey };
}

function sampleRate(value: number): SampleRate {
  const rate = SAMPLE_RATES.find((allowed) => allowed === (value || SAMPLE_RATES[0]));
  if (rate === undefined)
    throw invalidArgument('sample_rate', value, `one of ${SAMPLE_RATES.join(', ')}, or 0 for ${SAMPLE_RATES[0]}`);
  return rate;
}

function oneOf<T extends string>(field: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw invalidArgument(field, value, `one of ${allowed.join(', ')}`);
  return found;
}

function toAsset({ name, kind, format, trackId, object }: RenderedAsset): Asset {
  return {
    name,
    kind: KINDS[kind],
    format,
    trackId,
    objectKey: object.key,
    contentType: object.contentType,
    size: object.size,
    sha256: object.sha256,
  };
}
