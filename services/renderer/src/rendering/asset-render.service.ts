import { createHash } from 'node:crypto';
import { CallContext } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { StoreCall } from '../storage/object-store';
import { WarmUp } from '../threads/warm-up';
import type { RenderPlan } from '../worker/job-types';
import { LatestValue } from './latest-value';
import { Mastering } from './mastering';
import { objectKey } from './object-key';
import { RenderPlanner } from './render-planner';
import { RenderSlots } from './render-slots';
import { AssetsRequest, RenderedAsset, RenderedAssets, RenderProgress } from './rendered-assets';
import { ScoreSource } from './score-source';
import { soundDemands, soundMeasures } from './sound-measures';
import { MixedStems, StemMixer } from './stem-mixer';
import { StoredRenders } from './stored-renders';

/** Where the stages of a render begin, in percent. */
const MASTER_PERCENT = 60;
const STORED_PERCENT = 99;

type Report = (percent: number, detail: string) => void;
type Call = StoreCall & { signal: AbortSignal };

/** Renders mix, stems and peaks of a score into storage. */
@Injectable()
export class AssetRenderService {
  constructor(
    private readonly scores: ScoreSource,
    private readonly renders: StoredRenders,
    private readonly slots: RenderSlots,
    private readonly planner: RenderPlanner,
    private readonly mixer: StemMixer,
    private readonly mastering: Mastering,
    private readonly warmUp: WarmUp,
  ) {}

  /**
   * Yields progress, and returns what was stored. Leaving the loop, or the end of the call, stops the work.
   * @throws DomainError NOT_FOUND, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, and what storage answers
   */
  async *render(request: AssetsRequest, context: CallContext): AsyncGenerator<RenderProgress, RenderedAssets> {
    const left = new AbortController();
    const signal = AbortSignal.any([context.signal, left.signal]);
    const progress = new LatestValue<RenderProgress>();
    let highest = 0;
    const report: Report = (percent, detail) => {
      const whole = Math.floor(percent);
      if (whole > highest) progress.set({ percent: (highest = whole), detail });
    };
    const work = this.work(request, { context, signal }, report).finally(() => progress.close());
    work.catch(() => undefined);
    signal.addEventListener('abort', () => progress.close(), { once: true });
    try {
      yield { percent: 0, detail: 'score' };
      yield* progress;
      return await work;
    } finally {
      left.abort();
    }
  }

  private async work(request: AssetsRequest, call: Call, report: Report): Promise<RenderedAssets> {
    const score = await this.scores.bytes(request, call);
    const soundFontHash = await this.warmUp.soundFontHash();
    const source = {
      score: createHash('sha256').update(score).digest('hex'),
      soundFontHash,
      sampleRate: request.sampleRate,
    };
    const renderKey = objectKey(
      'renders',
      { ...source, formats: [...request.formats].sort(), stemFormat: request.stemFormat ?? '' },
      'json',
    );
    const known = await this.renders.find(renderKey, call);
    if (known) return known;
    const release = this.slots.take();
    try {
      const plan = await this.planner.plan(score, request.sampleRate, call.signal);
      const mixed = await this.mixer.mix(
        { score, plan, soundFontHash, stemFormat: request.stemFormat, mixFiles: request.formats.length },
        call,
        (share, detail) => report(share * MASTER_PERCENT, detail),
      );
      const mastered = await this.mastering.master(
        { score, plan, mixes: mixed.mixes, formats: request.formats, source },
        call,
        (share, detail) => report(MASTER_PERCENT + share * (STORED_PERCENT - MASTER_PERCENT), detail),
      );
      const rendered: RenderedAssets = {
        assets: [...mastered.assets, ...stemAssets(request, plan, mixed)],
        demands: soundDemands(plan, mastered.report),
        measures: soundMeasures(plan, mastered.report, mixed.clippedSamples),
      };
      await this.renders.remember(renderKey, rendered, call);
      return rendered;
    } finally {
      release();
    }
  }
}

function stemAssets({ stemFormat }: AssetsRequest, { tracks }: RenderPlan, { stems }: MixedStems): RenderedAsset[] {
  if (!stemFormat) return [];
  return tracks.map(({ id }, index) => ({
    name: `stems/${id}.${stemFormat}`,
    kind: 'stem',
    format: stemFormat,
    trackId: id,
    object: stems[index]!,
  }));
}
