import { Module } from '@nestjs/common';
import { RenderThreads } from '../threads/render-threads';
import { WarmUp } from '../threads/warm-up';
import { AssetRenderService } from './asset-render.service';
import { LiveRenderService } from './live-render.service';
import { Mastering } from './mastering';
import { RenderMemory } from './render-memory';
import { RenderPlanner } from './render-planner';
import { RenderSlots } from './render-slots';
import { RenderGrpc } from './render.grpc';
import { ScoreSource } from './score-source';
import { StemMixer } from './stem-mixer';
import { StoredRenders } from './stored-renders';

@Module({
  controllers: [RenderGrpc],
  providers: [
    RenderThreads,
    WarmUp,
    RenderSlots,
    RenderMemory,
    RenderPlanner,
    ScoreSource,
    StemMixer,
    Mastering,
    StoredRenders,
    AssetRenderService,
    LiveRenderService,
  ],
})
export class RenderModule {}
